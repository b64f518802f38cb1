#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::git {

namespace fs = std::filesystem;

/// A git object's name: 40 hexadecimal digits.
using ObjectName = std::string;

/// Who, as git would write it: GIT_AUTHOR_* / GIT_COMMITTER_*, else git config user.*, else "<login>@<host>".
struct Identity {
  std::string name;
  std::string email;
};

/// What tells the code of a run.
struct CodeState {
  std::optional<ObjectName> commit;   ///< absent before the first commit
  std::optional<ObjectName> tree;     ///< HEAD's tree
  std::string branch;                 ///< short name; empty where HEAD is detached
  bool clean = true;                  ///< no tracked file differs from HEAD (staged or not)
  std::vector<std::string> modified;  ///< tracked paths that differ, sorted, relative to the work tree
  std::vector<std::string> untracked; ///< neither tracked nor ignored, sorted; folders end in '/'
};

struct TrackedFile {
  std::string path; ///< relative to the work tree
  bool executable = false;
  bool link = false; ///< a symbolic link: its content is its target
};

/// What `git add -A` would make of a path: nothing, a first version, or a further one. A folder is tracked
/// where any file below it is, and untracked where any other is not ignored; pointers (.mlp) and git's own
/// files (.gitignore, .gitkeep) do not count.
enum class Tracking { none, untracked, tracked };

/// One entry of a tree that is written.
struct TreeEntry {
  std::string path; ///< with '/' for sub-folders
  ObjectName blob;
};

/// A git repository, opened through libgit2; what touches the network or the user's configuration goes
/// through the `git` program. One thread at a time.
class Repository {
public:
  /// The repository that holds `start` (it may lie below the work tree).
  /// throws Error{not_found} "… is not in a git repository" (hint: git init), Error{environment} for a
  /// repository owned by somebody else, SHA-256 objects or reftable, each with a message of its own
  static Repository open(const fs::path& start);
  /// The same; nothing where `start` is in no repository.
  static std::optional<Repository> find(const fs::path& start);
  /// Makes one where there is none (`git init`, default branch as git config says), else opens it.
  static Repository init(const fs::path& path);

  ~Repository();
  Repository(Repository&&) noexcept;
  Repository& operator=(Repository&&) noexcept;

  [[nodiscard]] fs::path work_tree() const;        ///< throws Error{environment} for a bare one
  [[nodiscard]] fs::path common_directory() const; ///< the .git shared by all worktrees
  [[nodiscard]] bool is_shallow() const;

  /// A value of git config as git reads it, e.g. "mlp.policyBranch".
  [[nodiscard]] std::optional<std::string> config(const std::string& key) const;
  [[nodiscard]] Identity identity() const;

  [[nodiscard]] CodeState code_state() const;
  [[nodiscard]] std::vector<TrackedFile> tracked_files() const;
  /// `path`: relative to the work tree. `none` where it is ignored, or git cannot look at it (a submodule's).
  [[nodiscard]] Tracking tracking_of(const fs::path& path) const;

  [[nodiscard]] std::vector<std::string> remotes() const;
  /// The commit a revision names: full ref name, branch, remote branch, tag, hash; nothing where it names
  /// none.
  [[nodiscard]] std::optional<ObjectName> resolve(const std::string& revision) const;
  [[nodiscard]] ObjectName tree_of(const ObjectName& commit) const;
  /// As the commit names them; in a shallow clone some may not be here: ask has_object.
  [[nodiscard]] std::vector<ObjectName> parents_of(const ObjectName& commit) const;
  [[nodiscard]] bool has_object(const ObjectName& name) const;
  /// What a symbolic ref points to, e.g. "refs/remotes/origin/HEAD" → "refs/remotes/origin/main".
  [[nodiscard]] std::optional<std::string> symbolic_target(const std::string& ref) const;
  /// The bytes of `path` in a commit, or nothing.
  [[nodiscard]] std::optional<std::string> file_at(const ObjectName& commit, const std::string& path) const;

  /// The content of every file whose name ends in `suffix`: each version that any ref's history holds, what
  /// is staged, and what lies in the work trees, tracked or not; of all worktrees. Through the git program.
  [[nodiscard]] std::vector<std::string> all_versions(const std::string& suffix) const;

  // Objects and refs, for the ledger.
  [[nodiscard]] std::string
  read_blob(const ObjectName& blob) const; ///< throws Error{corrupt} where it is gone or bad
  /// Every blob below a tree: path and name. Skips sub-trees for which `same_as` (if given) holds the same
  /// tree.
  void walk_tree(const ObjectName& tree, const std::optional<ObjectName>& same_as,
                 const std::function<void(const std::string& path, const ObjectName& blob)>& visit) const;
  /// Adds blobs to `base` (a tree; empty = none) and returns the new tree.
  [[nodiscard]] ObjectName tree_with(const std::optional<ObjectName>& base,
                                     const std::vector<TreeEntry>& added);
  /// The union of two trees that only ever grew: an entry that differs is taken from `ours`.
  [[nodiscard]] ObjectName union_of(const ObjectName& ours, const ObjectName& theirs);
  // Objects are durable once a ref was updated after them.
  [[nodiscard]] ObjectName write_blob(std::string_view bytes);
  [[nodiscard]] ObjectName write_commit(const ObjectName& tree, const std::vector<ObjectName>& parents,
                                        const Identity& author, UnixSeconds time, const std::string& message);
  [[nodiscard]] std::optional<ObjectName> ref(const std::string& name) const;
  /// Compare-and-swap: false where the ref does not hold `expected` (nothing = must not exist) any more, or
  /// where a living git program holds its lock file: look at ref() again, then wait or start over.
  [[nodiscard]] bool update_ref(const std::string& name, const std::optional<ObjectName>& expected,
                                const ObjectName& target, const std::string& reason);
  /// Removes the ref's lock file that a killed process left: one older than 10 s, or one that holds
  /// `intended` (what the caller knows its own dead predecessor was about to write). Call it under the lock
  /// that all writers of the ref share.
  void remove_leftover_lock(const std::string& name, const std::optional<ObjectName>& intended);
  /// The worktree (its folder) that has `branch` checked out, or nothing.
  [[nodiscard]] std::optional<fs::path> worktree_of(const std::string& branch) const;

  // Network, through the git program. throw Error{environment} with git's own message
  /// False where the remote has no such ref. Fetches one commit deep where the clone is shallow.
  [[nodiscard]] bool fetch(const std::string& remote, const std::string& source_ref,
                           const std::string& tracking_ref);
  /// False where the remote's ref is not `seen` (nothing = absent) any more: fetch, merge, try again.
  [[nodiscard]] bool push(const std::string& remote, const ObjectName& commit, const std::string& ref,
                          const std::optional<ObjectName>& seen);

private:
  void sync_objects();
  struct Impl;
  explicit Repository(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace mlp::git
