#include "store/object_store.hpp"

#include "base/error.hpp"
#include "store/chunking.hpp"
#include "store/layout.hpp"
#include "store_support.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <set>
#include <thread>

using mlp::ContentId;
using mlp::ErrorCode;
using mlp::sha256;
using mlp::os::real_files;
using mlp::store::Layout;
using mlp::store::ObjectStore;
using mlp::test::files_below;
using mlp::test::k_piece;
using mlp::test::noise;
using mlp::test::overwrite;
using mlp::test::Scratch;
using mlp::test::table;

namespace fs = std::filesystem;

namespace {

struct Caught {
  ErrorCode code = ErrorCode::internal;
  std::string what;
  std::vector<std::string> hints;
};

Caught error_of(const auto& action) {
  try {
    action();
  } catch (const mlp::Error& error) {
    return {error.code(), error.what(), error.hints()};
  }
  FAIL("no error");
  return {};
}

} // namespace

TEST_CASE("put and get: the id is the SHA-256 of the content, whatever its size") {
  const Scratch scratch;
  for (const unsigned threads : {1U, 3U}) {
    ObjectStore store(scratch.root / std::to_string(threads), real_files(), threads);
    for (const std::string& content :
         {std::string(), std::string("x"), noise(1000), table(1000), table(k_piece - 1), table(k_piece),
          noise(k_piece + 1), table(2 * k_piece), table(3 * k_piece + 77)}) {
      CAPTURE(content.size());
      const ContentId id = store.put(content);
      CHECK(id == sha256(content));
      CHECK(store.contains(id));
      CHECK(store.size_of(id) == content.size());
      CHECK((store.get(id) == content));
      CHECK_FALSE(store.verify(id));
    }
    CHECK(store.fsck(false, nullptr, nullptr).empty());
    CHECK(fs::is_empty(store.root() / "tmp"));
  }
}

TEST_CASE("put: content of up to 4 MiB is one loose object; a larger one goes into packs") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  store.put(noise(k_piece));
  CHECK(files_below(scratch.root / "objects").size() == 1);
  CHECK(files_below(scratch.root / "packs").empty());
  store.put(noise(2 * k_piece + 1, 2));
  CHECK(files_below(scratch.root / "objects").size() == 1);
  CHECK(files_below(scratch.root / "packs").size() == 1);
}

TEST_CASE("put: equal pieces of one content are stored once") {
  const Scratch scratch;
  for (const unsigned threads : {1U, 4U}) {
    ObjectStore store(scratch.root / std::to_string(threads), real_files(), threads);
    const std::string zeros(5 * k_piece, '\0'); // eighty chunks of 256 KiB, as nothing tells where to cut
    CHECK((store.get(store.put(zeros)) == zeros));
    const auto packs = files_below(store.root() / "packs");
    REQUIRE(packs.size() == 1);
    CHECK(fs::file_size(packs.front()) < 10'000);
  }
}

TEST_CASE("put: known content writes nothing, also where the store cannot be written to") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  const std::string small = table(1000);
  const std::string large = table(2 * k_piece);
  store.put(small);
  store.put(large);
  const auto before = fs::last_write_time(scratch.root / "tmp");
  std::vector<mlp::os::FileStat> stats;
  for (const auto& file : files_below(scratch.root)) {
    stats.push_back(*mlp::os::stat_file(file));
  }
  store.put(small);
  store.put(large);
  CHECK(fs::last_write_time(scratch.root / "tmp") == before);
  std::vector<mlp::os::FileStat> after;
  for (const auto& file : files_below(scratch.root)) {
    after.push_back(*mlp::os::stat_file(file));
  }
  CHECK((after == stats));
}

TEST_CASE("put: mends a damaged and a lost object or pack") {
  const Scratch scratch;
  const auto open = [&] { return ObjectStore(scratch.root, real_files()); };
  const std::string small = table(1000);
  const std::string large = table(2 * k_piece + 5);
  open().put(small);
  open().put(large);
  const auto whole = [&] { return !open().verify(sha256(small)) && !open().verify(sha256(large)); };
  const auto files = files_below(scratch.root);
  REQUIRE(files.size() == 2);
  for (const fs::path& file : files) {
    CAPTURE(file);
    overwrite(file, "junk");
    CHECK_FALSE(whole());
    open().put(small);
    open().put(large);
    CHECK(whole());
    fs::remove(file);
    CHECK_FALSE(whole());
    open().put(small);
    open().put(large);
    CHECK(whole());
  }
}

