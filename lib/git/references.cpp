#include "base/error.hpp"
#include "git/libgit2.hpp"
#include "git/repository.hpp"
#include "os/files.hpp"

#include <chrono>

namespace mlp::git {
namespace {

constexpr std::chrono::seconds k_leftover_after{10};

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// The file's first line, or nothing where it is absent: worktrees come and go while we look.
std::optional<std::string> read_line(const fs::path& path) {
  const auto text = os::read_file_if_exists(path);
  return text ? std::optional(first_line(*text)) : std::nullopt;
}

} // namespace

std::optional<ObjectName> Repository::resolve(const std::string& revision) const {
  ObjectHandle found;
  const int status = git_revparse_single(OutPointer(found), impl_->raw(), revision.c_str());
  if (status == GIT_EAMBIGUOUS) {
    throw Error(ErrorCode::ambiguous, "'{}' names more than one object of the repository", revision)
        .hint("give more digits of its hash");
  }
  if (status == GIT_ENOTFOUND || status == GIT_EINVALIDSPEC) {
    return std::nullopt;
  }
  check(status, "resolve '" + revision + "'");
  ObjectHandle commit;
  if (git_object_peel(OutPointer(commit), found.get(), GIT_OBJECT_COMMIT) != 0) {
    return std::nullopt; // a blob or a tree is no commit
  }
  return name_from(*git_object_id(commit.get()));
}

std::optional<std::string> Repository::symbolic_target(const std::string& ref) const {
  ReferenceHandle found;
  const int status = git_reference_lookup(OutPointer(found), impl_->raw(), ref.c_str());
  if (status == GIT_ENOTFOUND || status == GIT_EINVALIDSPEC) {
    return std::nullopt;
  }
  check(status, "read '" + ref + "'");
  const char* target = git_reference_symbolic_target(found.get());
  return target != nullptr ? std::optional<std::string>(target) : std::nullopt;
}

std::optional<ObjectName> Repository::ref(const std::string& name) const {
  git_oid oid{};
  const int status = git_reference_name_to_id(&oid, impl_->raw(), name.c_str());
  if (status == GIT_ENOTFOUND) {
    return std::nullopt;
  }
  check(status, "read '" + name + "'");
  return name_from(oid);
}

bool Repository::update_ref(const std::string& name, const std::optional<ObjectName>& expected,
                            const ObjectName& target, const std::string& reason) {
  sync_objects(); // before a ref can name them
  ReferenceHandle written;
  const git_oid to = oid_from(target);
  int status = 0;
  if (expected) {
    const git_oid from = oid_from(*expected);
    status = git_reference_create_matching(OutPointer(written), impl_->raw(), name.c_str(), &to, 1, &from,
                                           reason.c_str());
  } else {
    status = git_reference_create(OutPointer(written), impl_->raw(), name.c_str(), &to, 0, reason.c_str());
  }
  if (status == GIT_EMODIFIED || status == GIT_EEXISTS || status == GIT_ENOTFOUND || status == GIT_ELOCKED) {
    return false;
  }
  check(status, "update '" + name + "'");
  return true;
}

void Repository::remove_leftover_lock(const std::string& name, const std::optional<ObjectName>& intended) {
  const fs::path lock = impl_->common_directory / (name + ".lock");
  std::error_code gone;
  const auto written = fs::last_write_time(lock, gone);
  if (gone) {
    return;
  }
  // The age of a file can only be told by the clock that stamped it.
  const bool old = fs::file_time_type::clock::now() - written > k_leftover_after;
  if (old || (intended && read_line(lock) == intended)) {
    fs::remove(lock, gone);
  }
}

std::optional<fs::path> Repository::worktree_of(const std::string& branch) const {
  const std::string head = "ref: refs/heads/" + branch;
  const fs::path& common = impl_->common_directory;
  const bool main_has_files = common.filename() == ".git";
  if (main_has_files && read_line(common / "HEAD") == head) {
    return common.parent_path();
  }
  std::error_code none;
  for (const auto& linked : fs::directory_iterator(common / "worktrees", none)) {
    const auto pointer = read_line(linked.path() / "gitdir"); // "<folder>/.git"
    if (pointer && read_line(linked.path() / "HEAD") == head) {
      const fs::path file = fs::path(*pointer).is_absolute() ? fs::path(*pointer) : linked.path() / *pointer;
      if (fs::exists(file, none)) { // else its folder was deleted, and `git worktree prune` would forget it
        return file.parent_path().lexically_normal();
      }
    }
  }
  return std::nullopt;
}

} // namespace mlp::git
