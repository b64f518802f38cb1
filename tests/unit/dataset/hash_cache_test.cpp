#include "dataset/hash_cache.hpp"

#include "support/failing_files.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::dataset;
using mlp::test::Scratch;

namespace {

constexpr std::int64_t k_second = 1'000'000'000;
constexpr std::int64_t k_now = 1'700'000'000 * k_second;

/// A file of which nothing is racy at k_now.
os::FileStat settled() { return {10, k_now - 100 * k_second + 1, k_now - 90 * k_second + 1, 77}; }

const ContentId k_id = sha256("content");

} // namespace

TEST_CASE("a hash is remembered across processes, for exactly this state of the file") {
  const Scratch scratch;
  HashCache cache(scratch.root / "cache/hashes", scratch.root / "tmp", os::real_files());
  cache.remember("/data/a.csv", settled(), k_id, k_now);
  cache.save();
  const HashCache reopened(scratch.root / "cache/hashes", scratch.root / "tmp", os::real_files());
  CHECK(reopened.find("/data/a.csv", settled()) == k_id);
  CHECK_FALSE(reopened.find("/data/b.csv", settled()));
  for (int field = 0; field < 4; ++field) {
    os::FileStat other = settled();
    other.size += field == 0 ? 1 : 0;
    other.modified_ns += field == 1 ? 1 : 0;
    other.changed_ns += field == 2 ? 1 : 0;
    other.inode += field == 3 ? 1 : 0;
    CHECK_FALSE(reopened.find("/data/a.csv", other));
  }
}

TEST_CASE("a file changed in the instant of hashing is not remembered: its next change could go unseen") {
  const Scratch scratch;
  HashCache cache(scratch.root / "hashes", scratch.root / "tmp", os::real_files());
  const auto remembered = [&](std::int64_t modified_ns, std::int64_t changed_ns) {
    const os::FileStat stat{10, modified_ns, changed_ns, 77};
    cache.remember("/a", stat, k_id, k_now + 1);
    return cache.find("/a", stat).has_value();
  };
  const std::int64_t fine = k_now - 20'000'000; // 20 ms ago, with a fraction of a second
  CHECK(remembered(fine, fine));
  CHECK_FALSE(remembered(fine + 2, fine));
  CHECK_FALSE(remembered(fine, fine + 2));
  CHECK_FALSE(remembered(k_now + k_second + 1, fine)); // from the future
  CHECK_FALSE(remembered(k_now - k_second, fine)); // whole seconds: the file system may know no finer ones
  CHECK(remembered(k_now - 2 * k_second, fine));
}

TEST_CASE("paths may hold any byte") {
  const Scratch scratch;
  const std::vector<std::string> paths = {"/a b", "/a\nb", "/a\\nb", "/a\\", "/\xff\xfe", "/ ", "/a\r"};
  HashCache cache(scratch.root / "hashes", scratch.root / "tmp", os::real_files());
  for (const std::string& path : paths) {
    cache.remember(path, settled(), sha256(path), k_now);
  }
  cache.save();
  const HashCache reopened(scratch.root / "hashes", scratch.root / "tmp", os::real_files());
  for (const std::string& path : paths) {
    CAPTURE(path);
    CHECK(reopened.find(path, settled()) == sha256(path));
  }
}

TEST_CASE("what another process wrote meanwhile is kept") {
  const Scratch scratch;
  HashCache one(scratch.root / "hashes", scratch.root / "tmp", os::real_files());
  HashCache two(scratch.root / "hashes", scratch.root / "tmp", os::real_files());
  one.remember("/one", settled(), k_id, k_now);
  two.remember("/two", settled(), k_id, k_now);
  one.save();
  two.save();
  const HashCache reopened(scratch.root / "hashes", scratch.root / "tmp", os::real_files());
  CHECK(reopened.find("/one", settled()));
  CHECK(reopened.find("/two", settled()));
}

TEST_CASE("a cache cut off at any byte, or of another version, answers rightly or not at all") {
  const Scratch scratch;
  HashCache cache(scratch.root / "hashes", scratch.root / "tmp", os::real_files());
  cache.remember("/a", settled(), sha256("a"), k_now);
  cache.remember("/b", settled(), sha256("b"), k_now);
  cache.save();
  const std::string whole = scratch.read("hashes");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    scratch.write("cut", whole.substr(0, size));
    const HashCache cut(scratch.root / "cut", scratch.root / "tmp", os::real_files());
    CHECK(cut.find("/a", settled()).value_or(sha256("a")) == sha256("a"));
    CHECK_FALSE(cut.find("/b", settled()));
  }
  scratch.write("newer", "mlp-hashes 2" + whole.substr(12));
  CHECK_FALSE(
      HashCache(scratch.root / "newer", scratch.root / "tmp", os::real_files()).find("/a", settled()));
  scratch.write("odd", whole + "no line of a cache\n" + sha256("x").hex() + " 1 2 3 x /c\n");
  CHECK(HashCache(scratch.root / "odd", scratch.root / "tmp", os::real_files()).find("/b", settled()) ==
        sha256("b"));
}

TEST_CASE("whichever disk operation fails, saving throws nothing and the old cache stays readable") {
  for (int allowed = 0;; ++allowed) {
    CAPTURE(allowed);
    const Scratch scratch;
    HashCache first(scratch.root / "hashes", scratch.root / "tmp", os::real_files());
    first.remember("/a", settled(), k_id, k_now);
    first.save();
    test::FailingFiles files(allowed);
    HashCache second(scratch.root / "hashes", scratch.root / "tmp", files);
    second.remember("/b", settled(), k_id, k_now);
    second.save();
    const HashCache reopened(scratch.root / "hashes", scratch.root / "tmp", os::real_files());
    CHECK(reopened.find("/a", settled()) == k_id);
    if (!files.failed()) {
      CHECK(reopened.find("/b", settled()) == k_id);
      break;
    }
  }
}
