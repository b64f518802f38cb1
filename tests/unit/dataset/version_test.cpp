#include "dataset/version.hpp"

#include "base/error.hpp"
#include "dataset/dataset_files.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace mlp;
using namespace mlp::dataset;
using mlp::test::Scratch;
namespace fs = std::filesystem;

namespace {

/// Later than any file of a test: nothing is racy.
constexpr std::int64_t k_later = std::numeric_limits<std::int64_t>::max();

Version version_at(const fs::path& path, HashCache* cache = nullptr) {
  return version_of(path, "data", cache, k_later, nullptr, nullptr);
}

std::vector<std::string> names_of(const std::vector<Source>& sources) {
  std::vector<std::string> names;
  for (const Source& source : sources) {
    names.push_back(source.name);
  }
  return names;
}

} // namespace

TEST_CASE("a file's version is its SHA-256, as sha256sum prints it") {
  const Scratch scratch;
  const Version version = version_at(scratch.write("a.csv", "abc"));
  // FIPS 180-4: the hash of "abc"
  CHECK(version.id.hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK_FALSE(version.folder);
  CHECK(version.bytes == 3);
  CHECK(version.files == std::vector<store::TreeItem>{{"", version.id}});
}

TEST_CASE("a folder's version is the SHA-256 of its listing, whatever its name and place") {
  const Scratch scratch;
  scratch.write("one/b.csv", "x\n1\n");
  scratch.write("one/a/z.csv", "x\n2\n");
  scratch.write("two/a/z.csv", "x\n2\n");
  scratch.write("two/b.csv", "x\n1\n");
  const Version version = version_at(scratch.root / "one");
  CHECK(version.id == sha256("# mlp tree 1\n" + sha256("x\n2\n").hex() + "  a/z.csv\n" +
                             sha256("x\n1\n").hex() + "  b.csv\n"));
  CHECK(version.folder);
  CHECK(version.bytes == 8);
  CHECK(version_at(scratch.root / "two/").id == version.id);
}

TEST_CASE(
    "sources: all files below a folder in order of path bytes, without dot files, pointers and drafts") {
  const Scratch scratch;
  for (const char* name : {"d/b.csv", "d/a.csv", "d/a/x.csv", "d/.hidden", "d/.git/config", "d/b.csv.mlp"}) {
    scratch.write(name, "x\n1\n");
  }
  scratch.write("d/" + os::draft_path("a.csv").filename().string(), "x\n"); // of a checkout that was killed
  fs::create_directories(scratch.root / "d/empty");
  // '.' (2e) comes before '/' (2f)
  CHECK(names_of(sources_of(scratch.root / "d", "data/d")) ==
        std::vector<std::string>{"data/d/a.csv", "data/d/a/x.csv", "data/d/b.csv"});
  CHECK(names_of(sources_of(scratch.root / "d/a.csv", "mine")) == std::vector<std::string>{"mine"});
}

TEST_CASE("sources: absent paths, empty folders, links in folders and pipes are refused with the name") {
  const Scratch scratch;
  CHECK_THROWS_WITH_AS(static_cast<void>(sources_of(scratch.root / "none", "none")),
                       "data 'none' does not exist", Error);
  fs::create_directories(scratch.root / "empty");
  CHECK_THROWS_WITH_AS(static_cast<void>(sources_of(scratch.root / "empty", "empty")),
                       "the folder 'empty' holds no data files", Error);
  scratch.write("d/a.csv", "x\n");
  fs::create_symlink("a.csv", scratch.root / "d/link.csv");
  CHECK_THROWS_WITH_AS(static_cast<void>(sources_of(scratch.root / "d", "d")),
                       "cannot take 'd' as data: 'link.csv' is a link", Error);
  fs::create_symlink("loop", scratch.root / "loop");
  CHECK_THROWS_WITH_AS(static_cast<void>(sources_of(scratch.root / "loop", "loop")),
                       "cannot read 'loop': it is a link that leads back to itself", Error);
  CHECK_THROWS_AS(static_cast<void>(files_of({{scratch.root / "loop", "loop"}})), Error);
  CHECK_THROWS_WITH_AS(static_cast<void>(sources_of("/dev/null", "/dev/null")),
                       "cannot take '/dev/null' as data: it is neither a file nor a folder", Error);
}

TEST_CASE("an unchanged file is not read again; a changed one is") {
  const Scratch scratch;
  const fs::path path = scratch.write("a.csv", "abc");
  HashCache cache(scratch.root / "hashes", scratch.root / "tmp", os::real_files());
  const Version first = version_at(path, &cache);
  const ContentId planted = sha256("what only the cache says");
  cache.remember(path, *os::stat_file(path), planted, k_later);
  CHECK(version_at(path, &cache).id == planted); // so the file was not read
  scratch.write("a.csv", "abcd");
  CHECK(version_at(path, &cache).id == sha256("abcd"));
  // saved by version_of itself
  HashCache reopened(scratch.root / "hashes", scratch.root / "tmp", os::real_files());
  CHECK(reopened.find(path, *os::stat_file(path)) == sha256("abcd"));
  CHECK(first.id == sha256("abc"));
}

TEST_CASE("hashing goes over many blocks and can be interrupted") {
  const Scratch scratch;
  const std::string bytes(256 * 1024 * 2 + 17, 'x');
  const fs::path path = scratch.write("big", bytes);
  CHECK(version_at(path).id == sha256(bytes));
  CHECK(version_at(scratch.write("even", bytes.substr(0, 256 * 1024))).id ==
        sha256(bytes.substr(0, 256 * 1024)));
  CHECK(version_at(scratch.write("empty", "")).id == sha256(""));
  Interrupt interrupt;
  interrupt.request();
  CHECK_THROWS_AS(static_cast<void>(version_of(path, "big", nullptr, 0, nullptr, &interrupt)), Error);
}
