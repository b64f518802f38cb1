#include "base/error.hpp"
#include "store/object_store.hpp"
#include "store_support.hpp"
#include "support/failing_files.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <fstream>

using mlp::ContentId;
using mlp::ErrorCode;
using mlp::os::real_files;
using mlp::store::ObjectStore;
using mlp::test::FailingFiles;
using mlp::test::files_below;
using mlp::test::k_piece;
using mlp::test::noise;
using mlp::test::overwrite;
using mlp::test::Scratch;
using mlp::test::table;

namespace fs = std::filesystem;

namespace {

/// Whether reading the object ends in an integrity error. Wrong data would be the one unforgivable answer.
bool is_refused(const ObjectStore& store, const ContentId& id) {
  try {
    (void)store.get(id);
  } catch (const mlp::Error& error) {
    CHECK((error.code() == ErrorCode::corrupt || error.code() == ErrorCode::input));
    CHECK(std::string(error.what()).find(id.hex()) != std::string::npos);
    CHECK_FALSE(error.hints().empty());
    return true;
  }
  return false;
}

/// For each file of the store and each of its bytes: `spoil(bytes, i)` instead of the file is refused, or,
/// where the byte says nothing (zstd ignores some bits), found by fsck; never is anything but the content
/// returned.
void check_each_byte(const fs::path& root, const ContentId& id, const auto& spoil) {
  const std::string content = ObjectStore(root, real_files()).get(id);
  std::size_t harmless = 0;
  std::size_t all = 0;
  for (const fs::path& file : files_below(root)) {
    const std::string bytes = mlp::os::read_file(file);
    REQUIRE(bytes.size() < 5000); // or this takes for ever
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      CAPTURE(file);
      CAPTURE(i);
      overwrite(file, spoil(bytes, i));
      const ObjectStore store(root, real_files());
      ++all;
      if (!is_refused(store, id)) {
        ++harmless;
        CHECK((store.get(id) == content));
      }
      CHECK_FALSE(store.fsck(false, nullptr, nullptr).empty());
    }
    overwrite(file, bytes);
  }
  CHECK(harmless * 20 < all); // the index's two unused bytes an entry, its check, a zstd frame's unused bits
  CHECK_FALSE(ObjectStore(root, real_files()).verify(id));
}

std::string cut(const std::string& bytes, std::size_t i) { return bytes.substr(0, i); }

std::string flip(std::string bytes, std::size_t i) {
  bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ (1U << (i % 8)));
  return bytes;
}

/// Chunks of one letter, of which two differ, and a manifest of all: a pack of 2 KB.
std::string large_but_packed_small() { return std::string(k_piece, 'a') + table(300); }

} // namespace

TEST_CASE("put: whichever disk operation fails, the store holds all of the content or nothing") {
  for (const std::string& content : {table(1000), noise(1000), large_but_packed_small()}) {
    int operations = 0;
    for (;; ++operations) {
      CAPTURE(content.size());
      CAPTURE(operations);
      const Scratch scratch;
      ObjectStore healthy(scratch.root, real_files());
      const auto before = healthy.put("was there before");
      FailingFiles files(operations);
      try {
        ObjectStore(scratch.root, files).put(content);
      } catch (const mlp::Error& error) {
        CHECK(error.code() == ErrorCode::environment);
      }
      CHECK(fs::is_empty(scratch.root / "tmp"));
      CHECK(healthy.fsck(false, nullptr, nullptr).empty());
      CHECK(healthy.get(before) == "was there before");
      if (const auto id = mlp::sha256(content); healthy.contains(id)) {
        CHECK((healthy.get(id) == content));
      }
      CHECK((healthy.get(healthy.put(content)) == content));
      if (!files.failed()) {
        break;
      }
    }
    // one file: create, at least two writes, mode, sync, folder, rename, two folders' syncs
    CHECK(operations >= 9);
  }
}

TEST_CASE("put_tree: whichever disk operation fails, the folder is there whole or not at all") {
  for (int allowed = 0;; ++allowed) {
    CAPTURE(allowed);
    const Scratch scratch;
    ObjectStore healthy(scratch.root, real_files());
    const std::vector<mlp::store::TreeItem> items = {{"a", healthy.put("1")}, {"b", healthy.put("2")}};
    const auto id = mlp::sha256(mlp::store::tree_listing(items));
    FailingFiles files(allowed);
    try {
      ObjectStore(scratch.root, files).put_tree(items);
    } catch (const mlp::Error& error) {
      CHECK(error.code() == ErrorCode::environment);
    }
    CHECK((!healthy.contains(id) || healthy.get_tree(id) == items));
    CHECK(healthy.fsck(false, nullptr, nullptr).empty());
    CHECK(fs::is_empty(scratch.root / "tmp"));
    if (!files.failed()) {
      CHECK(healthy.contains(id));
      break;
    }
  }
}

TEST_CASE("clear_leftovers: a failing disk is an error, not a lost draft of somebody else") {
  const Scratch scratch;
  scratch.write("tmp/a.00000000-1-1.draft", "young");
  FailingFiles files(0);
  CHECK_THROWS_AS(ObjectStore(scratch.root, files).clear_leftovers(), mlp::Error);
  CHECK(files_below(scratch.root).size() == 1);
}

TEST_CASE("a small object, cut at any byte, is an integrity error") {
  for (const std::string& content : {table(1000), noise(300), std::string("x"), std::string()}) {
    const Scratch scratch;
    ObjectStore store(scratch.root, real_files());
    check_each_byte(scratch.root, store.put(content), cut);
  }
}

TEST_CASE("a small object with any byte flipped is an integrity error") {
  for (const std::string& content : {table(1000), noise(300), std::string("x"), std::string()}) {
    const Scratch scratch;
    ObjectStore store(scratch.root, real_files());
    check_each_byte(scratch.root, store.put(content), flip);
  }
}

TEST_CASE("a pack cut at any byte is an integrity error") {
  const Scratch scratch;
  const auto id = ObjectStore(scratch.root, real_files()).put(large_but_packed_small());
  CHECK(files_below(scratch.root).size() == 1);
  check_each_byte(scratch.root, id, cut);
}

TEST_CASE(
    "a pack with any byte flipped: an integrity error, or the content all the same; never other bytes") {
  const Scratch scratch;
  check_each_byte(scratch.root, ObjectStore(scratch.root, real_files()).put(large_but_packed_small()), flip);
}
