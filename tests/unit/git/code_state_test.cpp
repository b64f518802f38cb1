#include "git/repository.hpp"
#include "support/git_scratch.hpp"

#include <doctest/doctest.h>

namespace mlp::git {
namespace {

using test::GitScratch;

TEST_CASE("code_state: a fresh checkout is clean and names commit, tree and branch") {
  const GitScratch scratch;
  const Repository repository = Repository::open(scratch.repository("r"));
  const CodeState state = repository.code_state();
  CHECK(*state.commit + "\n" == scratch.git("r", {"rev-parse", "HEAD"}));
  CHECK(*state.tree + "\n" == scratch.git("r", {"rev-parse", "HEAD^{tree}"}));
  CHECK(state.branch == "main");
  CHECK(state.clean);
  CHECK(state.modified.empty());
  CHECK(state.untracked.empty());
}

TEST_CASE("code_state: modified, staged, deleted and untracked paths, whatever their names") {
  const GitScratch scratch;
  const Repository repository = Repository::open(scratch.repository("r"));
  for (const char* name : {"b c.txt", "gone.txt", "staged.txt", "d\xc3\xa9j\xc3\xa0\n2"}) {
    scratch.write(std::string("r/") + name, "1\n");
  }
  scratch.write("r/.gitignore", "ignored\n");
  scratch.git("r", {"add", "--all"});
  scratch.git("r", {"commit", "--quiet", "--message", "more"});
  scratch.write("r/b c.txt", "2\n");
  scratch.write("r/d\xc3\xa9j\xc3\xa0\n2", "2\n");
  scratch.write("r/staged.txt", "2\n");
  scratch.git("r", {"add", "staged.txt"});
  fs::remove(scratch.root / "r/gone.txt");
  scratch.write("r/new.txt", "");
  scratch.write("r/folder/x", "");
  scratch.write("r/ignored", "");
  const CodeState state = repository.code_state();
  CHECK_FALSE(state.clean);
  CHECK(state.modified ==
        std::vector<std::string>{"b c.txt", "d\xc3\xa9j\xc3\xa0\n2", "gone.txt", "staged.txt"});
  CHECK(state.untracked == std::vector<std::string>{"folder/", "new.txt"});
}

TEST_CASE("tracking_of: what git would commit, of files and folders, but pointers and its own files") {
  const GitScratch scratch;
  const Repository repository = Repository::open(scratch.repository("r"));
  for (const char* name : {"kept/in.csv", "seen/a[1].csv", "data/x.csv", "data/x.csv.mlp", "data/.gitkeep"}) {
    scratch.write(std::string("r/") + name, "1\n");
  }
  scratch.write("r/.gitignore", "/data/*.csv\n/none/\n");
  scratch.git("r", {"add", "kept", "data/.gitkeep"});
  fs::create_directories(scratch.root / "r/none");
  fs::create_directories(scratch.root / "r/empty");
  CHECK(repository.tracking_of("kept/in.csv") == Tracking::tracked);
  CHECK(repository.tracking_of("kept") == Tracking::tracked);
  CHECK(repository.tracking_of("seen/a[1].csv") == Tracking::untracked);
  CHECK(repository.tracking_of("seen") == Tracking::untracked);
  for (const char* quiet : {"data/x.csv", "data", "none", "empty", "absent.csv"}) {
    CAPTURE(quiet);
    CHECK(repository.tracking_of(quiet) == Tracking::none);
  }
  scratch.write("r/kept/new.csv", "1\n");
  CHECK(repository.tracking_of("kept/new.csv") == Tracking::untracked);
  CHECK(repository.tracking_of("kept") == Tracking::tracked);
  CHECK(repository.tracking_of("../elsewhere") == Tracking::none);
}

TEST_CASE("code_state: an unborn HEAD has no commit, a detached one no branch") {
  const GitScratch scratch;
  fs::create_directories(scratch.root / "u");
  scratch.git("u", {"init", "--quiet", "--initial-branch=main"});
  const CodeState unborn = Repository::open(scratch.root / "u").code_state();
  CHECK_FALSE(unborn.commit.has_value());
  CHECK_FALSE(unborn.tree.has_value());
  CHECK(unborn.branch == "main");

  const Repository repository = Repository::open(scratch.repository("r"));
  scratch.git("r", {"checkout", "--quiet", "--detach"});
  const CodeState detached = repository.code_state();
  CHECK(detached.commit.has_value());
  CHECK(detached.branch.empty());
}

TEST_CASE("code_state: a conflict counts as modified, once") {
  const GitScratch scratch;
  const Repository repository = Repository::open(scratch.repository("r"));
  scratch.git("r", {"checkout", "--quiet", "-b", "side"});
  scratch.write("r/a.txt", "side\n");
  scratch.git("r", {"commit", "--quiet", "--all", "--message", "side"});
  scratch.git("r", {"checkout", "--quiet", "main"});
  scratch.write("r/a.txt", "main\n");
  scratch.git("r", {"commit", "--quiet", "--all", "--message", "main"});
  REQUIRE(scratch.try_git("r", {"merge", "side"}).status != 0);
  CHECK(repository.code_state().modified == std::vector<std::string>{"a.txt"});
  CHECK(repository.tracked_files().size() == 1);
}

TEST_CASE("code_state: never touches the index") {
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  // A rewritten file of the same content makes `git status` want to refresh the index.
  scratch.write("r/a.txt", "a\n");
  fs::last_write_time(root / "a.txt", fs::file_time_type::clock::now() - std::chrono::hours(1));
  const std::string before = scratch.read("r/.git/index");
  CHECK(Repository::open(root).code_state().clean);
  CHECK(scratch.read("r/.git/index") == before);
  scratch.git("r", {"status"}); // without our protection the bytes change
  CHECK(scratch.read("r/.git/index") != before);
}

TEST_CASE("code_state and tracked_files: sparse and split indexes are read") {
  const GitScratch scratch;
  const Repository repository = Repository::open(scratch.repository("r"));
  scratch.write("r/in/x", "x");
  scratch.write("r/out/y", "y");
  scratch.git("r", {"add", "--all"});
  scratch.git("r", {"commit", "--quiet", "--message", "folders"});
  scratch.git("r", {"sparse-checkout", "set", "--cone", "--sparse-index", "in"});
  const Repository again = Repository::open(scratch.root / "r"); // extensions.worktreeConfig is set now
  CHECK(again.code_state().clean);
  CHECK(again.tracked_files().size() == 3);
  scratch.git("r", {"sparse-checkout", "disable"});
  scratch.git("r", {"update-index", "--split-index"});
  CHECK(again.code_state().clean);
}

TEST_CASE("tracked_files: modes tell executables and links") {
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  scratch.write("r/run.sh", "#!/bin/sh\n");
  fs::permissions(root / "run.sh", fs::perms::owner_all);
  fs::create_symlink("a.txt", root / "link");
  scratch.git("r", {"add", "--all"});
  const auto files = Repository::open(root).tracked_files();
  REQUIRE(files.size() == 3);
  CHECK(files[0].path == "a.txt");
  CHECK_FALSE(files[0].executable);
  CHECK(files[1].path == "link");
  CHECK(files[1].link);
  CHECK(files[2].path == "run.sh");
  CHECK(files[2].executable);
}

} // namespace
} // namespace mlp::git
