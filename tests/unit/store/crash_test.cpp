#include "base/error.hpp"
#include "store/object_store.hpp"
#include "store_support.hpp"
#include "support/child_process.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

using mlp::ContentId;
using mlp::ErrorCode;
using mlp::os::real_files;
using mlp::store::ObjectStore;
using mlp::test::files_below;
using mlp::test::in_child;
using mlp::test::k_child_threw;
using mlp::test::k_piece;
using mlp::test::noise;
using mlp::test::Scratch;
using mlp::test::start_child;
using mlp::test::status_of;
using mlp::test::table;

namespace fs = std::filesystem;

namespace {

/// Stores for ever, one content of three being of several pieces; each id goes to `out` once its commit has
/// returned.
[[noreturn]] void store_for_ever(const fs::path& root, std::uint64_t seed, int out) {
  ObjectStore store(root, real_files(), 2);
  for (std::uint64_t i = 0;; ++i) {
    const std::string content =
        i % 3 == 2 ? std::string(k_piece, static_cast<char>('a' + seed % 26)) + table(3000, seed * 1000 + i)
                   : table(3000, seed * 1000 + i);
    const ContentId id = store.put(content);
    if (::write(out, id.bytes().data(), id.bytes().size()) != 32) {
      ::_exit(k_child_threw);
    }
  }
}

/// Lets a child store until a moment that depends on `seed`, kills it, and adds the ids it had committed.
void kill_while_storing(const fs::path& root, std::uint64_t seed, std::vector<ContentId>& committed) {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = start_child([&] { store_for_ever(root, seed, ends[1]); });
  ::close(ends[1]);
  std::array<std::uint8_t, 32> bytes{};
  const auto take = [&] {
    if (::read(ends[0], bytes.data(), bytes.size()) != 32) {
      return false;
    }
    committed.emplace_back(bytes);
    return true;
  };
  for (std::uint64_t n = mlp::random_below(4, 1, 1, seed); n > 0; --n) {
    REQUIRE(take());
  }
  ::usleep(static_cast<useconds_t>(mlp::random_below(10'000, 1, 2, seed)));
  ::kill(child, SIGKILL);
  REQUIRE(status_of(child) == 128 + SIGKILL);
  while (take()) {
  }
  ::close(ends[0]);
}

} // namespace

TEST_CASE(
    "killed at 60 random moments while storing: all that was committed is there, and nothing half-made") {
  const Scratch scratch;
  const fs::path root = scratch.root / "store";
  std::vector<ContentId> committed;
  std::size_t leftovers = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    kill_while_storing(root, seed, committed);
    leftovers += files_below(root / "tmp").size();
    ObjectStore(root, real_files()).clear_leftovers();
    CHECK(files_below(root / "tmp").empty());
  }
  const ObjectStore store(root, real_files(), 2);
  CHECK(store.fsck(false, nullptr, nullptr).empty());
  for (const ContentId& id : committed) {
    CHECK_FALSE(store.verify(id));
  }
  CHECK(committed.size() >= 60);
  CHECK(leftovers > 0); // or no kill hit a write, and this test says nothing
}

TEST_CASE("a file that may not grow: an error, no draft, and what was there stays") {
  const Scratch scratch;
  ObjectStore store(scratch.root, real_files());
  const auto id = store.put("abc");
  for (const unsigned threads : {1U, 3U}) {
    const int status = in_child([&] {
      const rlimit limit{100'000, 100'000};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      ::signal(SIGXFSZ, SIG_IGN);
      ObjectStore limited(scratch.root, real_files(), threads);
      try {
        limited.put(noise(3 * k_piece));
      } catch (const mlp::Error& error) {
        const std::string what = error.what();
        return error.code() == ErrorCode::environment && what.find("File too large") != std::string::npos ? 7
                                                                                                          : 8;
      }
      return 9;
    });
    CHECK(status == 7);
    CHECK(files_below(scratch.root).size() == 1);
    CHECK(store.get(id) == "abc");
  }
}

TEST_CASE("a full disk: an error that says so, no draft, and room again for the next object") {
  const Scratch scratch;
  const int status = in_child([&] {
    // A mount of our own, which ends with this process.
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", scratch.root.c_str(), "tmpfs", 0, "size=6m") != 0) {
      return 125;
    }
    ObjectStore store(scratch.root, real_files(), 2);
    const auto id = store.put("abc");
    try {
      store.put(noise(3 * k_piece));
      return 9;
    } catch (const mlp::Error& error) {
      if (error.code() != ErrorCode::environment || error.hints().size() != 1 ||
          std::string(error.what()).find("No space left on device") == std::string::npos) {
        return 8;
      }
    }
    const bool intact = store.get(id) == "abc" && files_below(scratch.root).size() == 1;
    const std::string large = noise(k_piece);
    return intact && store.get(store.put(large)) == large && store.fsck(false, nullptr, nullptr).empty() ? 7
                                                                                                         : 6;
  });
  if (status == 125) {
    MESSAGE("skipped: a full disk: only root may mount one");
    return;
  }
  CHECK(status == 7);
}
