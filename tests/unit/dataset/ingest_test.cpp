#include "dataset/version.hpp"
#include "parquet/parquet.hpp"
#include "support/error_of.hpp"
#include "support/parquet_file.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace mlp;
using namespace mlp::dataset;
using mlp::test::Scratch;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t k_later = std::numeric_limits<std::int64_t>::max();

struct Setting {
  Scratch scratch;
  store::ObjectStore store{scratch.root / "store", os::real_files()};
  HashCache cache{scratch.root / "hashes", scratch.root / "tmp", os::real_files()};

  Ingested take(const std::vector<std::string>& names) {
    std::vector<std::pair<fs::path, std::string>> paths;
    for (const std::string& name : names) {
      paths.emplace_back(scratch.root / name, name);
    }
    return ingest(paths, {}, store, cache, k_later);
  }
};

std::vector<double> x_of(const Table& table) { return table.column("x").numbers; }

} // namespace

TEST_CASE("ingest: one pass gives the table, the version and the stored bytes") {
  Setting setting;
  const std::string bytes = "x,y\n1,a\n2,b\n";
  setting.scratch.write("a.csv", bytes);
  const Ingested ingested = setting.take({"a.csv"});
  CHECK(ingested.version.id == sha256(bytes));
  CHECK(ingested.version.bytes == bytes.size());
  CHECK(x_of(ingested.table) == std::vector<double>{1, 2});
  CHECK(setting.store.get(ingested.version.id) == bytes);
  CHECK(version_of(setting.scratch.root / "a.csv", "a.csv", nullptr, 0, nullptr, nullptr).id ==
        ingested.version.id);
}

TEST_CASE("ingest: a large file arrives in the store whole") {
  Setting setting;
  std::string bytes = "x,y\n";
  while (bytes.size() < 9'000'000) { // more than two pieces of the store
    bytes += std::to_string(bytes.size()) + ",word\n";
  }
  setting.scratch.write("a.csv", bytes);
  const Ingested ingested = setting.take({"a.csv"});
  CHECK(ingested.version.id == sha256(bytes));
  CHECK(setting.store.get(ingested.version.id) == bytes);
  CHECK(x_of(read_version(ingested.version.id, "a", {}, setting.store)) == x_of(ingested.table));
}

TEST_CASE("hash_scan: one pass gives version and scan of a file or folder, and the next need not hash") {
  Setting setting;
  const std::string bytes = "x,y\n1,a\n2,b\n";
  setting.scratch.write("a.csv", bytes);
  setting.scratch.write("d/b.csv", "x\n3\n");
  setting.scratch.write("d/c.csv", "x\n4\n");
  const Scanned scanned = hash_scan(setting.scratch.root / "a.csv", "a.csv", {}, setting.cache, k_later);
  CHECK(scanned.version.id == sha256(bytes));
  CHECK(scanned.version.bytes == bytes.size());
  CHECK(scanned.scan.profile.rows == 2);
  CHECK_FALSE(setting.store.contains(scanned.version.id));
  CHECK(setting.cache.find(setting.scratch.root / "a.csv", *os::stat_file(setting.scratch.root / "a.csv")) ==
        scanned.version.id);
  for (int time = 0; time < 2; ++time) { // the second one knows the hashes
    const Scanned folder = hash_scan(setting.scratch.root / "d", "d", {}, setting.cache, k_later);
    CHECK(folder.version.id == version_of(setting.scratch.root / "d", "d", nullptr, 0, nullptr, nullptr).id);
    CHECK(folder.version.files.size() == 2);
    CHECK(folder.scan.profile.rows == 2);
  }
}

TEST_CASE("ingest: a folder is one table in order of its listing, and can be read back from the store") {
  Setting setting;
  setting.scratch.write("d/b.csv", "x\n3\n");
  setting.scratch.write("d/a.csv", "x\n1\n2\n");
  setting.scratch.write("d/a/c.csv", "x\n9\n");
  const Ingested ingested = setting.take({"d"});
  CHECK(x_of(ingested.table) == std::vector<double>{1, 2, 9, 3});
  CHECK(ingested.version.id == version_of(setting.scratch.root / "d", "d", nullptr, 0, nullptr, nullptr).id);
  CHECK(setting.store.get_tree(ingested.version.id) == ingested.version.files);
  CHECK(x_of(read_version(ingested.version.id, "d", {}, setting.store)) == x_of(ingested.table));
}

