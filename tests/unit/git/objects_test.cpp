#include "git/repository.hpp"
#include "support/git_scratch.hpp"

#include <doctest/doctest.h>

namespace mlp::git {
namespace {

using test::error_of;
using test::GitScratch;

std::string listing(const Repository& repository, const ObjectName& tree,
                    const std::optional<ObjectName>& same_as = std::nullopt) {
  std::string text;
  repository.walk_tree(tree, same_as, [&](const std::string& path, const ObjectName& blob) {
    text += path + "=" + repository.read_blob(blob) + " ";
  });
  return text;
}

TEST_CASE("tree_with: adds files below new and existing folders, and git agrees") {
  const GitScratch scratch;
  Repository repository = Repository::open(scratch.repository("r"));
  const auto blob = [&](std::string_view text) { return repository.write_blob(text); };
  const auto first = repository.tree_with(std::nullopt, {{"z", blob("1")}, {"d/e/f", blob("2")}});
  CHECK(listing(repository, first) == "d/e/f=2 z=1 ");
  const auto second =
      repository.tree_with(first, {{"d/e/g", blob("3")}, {"d/a", blob("4")}, {"z", blob("5")}});
  CHECK(listing(repository, second) == "d/a=4 d/e/f=2 d/e/g=3 z=5 ");
  CHECK(scratch.git("r", {"ls-tree", "-r", "--name-only", second}) == "d/a\nd/e/f\nd/e/g\nz\n");
}

TEST_CASE("walk_tree: with same_as only what is beyond or unlike it is visited") {
  const GitScratch scratch;
  Repository repository = Repository::open(scratch.repository("r"));
  const auto blob = [&](std::string_view text) { return repository.write_blob(text); };
  const auto base =
      repository.tree_with(std::nullopt, {{"a", blob("1")}, {"d/x", blob("2")}, {"e/y", blob("3")}});
  const auto more = repository.tree_with(base, {{"a", blob("changed")}, {"d/new", blob("4")}});
  CHECK(listing(repository, more, base) == "a=changed d/new=4 ");
  CHECK(listing(repository, base, more) == "a=1 ");
  CHECK(listing(repository, base, base).empty());
}

TEST_CASE("union_of: holds the files of both, and ours where they differ") {
  const GitScratch scratch;
  Repository repository = Repository::open(scratch.repository("r"));
  const auto blob = [&](std::string_view text) { return repository.write_blob(text); };
  const auto ours = repository.tree_with(std::nullopt, {{"d/x", blob("ours")}, {"only/ours", blob("1")}});
  const auto theirs = repository.tree_with(std::nullopt, {{"d/x", blob("theirs")}, {"d/y", blob("2")}});
  CHECK(listing(repository, repository.union_of(ours, theirs)) == "d/x=ours d/y=2 only/ours=1 ");
  CHECK(repository.union_of(ours, ours) == ours);
}

TEST_CASE("write_commit: author, time, parents and message are git's") {
  const GitScratch scratch;
  Repository repository = Repository::open(scratch.repository("r"));
  const auto tree = repository.tree_with(std::nullopt, {{"f", repository.write_blob("1")}});
  const auto parent = *repository.resolve("HEAD");
  const auto commit = repository.write_commit(tree, {parent}, {"Ada <x>\n", ""}, 1'700'000'000, "run 1\n");
  CHECK(scratch.git("r", {"show", "--no-patch", "--format=%an|%ae|%at|%P|%s", commit}) ==
        "Ada x|unknown|1700000000|" + parent + "|run 1\n");
  CHECK(repository.tree_of(commit) == tree);
  CHECK(repository.parents_of(commit) == std::vector<ObjectName>{parent});
}

TEST_CASE("file_at: the bytes of a path in a commit, or nothing") {
  const GitScratch scratch;
  const Repository repository = Repository::open(scratch.repository("r"));
  const auto head = *repository.resolve("HEAD");
  CHECK(repository.file_at(head, "a.txt") == "a\n");
  CHECK_FALSE(repository.file_at(head, "b.txt").has_value());
  CHECK_FALSE(repository.file_at(head, "a.txt/b").has_value());
}

TEST_CASE("read_blob: an object that is gone or damaged is corrupt") {
  const GitScratch scratch;
  Repository repository = Repository::open(scratch.repository("r"));
  const ObjectName absent(40, '1');
  CHECK_FALSE(repository.has_object(absent));
  CHECK(error_of([&] { static_cast<void>(repository.read_blob(absent)); }).code() == ErrorCode::corrupt);

  const ObjectName one = repository.write_blob("one");
  const ObjectName two = repository.write_blob("two");
  CHECK(repository.has_object(one));
  const auto file = [&](const ObjectName& name) {
    return scratch.root / "r/.git/objects" / name.substr(0, 2) / name.substr(2);
  };
  fs::remove(file(one));
  fs::copy_file(file(two), file(one)); // a sound object under another's name
  const Repository fresh = Repository::open(scratch.root / "r");
  CHECK(error_of([&] { static_cast<void>(fresh.read_blob(one)); }).code() == ErrorCode::corrupt);
}

} // namespace
} // namespace mlp::git