TEST_CASE("put: a pack with one flipped byte is not relied on") {
  const Scratch scratch;
  const std::string content = noise(2 * k_piece);
  ObjectStore(scratch.root, real_files()).put(content);
  const fs::path pack = files_below(scratch.root / "packs").front();
  std::string bytes = mlp::os::read_file(pack);
  bytes[bytes.size() / 2] ^= 1;
  overwrite(pack, bytes);
  ObjectStore again(scratch.root, real_files());
  CHECK(again.verify(sha256(content)));
  again.put(content);
  CHECK((again.get(sha256(content)) == content)); // from whichever copy is whole
}

TEST_CASE("stored files are read-only") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  store.put("small");
  store.put(table(k_piece + 1));
  const auto files = files_below(scratch.root);
  CHECK(files.size() == 2);
  for (const fs::path& file : files) {
    struct stat facts {};
    REQUIRE(::stat(file.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0444U);
  }
}

TEST_CASE("get: an object that is not there is not_found") {
  const Scratch scratch;
  const ObjectStore store(scratch.root, real_files());
  const auto id = sha256("abc");
  CHECK_FALSE(store.contains(id));
  CHECK_FALSE(store.size_of(id));
  CHECK(store.verify(id) == "is not in the store");
  const auto error = error_of([&] { (void)store.get(id); });
  CHECK(error.code == ErrorCode::not_found);
  CHECK(error.what == "object '" + id.hex() + "' is not in the store");
  CHECK(error.hints.size() == 1);
}

TEST_CASE("get: damage names the object and the file, and what to type") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  const auto id = store.put("abc");
  const fs::path file = Layout{scratch.root}.object(id);
  overwrite(file, "mlp-object 1 raw 3\nabd");
  const auto error = error_of([&] { (void)store.get(id); });
  CHECK(error.code == ErrorCode::corrupt);
  CHECK(error.what == "object '" + id.hex() + "' is damaged: '" + file.string() + "' holds the content of '" +
                          sha256("abd").hex() + "', not of its own name");
  CHECK(error.hints == std::vector<std::string>{"run `mlp fsck`"});
}

TEST_CASE("get: an object of a newer format asks for a newer mlp") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  const auto id = store.put("abc");
  overwrite(Layout{scratch.root}.object(id), "mlp-object 2 raw 3\nabc");
  for (const auto& error :
       {error_of([&] { (void)store.get(id); }), error_of([&] { (void)store.size_of(id); })}) {
    CHECK(error.code == ErrorCode::input);
    CHECK(error.hints == std::vector<std::string>{"upgrade mlp"});
  }
}

TEST_CASE("get: damage in a pack names the object and the pack") {
  const Scratch scratch;
  const auto id = ObjectStore(scratch.root, real_files()).put(noise(k_piece + 1));
  const fs::path pack = files_below(scratch.root / "packs").front();
  const std::string bytes = mlp::os::read_file(pack);
  overwrite(pack, bytes.substr(0, bytes.size() - 1));
  const ObjectStore store(scratch.root, real_files());
  const auto error = error_of([&] { (void)store.get(id); });
  CHECK(error.code == ErrorCode::corrupt);
  CHECK(error.what ==
        "object '" + id.hex() + "' is damaged: '" + pack.string() + "' is cut short, or its end was changed");
  CHECK(error.hints == std::vector<std::string>{"run `mlp fsck`"});
}

TEST_CASE("get: a pack of a newer format asks for a newer mlp") {
  const Scratch scratch;
  const auto id = ObjectStore(scratch.root, real_files()).put(noise(k_piece + 1));
  const fs::path pack = files_below(scratch.root / "packs").front();
  overwrite(pack, "mlp-pack 2\nwhatever");
  const ObjectStore store(scratch.root, real_files());
  const auto error = error_of([&] { (void)store.get(id); });
  CHECK(error.code == ErrorCode::input);
  CHECK(error.hints == std::vector<std::string>{"upgrade mlp"});
}

