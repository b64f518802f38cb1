#include "git/libgit2.hpp"

#include "base/error.hpp"

#include <array>

namespace mlp::git {
namespace {

class Library {
public:
  Library() {
    check(git_libgit2_init(), "start libgit2");
    // Extensions that change nothing for us; without this libgit2 1.5 refuses to open the repository.
    std::array<const char*, 4> extensions = {"worktreeconfig", "relativeworktrees", "partialclone",
                                             "preciousobjects"};
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions.data(), extensions.size());
    git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
  }
  ~Library() { git_libgit2_shutdown(); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

bool is_about_stored_bytes(int status, int error_class) {
  if (status == GIT_EMISMATCH) {
    return true;
  }
  switch (error_class) {
  case GIT_ERROR_ODB:
  case GIT_ERROR_OBJECT:
  case GIT_ERROR_TREE:
  case GIT_ERROR_ZLIB:
    return true;
  default:
    return false;
  }
}

} // namespace

void start_libgit2() { static const Library library; }

void check(int status, std::string_view action) {
  if (status >= 0) {
    return;
  }
  const git_error* last = git_error_last(); // null for some codes before libgit2 1.8
  const std::string detail = last != nullptr && last->message != nullptr ? last->message : "no detail";
  const int error_class = last != nullptr ? last->klass : 0;
  if (is_about_stored_bytes(status, error_class)) {
    throw Error(ErrorCode::corrupt, "cannot {}: {}", action, detail)
        .hint("run `git fsck --full` to see what the repository lost");
  }
  Error error(ErrorCode::environment, "cannot {}: {}", action, detail);
  const auto says = [&](std::string_view words) { return detail.find(words) != std::string::npos; };
  if (says("No space left") || says("quota exceeded")) {
    throw std::move(error).hint("free some disk space, then run the command again: nothing was lost");
  }
  if (says("Permission denied") || says("Read-only") || says("not permitted")) {
    throw std::move(error).hint("check who owns the repository's files, and their permissions");
  }
  throw std::move(error);
}

git_oid oid_from(const ObjectName& name) {
  git_oid oid{};
  if (name.size() != GIT_OID_HEXSZ || git_oid_fromstrn(&oid, name.data(), name.size()) != 0) {
    throw Error(ErrorCode::internal, "'{}' is not the name of a git object", name);
  }
  return oid;
}

ObjectName name_from(const git_oid& oid) {
  ObjectName name(GIT_OID_HEXSZ, '\0');
  git_oid_fmt(name.data(), &oid);
  return name;
}

CommitHandle read_commit(git_repository* repository, const ObjectName& name) {
  CommitHandle commit;
  const git_oid oid = oid_from(name);
  check(git_commit_lookup(OutPointer(commit), repository, &oid), "read commit " + name);
  return commit;
}

TreeHandle read_tree(git_repository* repository, const git_oid& oid) {
  TreeHandle tree;
  check(git_tree_lookup(OutPointer(tree), repository, &oid), "read tree " + name_from(oid));
  return tree;
}

} // namespace mlp::git
