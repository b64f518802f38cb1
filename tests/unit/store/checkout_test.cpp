#include "base/error.hpp"
#include "store/object_store.hpp"
#include "store_support.hpp"
#include "support/child_process.hpp"
#include "support/error_of.hpp"
#include "support/failing_files.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <fstream>

using mlp::ErrorCode;
using mlp::os::real_files;
using mlp::store::ObjectStore;
using mlp::test::code_of;
using mlp::test::FailingFiles;
using mlp::test::files_below;
using mlp::test::k_piece;
using mlp::test::Scratch;
using mlp::test::table;

namespace fs = std::filesystem;

namespace {

struct Fixture {
  Scratch scratch;
  ObjectStore store{scratch.root / "store", real_files()};
  fs::path out = scratch.root / "out";
};

mlp::ContentId put_folder(ObjectStore& store) {
  return store.put_tree(
      {{"a.csv", store.put("1\n")}, {"b/c/d.csv", store.put("2\n")}, {"b/e", store.put("")}});
}

} // namespace

TEST_CASE_FIXTURE(Fixture, "checkout: a file of any size, in a folder that is made, and writable") {
  for (const std::string& content : {std::string(), std::string("abc"), table(2 * k_piece + 1)}) {
    store.checkout(store.put(content), out / "deep/file");
    CHECK((scratch.read("out/deep/file") == content));
    CHECK((fs::status(out / "deep/file").permissions() & fs::perms::owner_write) != fs::perms::none);
  }
  CHECK(files_below(out).size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "restore: what a killed one left half-written beside its files goes") {
  std::string draft = mlp::os::draft_path("a.csv").filename().string();
  const auto end = draft.rfind('-');
  const auto begin = draft.rfind('-', end - 1) + 1;
  draft.replace(begin, end - begin, std::to_string(mlp::test::dead_pid()));
  scratch.write("out/b/c/" + draft, "half");
  const fs::path mine = scratch.write("out/b/c/mine.draft", "a file of that name is nobody's draft");
  store.restore({{store.put("1\n"), out / "b/c/d.csv"}}, mlp::store::CheckoutMode::copy);
  CHECK(files_below(out) == std::vector<fs::path>{out / "b/c/d.csv", mine});
}

TEST_CASE_FIXTURE(Fixture, "checkout: a folder with all of its files and nothing else") {
  store.checkout(put_folder(store), out);
  CHECK(files_below(out) == std::vector<fs::path>{out / "a.csv", out / "b/c/d.csv", out / "b/e"});
  CHECK(scratch.read("out/b/c/d.csv") == "2\n");
}

TEST_CASE_FIXTURE(Fixture, "checkout: a file that begins like a listing is a file where a folder lists it") {
  const std::string text = "# mlp tree 1\n";
  store.checkout(store.put_tree({{"x", store.put(text)}}), out);
  CHECK(scratch.read("out/x") == text);
}

TEST_CASE_FIXTURE(Fixture, "checkout: never over a folder, and a folder never over anything") {
  scratch.write("out/mine", "precious");
  CHECK(code_of([&] { store.checkout(store.put("abc"), out); }) == ErrorCode::input);
  CHECK(code_of([&] { store.checkout(put_folder(store), out); }) == ErrorCode::input);
  CHECK(code_of([&] { store.checkout(put_folder(store), out / "mine"); }) == ErrorCode::input);
  CHECK(scratch.read("out/mine") == "precious");
  CHECK(files_below(out).size() == 1);
  store.checkout(store.put("abc"), out / "mine"); // a file replaces a file
  CHECK(scratch.read("out/mine") == "abc");
}

TEST_CASE_FIXTURE(Fixture, "checkout: a link is replaced, not followed") {
  scratch.write("elsewhere", "precious");
  fs::create_symlink("elsewhere", out);
  store.checkout(store.put("abc"), out);
  CHECK(scratch.read("elsewhere") == "precious");
  CHECK(scratch.read("out") == "abc");
}

TEST_CASE_FIXTURE(Fixture, "checkout: a listing with an unsafe path writes nothing") {
  const auto id = store.put("# mlp tree 1\n" + store.put("abc").hex() + "  ../evil\n");
  CHECK(code_of([&] { store.checkout(id, out); }) == ErrorCode::corrupt);
  CHECK_FALSE(fs::exists(out));
  CHECK_FALSE(fs::exists(scratch.root / "evil"));
}

TEST_CASE_FIXTURE(Fixture, "checkout: damage is found before anything is visible") {
  const auto id = store.put(table(2 * k_piece));
  const fs::path piece = files_below(store.root() / "packs").back();
  fs::permissions(piece, fs::perms::owner_write, fs::perm_options::add);
  std::fstream(piece, std::ios::in | std::ios::out | std::ios::binary).seekp(1000).put('~');
  CHECK(code_of([&] { store.checkout(id, out); }) == ErrorCode::corrupt);
  CHECK_FALSE(fs::exists(out));
}

TEST_CASE("checkout: whichever disk operation fails, the target is whole or absent, and no draft stays") {
  for (const bool folder : {false, true}) {
    for (int allowed = 0;; ++allowed) {
      CAPTURE(folder);
      CAPTURE(allowed);
      const Scratch scratch;
      ObjectStore healthy(scratch.root / "store", real_files());
      const auto id = folder ? put_folder(healthy) : healthy.put("abc");
      const fs::path out = scratch.root / "work/out";
      FailingFiles files(allowed);
      try {
        ObjectStore(scratch.root / "store", files).checkout(id, out);
      } catch (const mlp::Error& error) {
        CHECK(error.code() == ErrorCode::environment);
      }
      const auto found = files_below(scratch.root / "work");
      CHECK((found.empty() || found.size() == (folder ? 3U : 1U)));
      CHECK((found.empty() || fs::exists(out)));
      if (!files.failed()) {
        CHECK_FALSE(found.empty());
        CHECK(allowed > 4);
        break;
      }
    }
  }
}

TEST_CASE_FIXTURE(Fixture, "restore: many files, each at its place, replacing what stood there") {
  std::vector<mlp::store::Placement> placements;
  for (int i = 0; i < 5000; ++i) { // more than are written at once
    placements.push_back(
        {store.put(std::to_string(i % 50)), out / std::to_string(i % 7) / std::to_string(i)});
  }
  scratch.write("out/3/3", "old");
  store.restore(placements, mlp::store::CheckoutMode::copy);
  CHECK(files_below(out).size() == 5000);
  CHECK(scratch.read("out/3/3") == "3");
  CHECK(scratch.read("out/1/4999") == "49");
}

TEST_CASE("restore: whichever disk operation fails, each file is whole, old or new, and no draft stays") {
  for (const auto mode : {mlp::store::CheckoutMode::copy, mlp::store::CheckoutMode::hardlink}) {
    for (int allowed = 0;; ++allowed) {
      CAPTURE(allowed);
      const Scratch scratch;
      ObjectStore healthy(scratch.root / "store", real_files());
      const std::vector<mlp::store::Placement> placements = {
          {healthy.put("one"), scratch.root / "work/a"}, {healthy.put("two"), scratch.root / "work/deep/b"}};
      scratch.write("work/a", "old");
      FailingFiles files(allowed);
      try {
        ObjectStore(scratch.root / "store", files).restore(placements, mode);
      } catch (const mlp::Error& error) {
        CHECK(error.code() == ErrorCode::environment);
      }
      const std::string a = scratch.read("work/a");
      CHECK((a == "old" || a == "one"));
      for (const auto& file : files_below(scratch.root / "work")) {
        CHECK((file.filename() == "a" || (file.filename() == "b" && scratch.read("work/deep/b") == "two") ||
               mode == mlp::store::CheckoutMode::hardlink)); // a link that could not be renamed
      }
      if (!files.failed()) {
        CHECK(a == "one");
        break;
      }
    }
  }
}
