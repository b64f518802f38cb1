#include "base/error.hpp"
#include "store/layout.hpp"
#include "store/object_store.hpp"
#include "store/pack.hpp"
#include "store_support.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

using mlp::sha256;
using mlp::os::real_files;
using mlp::store::Layout;
using mlp::store::ObjectStore;
using mlp::test::files_below;
using mlp::test::k_piece;
using mlp::test::noise;
using mlp::test::Scratch;
using mlp::test::table;

namespace fs = std::filesystem;

namespace {

struct Fixture {
  Scratch scratch;
  fs::path root = scratch.root / "store";
  ObjectStore store{root, real_files(), 2};
  Layout layout{root};

  /// "<path below the root> <first digits of the id>: <why>" of each finding
  std::vector<std::string> findings() {
    std::vector<std::string> lines;
    for (const auto& finding : store.fsck(false, nullptr, nullptr)) {
      lines.push_back(fs::path(finding.path).lexically_relative(root).string() + " " +
                      finding.id.substr(0, 7) + ": " + finding.why);
    }
    return lines;
  }
  void damage(const fs::path& path) {
    fs::permissions(path, fs::perms::owner_write, fs::perm_options::add);
    std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).seekp(100).put('~');
  }
};

std::string below(const fs::path& path, const fs::path& root) {
  return path.lexically_relative(root).string();
}

} // namespace

TEST_CASE_FIXTURE(Fixture, "fsck: an empty and a healthy store have no findings") {
  CHECK(findings().empty());
  store.put("abc");
  store.put(table(2 * k_piece));
  scratch.write("store/cache/x", "junk");
  scratch.write("store/tmp/x", "junk");
  scratch.write("store/ledger.lock", "");
  CHECK(findings().empty());
}

TEST_CASE_FIXTURE(Fixture, "fsck: one flipped byte is found, with the object's id") {
  const auto id = store.put(table(1000));
  damage(layout.object(id));
  CHECK(findings() ==
        std::vector<std::string>{below(layout.object(id), root) + " " + id.brief() +
                                 ": was changed or cut short: its compressed bytes do not match their "
                                 "check"});
}

TEST_CASE_FIXTURE(Fixture,
                  "fsck: a flipped byte of a pack is found, with the piece and the content that needs it") {
  const auto id = store.put(noise(2 * k_piece)); // stored as it is
  const auto other = store.put(noise(2 * k_piece, 2));
  const auto packs = files_below(root / "packs");
  REQUIRE(packs.size() == 2);
  const fs::path& pack = mlp::store::PackFile::open(packs[0]).index() == 0 &&
                                 std::get<0>(mlp::store::PackFile::open(packs[0])).find(id)
                             ? packs[0]
                             : packs[1];
  damage(pack);
  const auto found = ObjectStore(root, real_files()).fsck(false, nullptr, nullptr);
  REQUIRE(found.size() == 2);
  for (const auto& finding : found) {
    CHECK(finding.path == pack.string());
    if (finding.id == id.hex()) {
      CHECK(finding.why.starts_with("needs the damaged piece '"));
    } else {
      CHECK(finding.why == "holds other bytes than its index says");
    }
  }
  CHECK(std::any_of(found.begin(), found.end(), [&](const auto& f) { return f.id == id.hex(); }));
  CHECK_FALSE(ObjectStore(root, real_files()).verify(other));
}

TEST_CASE_FIXTURE(Fixture, "fsck: a pack that is gone is found where a content of another needs its pieces") {
  const std::string first = noise(2 * k_piece);
  store.put(first);
  const auto packs = files_below(root / "packs");
  const auto longer = store.put(first + noise(k_piece, 2)); // its first pieces are in the first pack
  REQUIRE(files_below(root / "packs").size() == 2);
  fs::remove(packs.front());
  const auto found = ObjectStore(root, real_files()).fsck(false, nullptr, nullptr);
  REQUIRE(found.size() == 1);
  CHECK(found.front().id == longer.hex());
  CHECK(found.front().why == "is missing");
}

