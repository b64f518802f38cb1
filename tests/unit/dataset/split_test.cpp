#include "dataset/split.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;
using config::Role;
using config::SplitBy;

namespace {

/// Rows of features of few values (so that rows repeat), an id, a household and a target with gaps.
Table people(int n) {
  std::vector<double> age;
  std::vector<double> id;
  std::vector<double> y;
  std::vector<std::string> town;
  std::vector<std::string> household;
  for (int i = 0; i < n; ++i) {
    const auto draw = [&](std::uint64_t below, std::uint64_t stream) {
      return static_cast<int>(random_below(below, 11, stream, static_cast<std::uint64_t>(i)));
    };
    age.push_back(draw(40, 1));
    id.push_back(i);
    y.push_back(draw(50, 2) == 0 ? k_missing_number : draw(2, 3));
    town.push_back(draw(9, 4) == 0 ? "" : "t" + std::to_string(draw(20, 5)));
    household.push_back("h" + std::to_string(i / 3));
  }
  return table_of({number_column("age", age), category_column("town", town), number_column("id", id),
                   category_column("household", household), boolean_column("y", y)});
}

config::Project by(SplitBy how) {
  config::Project project = project_for(Task::binary, "y");
  project.data.split.by = how;
  set_role(project, "id", Role::ignore);
  set_role(project, "household", Role::ignore);
  return project;
}

Table first_rows(const Table& table, std::size_t n) {
  std::vector<std::size_t> rows(n);
  for (std::size_t i = 0; i < n; ++i) {
    rows[i] = i;
  }
  return table_rows(table, rows);
}

} // namespace

TEST_CASE("by hash: the part follows from SHA-256 of seed and key, as the header says") {
  // Python: h = hashlib.sha256(b"1:0,1:7,").digest(); int.from_bytes(h[:8], "big") / 2**64 and h[8:16] give,
  // for ids 1 to 8: .665/.568 .404/.547 .826/.885 .495/.255 .363/.925 .569/.318 .503/.317 .232/.988
  const Table table = table_of({number_column("id", counting(1, 9)), boolean_column("y", counting(0, 8))});
  config::Project project = project_for(Task::binary, "y");
  set_role(project, "id", Role::id);
  project.data.split.test = 0.41;
  project.data.split.valid = 0.56;
  const Split split = split_of(table, project);
  using enum Part;
  CHECK(split.part == std::vector<Part>{train, test, train, valid, test, valid, valid, test});
  CHECK(split.train == 2);
  CHECK(split.valid == 3);
  CHECK(split.test == 3);
  CHECK(split.rows_of(valid) == std::vector<std::uint32_t>{3, 5, 6});
}

