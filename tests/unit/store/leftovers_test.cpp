#include "os/files.hpp"
#include "store/object_store.hpp"
#include "store_support.hpp"
#include "support/child_process.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <chrono>

using mlp::os::real_files;
using mlp::store::ObjectStore;
using mlp::test::dead_pid;
using mlp::test::files_below;
using mlp::test::Scratch;

namespace fs = std::filesystem;

namespace {

std::string draft_of(pid_t pid) {
  std::string name = mlp::os::draft_path("object").filename().string();
  const auto end = name.rfind('-');
  const auto begin = name.rfind('-', end - 1) + 1;
  return name.replace(begin, end - begin, std::to_string(pid));
}

} // namespace

TEST_CASE("clear_leftovers: removes drafts of dead processes, and nothing else") {
  const Scratch scratch;
  const ObjectStore store(scratch.root, real_files());
  scratch.write("tmp/" + draft_of(dead_pid()), "half");
  const auto mine = scratch.write("tmp/" + draft_of(::getpid()), "mine");
  const auto other = scratch.write("tmp/someone.cache", "not a draft");
  store.clear_leftovers();
  CHECK(files_below(scratch.root / "tmp") == std::vector<fs::path>{mine, other});
}

TEST_CASE("clear_leftovers: a draft of another host goes when nobody touched it for a day") {
  const Scratch scratch;
  const ObjectStore store(scratch.root, real_files());
  const auto young = scratch.write("tmp/a.00000000-1-1.draft", "x");
  const auto old = scratch.write("tmp/b.00000000-1-1.draft", "x");
  fs::last_write_time(young, fs::last_write_time(old) - std::chrono::hours(23));
  fs::last_write_time(old, fs::last_write_time(old) - std::chrono::hours(25));
  store.clear_leftovers();
  CHECK(files_below(scratch.root / "tmp") == std::vector<fs::path>{young});
}

TEST_CASE("clear_leftovers: a store without tmp/ has none") {
  const Scratch scratch;
  CHECK_NOTHROW(ObjectStore(scratch.root / "absent", real_files()).clear_leftovers());
  CHECK_FALSE(fs::exists(scratch.root / "absent"));
}
