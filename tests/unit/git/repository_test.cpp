#include "git/repository.hpp"

#include "support/git_scratch.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

namespace mlp::git {
namespace {

using test::error_of;
using test::GitScratch;

TEST_CASE("open: finds the repository from a folder below the work tree") {
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  fs::create_directories(root / "deep/er");
  const Repository repository = Repository::open(root / "deep/er");
  CHECK(fs::equivalent(repository.work_tree(), root));
  CHECK(fs::equivalent(repository.common_directory(), root / ".git"));
  CHECK_FALSE(repository.is_shallow());
}

TEST_CASE("open: a folder in no repository is not found, with the command that makes one") {
  const GitScratch scratch;
  const Error error = error_of([&] { static_cast<void>(Repository::open(scratch.root)); });
  CHECK(error.code() == ErrorCode::not_found);
  CHECK(error.what() == "'" + scratch.root.string() + "' is not in a git repository");
  CHECK(error.hints().at(0).find("git init") != std::string::npos);
}

TEST_CASE("open: SHA-256 repositories and reftables are refused by name") {
  const GitScratch scratch;
  fs::create_directories(scratch.root / "long");
  scratch.git("long", {"init", "--quiet", "--object-format=sha256"});
  const Error sha256 = error_of([&] { static_cast<void>(Repository::open(scratch.root / "long")); });
  CHECK(sha256.code() == ErrorCode::environment);
  CHECK(std::string(sha256.what()).find("names objects by SHA-256") != std::string::npos);
  CHECK(sha256.hints().size() == 1);

  const fs::path table = scratch.repository("table");
  scratch.git("table", {"config", "core.repositoryFormatVersion", "1"});
  scratch.git("table", {"config", "extensions.refStorage", "reftable"});
  const Error reftable = error_of([&] { static_cast<void>(Repository::open(table)); });
  CHECK(reftable.code() == ErrorCode::environment);
  CHECK(std::string(reftable.what()).find("reftable") != std::string::npos);
}

TEST_CASE("open: extensions that change nothing for mlp do not stop it") {
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  const std::string config = scratch.read("r/.git/config"); // written by hand: git 2.39 itself knows fewer
  scratch.write("r/.git/config", config + "[core]\nrepositoryFormatVersion = 1\n[extensions]\n"
                                          "worktreeConfig = true\nrelativeWorktrees = true\n"
                                          "preciousObjects = true\npartialClone = origin\n");
  CHECK(Repository::open(root).resolve("HEAD").has_value());
}

TEST_CASE("open: a repository that belongs to somebody else names the safe.directory command") {
  if (::geteuid() != 0) {
    return; // only root can give files away
  }
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  for (const auto& item : fs::recursive_directory_iterator(root)) {
    REQUIRE(::lchown(item.path().c_str(), 12345, 12345) == 0);
  }
  REQUIRE(::chown(root.c_str(), 12345, 12345) == 0);
  const Error error = error_of([&] { static_cast<void>(Repository::open(root)); });
  CHECK(error.code() == ErrorCode::environment);
  CHECK(std::string(error.what()).find("belongs to somebody else") != std::string::npos);
  CHECK(error.hints().at(0) ==
        "if you trust it, run `git config --global --add safe.directory " + root.string() + "`");
  // What the hint says must help.
  scratch.git("", {"config", "--global", "--add", "safe.directory", root.string()});
  CHECK(Repository::open(root).resolve("HEAD").has_value());
  scratch.git("", {"config", "--global", "--unset-all", "safe.directory"});
}

TEST_CASE("init: makes a repository, and joins the one that is there") {
  const GitScratch scratch;
  const Repository made = Repository::init(scratch.root / "new/project");
  CHECK(fs::exists(scratch.root / "new/project/.git/HEAD"));
  const Repository joined = Repository::init(scratch.root / "new/project/below");
  CHECK(joined.common_directory() == made.common_directory());
  CHECK_FALSE(fs::exists(scratch.root / "new/project/below/.git"));
}

TEST_CASE("work_tree: a bare repository has none") {
  const GitScratch scratch;
  fs::create_directories(scratch.root / "b");
  scratch.git("b", {"init", "--quiet", "--bare"});
  const Repository repository = Repository::open(scratch.root / "b");
  CHECK(error_of([&] { static_cast<void>(repository.work_tree()); }).code() == ErrorCode::environment);
}

TEST_CASE("a linked worktree shares the common directory and has its own work tree") {
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  scratch.git("r", {"worktree", "add", "--quiet", "-b", "side", "../side"});
  const Repository linked = Repository::open(scratch.root / "side");
  CHECK(fs::equivalent(linked.common_directory(), root / ".git"));
  CHECK(fs::equivalent(linked.work_tree(), scratch.root / "side"));
  CHECK(linked.code_state().branch == "side");
}

} // namespace
} // namespace mlp::git
