#include "base/error.hpp"
#include "os/files.hpp"
#include "support/child_process.hpp"
#include "support/failing_files.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <algorithm>

using mlp::os::Draft;
using mlp::os::draft_owner;
using mlp::os::DraftOwner;
using mlp::os::real_files;
using mlp::test::FailingFiles;
using mlp::test::Scratch;

namespace fs = std::filesystem;

namespace {

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// A draft's name with another pid.
std::string with_pid(std::string name, pid_t pid) {
  const auto end = name.rfind('-');
  const auto begin = name.rfind('-', end - 1) + 1;
  return name.replace(begin, end - begin, std::to_string(pid));
}

} // namespace

TEST_CASE("draft: nothing under the final name before publish, all of it after") {
  const Scratch scratch;
  const fs::path target = scratch.root / "rows.csv";
  Draft draft(real_files(), target);
  draft.write("a,b\n");
  draft.write("1,2\n");
  CHECK_FALSE(fs::exists(target));
  CHECK(names_in(scratch.root).size() == 1);
  draft.publish();
  CHECK(names_in(scratch.root) == std::vector<std::string>{"rows.csv"});
  CHECK(scratch.read("rows.csv") == "a,b\n1,2\n");
}

TEST_CASE("draft: dropped, it leaves nothing and the old file as it was") {
  const Scratch scratch;
  const auto target = scratch.write("rows.csv", "old");
  {
    Draft draft(real_files(), target);
    draft.write("new");
    draft.seal();
  }
  CHECK(names_in(scratch.root) == std::vector<std::string>{"rows.csv"});
  CHECK(scratch.read("rows.csv") == "old");
}

TEST_CASE("draft: built in another folder, retargeted, read-only") {
  const Scratch scratch;
  fs::create_directory(scratch.root / "drafts");
  Draft draft(real_files(), scratch.root / "unknown", scratch.root / "drafts");
  draft.write("x");
  CHECK(names_in(scratch.root / "drafts").size() == 1);
  draft.set_read_only();
  draft.retarget(scratch.root / "named");
  draft.publish();
  CHECK(fs::is_empty(scratch.root / "drafts"));
  struct stat facts {};
  REQUIRE(::stat((scratch.root / "named").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777U) == 0444U);
}

TEST_CASE("draft: a name of 255 bytes can be written") {
  const Scratch scratch;
  const std::string name(255, 'n');
  mlp::os::write_file(real_files(), scratch.root / name, "x");
  CHECK(scratch.read(name) == "x");
}

TEST_CASE("draft: a leftover of a killed process with our pid is stepped around") {
  const Scratch scratch;
  const fs::path target = scratch.root / "x";
  const fs::path next = mlp::os::draft_path(target);
  const std::string name = next.filename().string();
  // The numbers count on within the process: lie in wait at the next twenty.
  const std::string stem = name.substr(0, name.rfind('-') + 1);
  const int number = std::stoi(name.substr(name.rfind('-') + 1));
  for (int i = 1; i <= 20; ++i) {
    scratch.write(stem + std::to_string(number + i) + ".draft", "junk");
  }
  mlp::os::write_file(real_files(), target, "mine");
  CHECK(scratch.read("x") == "mine");
}

TEST_CASE("write_file: whichever disk operation fails, the old or the new file is there, whole") {
  for (int allowed = 0;; ++allowed) {
    CAPTURE(allowed);
    const Scratch scratch;
    scratch.write("folder/file", "old");
    FailingFiles files(allowed);
    try {
      mlp::os::write_file(files, scratch.root / "folder/file", "new");
    } catch (const mlp::Error& error) {
      CHECK(error.code() == mlp::ErrorCode::environment);
    }
    const std::string found = scratch.read("folder/file");
    CHECK((found == "old" || found == "new"));
    CHECK(names_in(scratch.root / "folder") == std::vector<std::string>{"file"});
    if (!files.failed()) {
      CHECK(found == "new");
      CHECK(allowed == 6); // make folder, create, write, sync, rename, sync folder
      break;
    }
  }
}

TEST_CASE("draft_owner: alive, gone, elsewhere, or no draft at all") {
  const std::string own = mlp::os::draft_path("x").filename().string();
  CHECK(draft_owner(own) == DraftOwner::alive);

  CHECK(draft_owner(with_pid(own, mlp::test::dead_pid())) == DraftOwner::gone);
  CHECK(draft_owner(with_pid(own, 1)) == DraftOwner::alive); // init: another user's process, too

  std::string foreign = own;
  const auto place = foreign.find('.') + 1;
  foreign.replace(place, 8, foreign.substr(place, 8) == "00000000" ? "00000001" : "00000000");
  CHECK(draft_owner(foreign) == DraftOwner::elsewhere);

  for (const char* name : {"x", "x.draft", ".draft", "x.1-2.draft", "rows.draft.csv", "x.00000000-0-1.draft",
                           "x.00000000--1.draft", "x.00000000-12a-1.draft"}) {
    CAPTURE(name);
    CHECK_FALSE(draft_owner(name));
  }
}