TEST_CASE("read: chunks in order; an empty content is one empty piece") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  std::vector<std::size_t> sizes;
  const auto note = [&](std::string_view piece) { sizes.push_back(piece.size()); };
  store.read(store.put(""), note);
  CHECK(sizes == std::vector<std::size_t>{0});
  sizes.clear();
  store.read(store.put(table(2 * k_piece + 9)), note);
  CHECK(sizes.size() > 2 * k_piece / mlp::store::k_largest_chunk);
  CHECK(*std::max_element(sizes.begin(), sizes.end()) <= mlp::store::k_largest_chunk);
  CHECK(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}) == 2 * k_piece + 9);
}

TEST_CASE("what another process packs meanwhile is seen") {
  const Scratch scratch;
  const ObjectStore early(scratch.root, real_files());
  ObjectStore late(scratch.root, real_files());
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto id = late.put(noise(k_piece + 1, seed));
    CHECK(early.get(id).size() == k_piece + 1);
  }
}

TEST_CASE("put_tree and get_tree: the id is that of the listing") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  const std::vector<mlp::store::TreeItem> items = {{"a", store.put("1")}, {"b/c", store.put("2")}};
  const auto id = store.put_tree({items[1], items[0]});
  CHECK(id == sha256(mlp::store::tree_listing(items)));
  CHECK(store.get_tree(id) == items);
}

TEST_CASE("put_tree: refuses a file that is not stored yet") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  CHECK(error_of([&] { store.put_tree({{"a", sha256("1")}}); }).code == ErrorCode::not_found);
  CHECK(files_below(scratch.root).empty());
}

TEST_CASE("put_file: a file of any size, and its progress ends at its size") {
  struct Counter final : mlp::Progress {
    void show(std::string_view what, std::uint64_t done, std::uint64_t total, std::string_view unit,
              std::string_view) override {
      last = std::string(what) + " " + std::to_string(done) + "/" + std::to_string(total) + " " +
             std::string(unit);
    }
    void finish() override { finished = true; }
    void warn(std::string_view) override {}
    std::string last;
    bool finished = false;
  };
  const Scratch scratch;
  ObjectStore store(scratch.root / "store", real_files(), 2);
  const std::string content = table(2 * k_piece + 3);
  Counter progress;
  CHECK(store.put_file(scratch.write("rows.csv", content), &progress) == sha256(content));
  CHECK(progress.last == "storing rows.csv 8388611/8388611 B");
  CHECK(progress.finished);
  CHECK(store.put_file(scratch.write("empty", "")) == sha256(""));
  CHECK(error_of([&] { store.put_file(scratch.root / "absent"); }).code == ErrorCode::not_found);
  CHECK(error_of([&] { store.put_file(scratch.root); }).code == ErrorCode::input);
}

TEST_CASE("put_file: interrupted, it leaves nothing") {
  const Scratch scratch;
  ObjectStore store(scratch.root / "store", real_files(), 2);
  mlp::Interrupt interrupt;
  interrupt.request();
  const auto path = scratch.write("rows.csv", table(2 * k_piece));
  CHECK(error_of([&] { store.put_file(path, nullptr, &interrupt); }).code == ErrorCode::interrupted);
  CHECK(files_below(scratch.root / "store").empty());
}

TEST_CASE("with_prefix: each stored id that begins so, once; nothing below four digits") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  std::set<std::string> ids;
  for (int i = 0; i < 60; ++i) {
    ids.insert(store.put(std::to_string(i)).hex());
  }
  const std::string large = table(k_piece + 1);
  ids.insert(store.put(large).hex());
  for (const std::string& id : ids) {
    const auto found = store.with_prefix(std::string_view(id).substr(0, 12));
    REQUIRE(found.size() == 1);
    CHECK(found.front().hex() == id);
  }
  CHECK(store.with_prefix(sha256(large).hex()).size() == 1);
  CHECK(store.with_prefix(sha256("0").hex().substr(0, 3)).empty());
  CHECK(store.with_prefix("../../..").empty());
  CHECK(store.with_prefix("").empty());
  CHECK(ObjectStore(scratch.root / "absent", real_files()).with_prefix("abcd").empty());
}

