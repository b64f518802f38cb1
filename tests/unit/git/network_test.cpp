#include "git/repository.hpp"
#include "support/git_scratch.hpp"

#include <doctest/doctest.h>

namespace mlp::git {
namespace {

using test::error_of;
using test::GitScratch;

constexpr const char* k_ref = "refs/heads/x";
constexpr const char* k_tracking = "refs/remotes/origin/x";

struct Clones {
  GitScratch scratch;
  Clones() {
    scratch.repository("seed");
    scratch.git("", {"clone", "--quiet", "--bare", "seed", "origin.git"});
    scratch.git("", {"clone", "--quiet", "origin.git", "a"});
    scratch.git("", {"clone", "--quiet", "origin.git", "b"});
  }
  [[nodiscard]] Repository open(const char* name) const { return Repository::open(scratch.root / name); }
};

ObjectName commit_with(Repository& repository, std::string_view content,
                       std::vector<ObjectName> parents = {}) {
  const auto tree = repository.tree_with(std::nullopt, {{"f", repository.write_blob(content)}});
  return repository.write_commit(tree, parents, {"Ada", "ada@example.org"}, 1'700'000'000, "m");
}

TEST_CASE("push and fetch: carry a ref over, and a push on a stale view is a lost race") {
  const Clones clones;
  Repository a = clones.open("a");
  Repository b = clones.open("b");
  CHECK(a.remotes() == std::vector<std::string>{"origin"});
  CHECK_FALSE(b.fetch("origin", k_ref, k_tracking));

  const ObjectName first = commit_with(a, "1");
  CHECK(a.push("origin", first, k_ref, std::nullopt));
  const ObjectName rival = commit_with(b, "rival");
  CHECK_FALSE(b.push("origin", rival, k_ref, std::nullopt)); // it exists by now
  CHECK(b.fetch("origin", k_ref, k_tracking));
  CHECK(b.ref(k_tracking) == first);
  const ObjectName second = commit_with(b, "2", {first});
  CHECK(b.push("origin", second, k_ref, first));
  CHECK_FALSE(a.push("origin", commit_with(a, "3", {first}), k_ref, first));
  CHECK(clones.scratch.git("origin.git", {"rev-parse", k_ref}) == second + "\n");
}

TEST_CASE("fetch: an unreachable remote is an environment error with git's own message and a hint") {
  const Clones clones;
  Repository a = clones.open("a");
  fs::remove_all(clones.scratch.root / "origin.git");
  const Error fetching = error_of([&] { static_cast<void>(a.fetch("origin", k_ref, k_tracking)); });
  CHECK(fetching.code() == ErrorCode::environment);
  CHECK(std::string(fetching.what()).find("does not appear to be a git repository") != std::string::npos);
  CHECK(fetching.hints().at(0).find("git ls-remote origin") != std::string::npos);
  const ObjectName commit = commit_with(a, "1");
  const Error pushing = error_of([&] { static_cast<void>(a.push("origin", commit, k_ref, std::nullopt)); });
  CHECK(pushing.code() == ErrorCode::environment);
}

TEST_CASE("push: a refusal by the server's hook is no lost race") {
  const Clones clones;
  Repository a = clones.open("a");
  const fs::path hook =
      clones.scratch.write("origin.git/hooks/pre-receive", "#!/bin/sh\necho protected; exit 1\n");
  fs::permissions(hook, fs::perms::owner_all);
  const ObjectName commit = commit_with(a, "1");
  const Error error = error_of([&] { static_cast<void>(a.push("origin", commit, k_ref, std::nullopt)); });
  CHECK(error.code() == ErrorCode::environment);
  CHECK(std::string(error.what()).find("pre-receive hook declined") != std::string::npos);
  CHECK(std::string(error.what()).find("protected") != std::string::npos);
}

TEST_CASE("fetch: a remote named like an option is refused") {
  const Clones clones;
  Repository a = clones.open("a");
  CHECK(error_of([&] { static_cast<void>(a.fetch("--upload-pack=x", k_ref, k_tracking)); }).code() ==
        ErrorCode::input);
}

TEST_CASE("fetch: one commit deep in a shallow clone, everything in a full one") {
  const Clones clones;
  Repository a = clones.open("a");
  const ObjectName first = commit_with(a, "1");
  const ObjectName second = commit_with(a, "2", {first});
  REQUIRE(a.push("origin", second, k_ref, std::nullopt));
  Repository b = clones.open("b");
  REQUIRE(b.fetch("origin", k_ref, k_tracking));
  CHECK_FALSE(b.is_shallow());
  CHECK(b.has_object(first));

  clones.scratch.git("", {"clone", "--quiet", "--depth=1",
                          "file://" + (clones.scratch.root / "origin.git").string(), "shallow"});
  Repository shallow = clones.open("shallow");
  REQUIRE(shallow.is_shallow());
  REQUIRE(shallow.fetch("origin", k_ref, k_tracking));
  CHECK(shallow.ref(k_tracking) == second);
  CHECK_FALSE(shallow.has_object(first));
  CHECK(shallow.parents_of(second) == std::vector<ObjectName>{first});
}

} // namespace
} // namespace mlp::git