TEST_CASE("by hash: shares are near those asked for, and rows without a target are dropped") {
  config::Project project = by(SplitBy::hash);
  project.data.split.key = {"id"};
  const Table table = people(20'000);
  const Split split = split_of(table, project);
  CHECK(split.train + split.valid + split.test + split.dropped == 20'000);
  CHECK(static_cast<std::size_t>(split.dropped) == split.rows_of(Part::none).size());
  // of n = 19,600: standard deviations of binomial shares 0.2 and 0.16 are 56 and 51 rows; four of them
  const double n = static_cast<double>(20'000 - split.dropped);
  CHECK(std::abs(static_cast<double>(split.test) - 0.2 * n) < 224);
  CHECK(std::abs(static_cast<double>(split.valid) - 0.16 * n) < 205);
  for (std::size_t row = 0; row < table.rows; ++row) {
    CHECK((split.part[row] == Part::none) == table.columns[4].missing(row));
  }
}

TEST_CASE("by hash: equal rows share a part") {
  const Table table = people(5000);
  const Split split = split_of(table, by(SplitBy::hash));
  std::map<std::string, Part> known;
  int repeated = 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const std::string key =
        table.columns[0].text(row) + "|" + table.columns[1].text(row) + "|" + table.columns[4].text(row);
    const auto [found, is_new] = known.emplace(key, split.part[row]);
    repeated += is_new ? 0 : 1;
    CHECK(found->second == split.part[row]);
  }
  CHECK(repeated > 2000);
}

TEST_CASE("no row changes its part when rows are appended, moved, or when columns change places") {
  for (const SplitBy how : {SplitBy::hash, SplitBy::group, SplitBy::file}) {
    config::Project project = by(how);
    if (how == SplitBy::group) {
      set_role(project, "household", Role::group);
    }
    const Table all = people(3000);
    const Split whole = split_of(all, project);
    const Split before = split_of(first_rows(all, 1000), project);
    CHECK(std::equal(before.part.begin(), before.part.end(), whole.part.begin()));
    Table turned = all;
    std::swap(turned.columns[0], turned.columns[3]);
    CHECK(split_of(turned, project).part == whole.part);
    std::vector<std::size_t> backwards(all.rows);
    std::iota(backwards.rbegin(), backwards.rend(), std::size_t{0});
    const Split reversed = split_of(table_rows(all, backwards), project, 3); // on any number of threads, too
    CHECK(std::equal(reversed.part.rbegin(), reversed.part.rend(), whole.part.begin()));
  }
}

TEST_CASE("the seed of the model moves nothing; the seed of the split does") {
  config::Project project = by(SplitBy::hash);
  const Table table = people(1000);
  const Split split = split_of(table, project);
  project.model.seed = 99;
  project.evaluation.seed = 98;
  CHECK(split_of(table, project).part == split.part);
  project.data.split.seed = 1;
  CHECK(split_of(table, project).part != split.part);
}

TEST_CASE("by hash: columns that are no features do not move rows; an id alone decides where there is one") {
  Table table = people(1000);
  config::Project project = by(SplitBy::hash);
  const Split split = split_of(table, project);
  table.columns[2].numbers.assign(1000, 0); // ignored
  CHECK(split_of(table, project).part == split.part);
  table = people(1000);
  set_role(project, "id", Role::id);
  const Split by_id = split_of(table, project);
  CHECK(by_id.part != split.part);
  table.columns[0].numbers.assign(1000, 1);
  CHECK(split_of(table, project).part == by_id.part);
}

TEST_CASE("by hash: text counts in the key, so that reading a column as text or category moves no row") {
  Table table = people(500);
  const Split split = split_of(table, by(SplitBy::hash));
  table.columns[1].type = ColumnType::text;
  CHECK(split_of(table, by(SplitBy::hash)).part == split.part);
}

TEST_CASE("by group: all rows of a group share a part, also those without one") {
  config::Project project = by(SplitBy::group);
  project.data.split.key = {"household"};
  Table table = people(3000);
  for (std::size_t row = 0; row < 12; ++row) {
    table.columns[3].codes[row] = -1;
  }
  const Split split = split_of(table, project);
  std::map<std::int32_t, Part> known;
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (split.part[row] != Part::none) {
      CHECK(known.emplace(table.columns[3].codes[row], split.part[row]).first->second == split.part[row]);
    }
  }
  config::Project by_role = by(SplitBy::group);
  set_role(by_role, "household", Role::group);
  CHECK(split_of(table, by_role).part == split.part);
  CHECK_THROWS_WITH_AS(static_cast<void>(split_of(table, by(SplitBy::group))),
                       "cannot split by group: mlp.yaml names no group column", Error);
}

TEST_CASE("by file: this table has no test rows, and the test table nothing else") {
  const config::Project project = by(SplitBy::file);
  const Split split = split_of(people(2000), project);
  CHECK(split.test == 0);
  CHECK(split.valid > 300);
  const Split test = split_of_test_file(people(100), project);
  CHECK(test.test + test.dropped == 100);
  CHECK(test.train + test.valid == 0);
}

TEST_CASE("an empty part is refused, unless nobody asked for it") {
  config::Project project = by(SplitBy::hash);
  project.data.split.test = 1e-9;
  CHECK_THROWS_WITH_AS(static_cast<void>(split_of(people(50), project)),
                       "the test part is empty: split by hash, 49 of 50 rows have a target", Error);
  project = by(SplitBy::hash);
  project.data.split.valid = 0;
  CHECK(split_of(people(500), project).valid == 0);
  Table unlabelled = people(50);
  unlabelled.columns[4].numbers.assign(50, k_missing_number);
  CHECK_THROWS_AS(static_cast<void>(split_of(unlabelled, project)), Error);
  CHECK_THROWS_AS(static_cast<void>(split_of_test_file(unlabelled, project)), Error);
  project.data.split.key = {"nobody"};
  CHECK_THROWS_AS(static_cast<void>(split_of(people(50), project)), Error);
}