TEST_CASE("many threads and stores write the same objects at once, and all of them are right") {
  const Scratch scratch;
  const std::string large = table(2 * k_piece + 1);
  std::vector<std::jthread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      ObjectStore store(scratch.root, real_files(), 2);
      for (int n = 0; n < 20; ++n) {
        store.put(std::to_string(n));
      }
      store.put(large);
    });
  }
  writers.clear();
  const ObjectStore store(scratch.root, real_files());
  CHECK(store.fsck(false, nullptr, nullptr).empty());
  CHECK((store.get(sha256(large)) == large));
  CHECK(files_below(scratch.root / "objects").size() == 20);
}

TEST_CASE("a store that may only be read: get works, put is a clear error") {
  const Scratch scratch;
  ObjectStore store(scratch.root / "store", real_files());
  const auto id = store.put("abc");
  fs::permissions(scratch.root, fs::perms(0755));
  for (const char* folder : {"store", "store/tmp", "store/objects"}) {
    fs::permissions(scratch.root / folder, fs::perms(0555));
  }
  const bool root = ::geteuid() == 0; // whom permissions do not stop
  REQUIRE((!root || ::seteuid(65534) == 0));
  const auto error = error_of([&] { store.put("abd"); });
  const std::string read = store.get(id);
  const auto again = store.put("abc");
  REQUIRE((!root || ::seteuid(0) == 0));
  for (const char* folder : {"store", "store/tmp", "store/objects"}) {
    fs::permissions(scratch.root / folder, fs::perms(0755));
  }
  CHECK(error.code == ErrorCode::environment);
  CHECK(error.what.starts_with("cannot create '" + (scratch.root / "store/tmp").string()));
  CHECK(error.what.ends_with("Permission denied"));
  CHECK(error.hints.size() == 1);
  CHECK(read == "abc");
  CHECK(again == id);
}

TEST_CASE("a store whose folder cannot be made is a clear error") {
  const Scratch scratch;
  scratch.write("file", "");
  ObjectStore store(scratch.root / "file/store", real_files());
  const auto error = error_of([&] { store.put("abc"); });
  CHECK(error.code == ErrorCode::environment);
  CHECK(error.what.find("Not a directory") != std::string::npos);
}

TEST_CASE(
    "an older store's contents of loose pieces and a manifest stay readable, and are not stored again") {
  const Scratch scratch;
  const std::string first = noise(k_piece, 1);
  const std::string second = noise(1000, 2);
  const auto id = sha256(first + second);
  const auto write = [&](const std::string& name, const std::string& bytes) {
    const std::string hex = sha256(bytes).hex();
    scratch.write(name + "/" + hex.substr(0, 2) + "/" + hex.substr(2),
                  "mlp-object 1 raw " + std::to_string(bytes.size()) + "\n" + bytes);
  };
  write("objects", first);
  write("objects", second);
  const std::string text = "mlp-manifest 1\nsize 4195304\n" + sha256(first).hex() + " 4194304\n" +
                           sha256(second).hex() + " 1000\n";
  const std::string name = "manifests/" + id.hex().substr(0, 2) + "/" + id.hex().substr(2);
  scratch.write(name, text);
  ObjectStore store(scratch.root, real_files());
  CHECK((store.get(id) == first + second));
  CHECK(store.size_of(id) == first.size() + second.size());
  CHECK(store.with_prefix(id.hex().substr(0, 8)) == std::vector{id});
  CHECK(store.fsck(false, nullptr, nullptr).empty());

  scratch.write(name, "mlp-manifest 1\nsize 4195304\n" + sha256(second).hex() + " 1000\n" +
                          sha256(first).hex() + " 4194304\n");
  const auto error = error_of([&] { (void)store.get(id); });
  CHECK(error.code == ErrorCode::corrupt);
  CHECK(error.what.ends_with("lists pieces that are not the content of its name"));
  const auto findings = store.fsck(false, nullptr, nullptr);
  REQUIRE(findings.size() == 1);
  CHECK(findings.front().id == id.hex());
}
