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

/// For each file of the store and each of its bytes: `spoil(bytes, i)` instead of the file is refused.
void check_each_byte(ObjectStore& store, const ContentId& id, const auto& spoil) {
  REQUIRE_FALSE(store.verify(id));
  for (const fs::path& file : files_below(store.root())) {
    const std::string bytes = mlp::os::read_file(file);
    REQUIRE(bytes.size() < 5000); // or this takes for ever
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      CAPTURE(file);
      CAPTURE(i);
      overwrite(file, spoil(bytes, i));
      CHECK(is_refused(store, id));
    }
    CHECK_FALSE(store.fsck(nullptr, nullptr).empty());
    overwrite(file, bytes);
  }
  CHECK_FALSE(store.verify(id));
}

std::string cut(const std::string& bytes, std::size_t i) { return bytes.substr(0, i); }

std::string flip(std::string bytes, std::size_t i) {
  bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ (1U << (i % 8)));
  return bytes;
}

/// Two pieces that compress to a few hundred bytes, and a manifest.
std::string small_of_two_pieces() { return std::string(k_piece, 'a') + table(300); }

} // namespace

TEST_CASE("put: whichever disk operation fails, the store holds all of the content or nothing") {
  for (const std::string& content : {table(1000), noise(1000), small_of_two_pieces()}) {
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
      CHECK(healthy.fsck(nullptr, nullptr).empty());
      CHECK(healthy.get(before) == "was there before");
      if (const auto id = mlp::sha256(content); healthy.contains(id)) {
        CHECK((healthy.get(id) == content));
      }
      CHECK((healthy.get(healthy.put(content)) == content));
      if (!files.failed()) {
        break;
      }
    }
    // one object: create, header, payload, mode, sync, folder, rename, two folders' syncs
    CHECK(operations >= (content.size() > k_piece ? 3 * 8 : 9));
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
    CHECK(healthy.fsck(nullptr, nullptr).empty());
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
    check_each_byte(store, store.put(content), cut);
  }
}

TEST_CASE("a small object with any byte flipped is an integrity error") {
  for (const std::string& content : {table(1000), noise(300), std::string("x"), std::string()}) {
    const Scratch scratch;
    ObjectStore store(scratch.root, real_files());
    check_each_byte(store, store.put(content), flip);
  }
}

TEST_CASE("a content of two pieces: manifest or piece cut at any byte is an integrity error") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  const auto id = store.put(small_of_two_pieces());
  CHECK(files_below(scratch.root).size() == 3);
  check_each_byte(store, id, cut);
}

TEST_CASE("a content of two pieces: any byte flipped in manifest or piece is an integrity error") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  check_each_byte(store, store.put(small_of_two_pieces()), flip);
}
