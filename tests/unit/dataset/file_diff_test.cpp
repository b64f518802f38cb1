#include "dataset/file_diff.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::dataset;

namespace {

store::TreeItem file(const std::string& path, const std::string& content) { return {path, sha256(content)}; }

} // namespace

TEST_CASE("files of two folders: added, removed, changed, moved, and the unchanged only counted") {
  const FileDiff diff =
      compare_files({file("a.csv", "1"), file("b.csv", "2"), file("c.csv", "3"), file("d.csv", "4")},
                    {file("a.csv", "1"), file("b.csv", "20"), file("c2.csv", "3"), file("e.csv", "5")});
  CHECK(diff.unchanged == 1);
  REQUIRE(diff.changed.size() == 1);
  CHECK(diff.changed[0].first.path == "b.csv");
  CHECK(diff.changed[0].second == file("b.csv", "20"));
  CHECK(diff.moved == std::vector<std::pair<std::string, std::string>>{{"c.csv", "c2.csv"}});
  CHECK(diff.removed == std::vector{file("d.csv", "4")});
  CHECK(diff.added == std::vector{file("e.csv", "5")});
  CHECK_FALSE(diff.equal());
  CHECK(compare_files({file("a", "1")}, {file("a", "1")}).equal());
}

TEST_CASE("of two files with the same bytes each goes to one that came with them") {
  const FileDiff diff =
      compare_files({file("a", "1"), file("b", "1")}, {file("c", "1"), file("d", "1"), file("e", "1")});
  CHECK(diff.moved == std::vector<std::pair<std::string, std::string>>{{"a", "c"}, {"b", "d"}});
  CHECK(diff.added == std::vector{file("e", "1")});
  CHECK(diff.removed.empty());
}

TEST_CASE("a table is told by its name, packed or not") {
  CHECK(is_table_name("data/part-1.csv"));
  CHECK(is_table_name("x.tsv.gz"));
  CHECK(is_table_name("wine.data.zst"));
  CHECK_FALSE(is_table_name("cat.jpg"));
  CHECK(is_table_name("data/part-00000")); // what Spark and Hadoop write
  CHECK(is_table_name("adult.tab"));
  CHECK_FALSE(is_table_name("data.csv/cat.jpg"));
  CHECK_FALSE(is_table_name("LICENCE.txt"));
}