TEST_CASE_FIXTURE(Fixture, "fsck: a pack of a name that is not its content's, and what is no pack") {
  store.put(noise(2 * k_piece));
  const auto pack = files_below(root / "packs").front();
  const fs::path wrong = root / "packs" / (sha256("wrong").hex() + ".pack");
  fs::rename(pack, wrong);
  scratch.write("store/packs/" + sha256("junk").hex() + ".pack", "junk");
  scratch.write("store/packs/notes", "x");
  const auto found = findings();
  REQUIRE(found.size() == 3);
  CHECK(std::count(found.begin(), found.end(),
                   below(wrong, root) + " : does not have the content that it is named by") == 1);
  CHECK(std::count(found.begin(), found.end(), "packs/notes : does not belong to the store") == 1);
}

TEST_CASE_FIXTURE(Fixture, "fsck --deep decodes what the packs' hashes vouch for") {
  store.put(table(3 * k_piece));
  CHECK(store.fsck(true, nullptr, nullptr).empty());
}

TEST_CASE_FIXTURE(Fixture, "fsck: an object under another's name says whose it is") {
  const auto id = store.put("abc");
  const auto other = sha256("abd");
  fs::create_directories(layout.object(other).parent_path());
  fs::rename(layout.object(id), layout.object(other));
  CHECK(findings() ==
        std::vector<std::string>{below(layout.object(other), root) + " " + other.brief() +
                                 ": holds the content of '" + id.hex() + "', not of its own name"});
}

TEST_CASE_FIXTURE(Fixture, "fsck: whatever does not belong to the store is named, sorted by path") {
  const auto id = store.put("abc");
  scratch.write("store/notes.txt", "x");
  scratch.write("store/objects/README", "x");
  scratch.write("store/objects/ba/short", "x");
  scratch.write("store/objects/ba/cache/x", "x"); // cache/ counts at the top alone
  scratch.write("store/other/ba/" + id.hex().substr(2), "x");
  fs::create_directories(root / "objects/cc/empty");
  fs::create_symlink(layout.object(id), layout.object(id).parent_path() / "link");
  const auto found = findings();
  REQUIRE(found.size() == 7);
  CHECK(found[0] == "notes.txt : does not belong to the store");
  CHECK(found[1] == "objects/README : does not belong to the store");
  CHECK(std::count_if(found.begin(), found.end(), [](const std::string& line) {
          return line.ends_with(": does not belong to the store");
        }) == 6);
  CHECK(std::count_if(found.begin(), found.end(), [](const std::string& line) {
          return line.ends_with("link : is not a regular file");
        }) == 1);
}

TEST_CASE_FIXTURE(Fixture, "fsck: the same findings on one thread and on many, and Ctrl-C stops it") {
  for (int i = 0; i < 50; ++i) {
    const auto id = store.put(table(1000, static_cast<std::uint64_t>(i)));
    if (i % 3 == 0) {
      damage(layout.object(id));
    }
  }
  const auto many = findings();
  CHECK(many.size() == 17); // 0, 3, ..., 48
  ObjectStore single(root, real_files(), 1);
  CHECK(single.fsck(false, nullptr, nullptr).size() == 17);
  mlp::Interrupt interrupt;
  interrupt.request();
  CHECK_THROWS_AS((void)store.fsck(false, nullptr, &interrupt), mlp::Error);
}

TEST_CASE_FIXTURE(Fixture, "verify: nothing for a whole object, the file and the reason for a damaged one") {
  const auto id = store.put("abc");
  CHECK_FALSE(store.verify(id));
  fs::permissions(layout.object(id), fs::perms::owner_write, fs::perm_options::add);
  std::ofstream(layout.object(id)) << "mlp-object 1 raw 3\nab";
  CHECK(store.verify(id) == "'" + layout.object(id).string() + "' holds 2 bytes of content instead of 3");
}
