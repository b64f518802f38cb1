#include "git/repository.hpp"
#include "support/git_scratch.hpp"

#include <doctest/doctest.h>

namespace mlp::git {
namespace {

using test::GitScratch;

ObjectName commit_with(Repository& repository, std::string_view content) {
  const auto tree = repository.tree_with(std::nullopt, {{"f", repository.write_blob(content)}});
  return repository.write_commit(tree, {}, {"Ada", "ada@example.org"}, 1'700'000'000, "m");
}

TEST_CASE("update_ref: moves a ref only from the expected value") {
  const GitScratch scratch;
  Repository repository = Repository::open(scratch.repository("r"));
  const ObjectName one = commit_with(repository, "1");
  const ObjectName two = commit_with(repository, "2");
  CHECK_FALSE(repository.update_ref("refs/heads/x", one, two, "no such ref yet"));
  CHECK(repository.update_ref("refs/heads/x", std::nullopt, one, "first"));
  CHECK_FALSE(repository.update_ref("refs/heads/x", std::nullopt, two, "it exists"));
  CHECK_FALSE(repository.update_ref("refs/heads/x", two, two, "it is one"));
  CHECK(repository.ref("refs/heads/x") == one);
  CHECK(repository.update_ref("refs/heads/x", one, two, "second"));
  CHECK(repository.ref("refs/heads/x") == two);
  scratch.git("r", {"pack-refs", "--all"});
  CHECK(repository.update_ref("refs/heads/x", two, one, "from a packed ref"));
  CHECK(repository.ref("refs/heads/x") == one);
}

TEST_CASE("remove_leftover_lock: a young lock stays, an old one and a known one go") {
  const GitScratch scratch;
  Repository repository = Repository::open(scratch.repository("r"));
  const ObjectName one = commit_with(repository, "1");
  const fs::path lock = scratch.write("r/.git/refs/heads/x.lock", one + "\n");
  CHECK_FALSE(repository.update_ref("refs/heads/x", std::nullopt, one, "locked"));
  repository.remove_leftover_lock("refs/heads/x", std::nullopt);
  CHECK(fs::exists(lock));
  repository.remove_leftover_lock("refs/heads/x", ObjectName(40, '0'));
  CHECK(fs::exists(lock));
  repository.remove_leftover_lock("refs/heads/x", one);
  CHECK_FALSE(fs::exists(lock));

  scratch.write("r/.git/refs/heads/x.lock", "");
  fs::last_write_time(lock, fs::file_time_type::clock::now() - std::chrono::seconds(11));
  repository.remove_leftover_lock("refs/heads/x", std::nullopt);
  CHECK_FALSE(fs::exists(lock));
  CHECK(repository.update_ref("refs/heads/x", std::nullopt, one, "free"));
}

TEST_CASE("resolve: branches, remote branches, tags and hashes name commits; others nothing") {
  const GitScratch scratch;
  scratch.repository("origin");
  scratch.git("", {"clone", "--quiet", "origin", "r"});
  scratch.git("r", {"tag", "--annotate", "--message", "t", "v1"});
  const Repository repository = Repository::open(scratch.root / "r");
  const auto head = repository.resolve("HEAD");
  REQUIRE(head.has_value());
  for (const std::string& name :
       {std::string("main"), std::string("refs/heads/main"), std::string("origin/main"), std::string("v1"),
        *head, head->substr(0, 10)}) {
    CAPTURE(name);
    CHECK(repository.resolve(name) == head);
  }
  CHECK_FALSE(repository.resolve("no-such-branch").has_value());
  CHECK_FALSE(repository.resolve("bad..name^^{").has_value());
  CHECK_FALSE(repository.resolve("HEAD:a.txt").has_value());
  CHECK(repository.symbolic_target("refs/remotes/origin/HEAD") == "refs/remotes/origin/main");
  CHECK_FALSE(repository.symbolic_target("refs/heads/main").has_value());
  CHECK_FALSE(repository.symbolic_target("refs/remotes/upstream/HEAD").has_value());
}

TEST_CASE("worktree_of: finds the folder that has a branch checked out, main or linked") {
  const GitScratch scratch;
  const fs::path root = scratch.repository("r");
  const Repository repository = Repository::open(root);
  CHECK(fs::equivalent(repository.worktree_of("main").value(), root));
  CHECK_FALSE(repository.worktree_of("side").has_value());
  scratch.git("r", {"worktree", "add", "--quiet", "-b", "side", "../linked"});
  CHECK(fs::equivalent(repository.worktree_of("side").value(), scratch.root / "linked"));
  fs::remove_all(scratch.root / "linked"); // deleted, not pruned
  CHECK_FALSE(repository.worktree_of("side").has_value());
}

} // namespace
} // namespace mlp::git