TEST_CASE("ingest: several paths are one version, named from their common folder, in any order") {
  Setting setting;
  setting.scratch.write("data/2025/b.csv", "x\n2\n");
  setting.scratch.write("data/2024/a.csv", "x\n1\n");
  const Ingested ingested = setting.take({"data/2025/b.csv", "data/2024/a.csv"});
  REQUIRE(ingested.version.files.size() == 2);
  CHECK(ingested.version.files[0].path == "2024/a.csv");
  CHECK(ingested.version.files[1].path == "2025/b.csv");
  CHECK(x_of(ingested.table) == std::vector<double>{1, 2});
  CHECK(setting.take({"data/2024/a.csv", "data/2025/b.csv"}).version.id == ingested.version.id);
  CHECK(setting.take({"data"}).version.id == ingested.version.id); // the same files, named as a folder
  CHECK(setting.take({"data/2024/a.csv", "data/2025"}).version.id == ingested.version.id);
  CHECK_THROWS_WITH_AS(static_cast<void>(setting.take({"data/2024/a.csv", "data/2024"})),
                       "the data name 'data/2024/a.csv' twice", Error);
}

TEST_CASE("ingest: what cache and store know is parsed only; what the store lost is stored again") {
  Setting setting;
  const std::string bytes = "x\n1\n";
  const fs::path path = setting.scratch.write("a.csv", bytes);
  static_cast<void>(setting.take({"a.csv"}));
  const ContentId planted = setting.store.put("x\n7\n");
  setting.cache.remember(path, *os::stat_file(path), planted, k_later);
  const Ingested trusted = setting.take({"a.csv"});
  CHECK(trusted.version.id == planted); // not hashed again
  CHECK(x_of(trusted.table) == std::vector<double>{1});
  fs::remove_all(setting.scratch.root / "store/objects");
  CHECK(setting.take({"a.csv"}).version.id == sha256(bytes));
  CHECK(setting.store.contains(sha256(bytes)));
}

TEST_CASE("ingest: an empty file among others has a place in the listing") {
  Setting setting;
  setting.scratch.write("d/a.csv", "x\n1\n");
  setting.scratch.write("d/b.csv", "");
  try {
    const Ingested ingested = setting.take({"d"});
    CHECK(ingested.version.files[1].id == sha256(""));
    CHECK(setting.store.contains(sha256("")));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::input); // a reader may refuse it: then nothing was recorded
  }
}

TEST_CASE("ingest: a malformed file is an error that names it, and no version is made") {
  Setting setting;
  setting.scratch.write("a.csv", "x,y\n1,2\n\"open,3\n");
  CHECK_THROWS_AS(static_cast<void>(setting.take({"a.csv"})), Error);
  CHECK_FALSE(setting.store.contains(sha256("x,y\n1,2\n\"open,3\n")));
}

TEST_CASE("ingest: a file that is changed while it is read is refused and not stored") {
  Setting setting;
  std::string bytes = "x,y\n";
  while (bytes.size() < 3'000'000) {
    bytes += "1,word\n";
  }
  const fs::path path = setting.scratch.write("a.csv", bytes);
  struct Meddler final : Progress { // a reader shows how far it is: then somebody else writes
    fs::path path;
    void show(std::string_view, std::uint64_t, std::uint64_t, std::string_view, std::string_view) override {
      fs::last_write_time(path, fs::file_time_type::clock::now());
    }
    void finish() override {}
    void warn(std::string_view) override {}
  } meddler;
  meddler.path = path;
  ReadOptions options;
  options.progress = &meddler;
  try {
    static_cast<void>(ingest({{path, "a.csv"}}, options, setting.store, setting.cache, k_later));
    FAIL("a half-written file was accepted");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("changed while it was read") != std::string::npos);
  }
  CHECK_FALSE(setting.store.contains(sha256(bytes)));
}

TEST_CASE("read_version: a stored Parquet file is read, or refused by name") {
  Setting setting;
  const ContentId id = setting.store.put(os::read_file(test::parquet_file("customers.parquet")));
  if (parquet::is_built_in()) {
    CHECK(read_version(id, "rows", {}, setting.store).rows == 400);
    return;
  }
  const Error error = test::error_of([&] { static_cast<void>(read_version(id, "rows", {}, setting.store)); });
  CHECK(error.code() == ErrorCode::input);
  CHECK(std::string(error.what()) == "'rows' is a Parquet file, and this mlp was built without Apache Arrow");
}

TEST_CASE("read_version: an id that the store lacks is not found") {
  const Setting setting;
  CHECK_THROWS_AS(static_cast<void>(read_version(sha256("nowhere"), "gone", {}, setting.store)), Error);
}
