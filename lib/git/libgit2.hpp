#pragma once

#include "base/c_handle.hpp"
#include "git/repository.hpp"

#include <git2.h>

#include <string>
#include <string_view>

namespace mlp::git {

using RepositoryHandle = CHandle<git_repository, git_repository_free>;
using ReferenceHandle = CHandle<git_reference, git_reference_free>;
using ObjectHandle = CHandle<git_object, git_object_free>;
using CommitHandle = CHandle<git_commit, git_commit_free>;
using TreeHandle = CHandle<git_tree, git_tree_free>;
using TreeEntryHandle = CHandle<git_tree_entry, git_tree_entry_free>;
using TreeBuilderHandle = CHandle<git_treebuilder, git_treebuilder_free>;
using BlobHandle = CHandle<git_blob, git_blob_free>;
using OdbHandle = CHandle<git_odb, git_odb_free>;
using SignatureHandle = CHandle<git_signature, git_signature_free>;

/// Lets a C function fill a handle: `check(git_blob_lookup(OutPointer(blob), …), …)`.
template <typename Handle> class OutPointer {
public:
  explicit OutPointer(Handle& handle) : handle_(handle) {}
  ~OutPointer() { handle_.reset(raw_); }
  OutPointer(const OutPointer&) = delete;
  OutPointer& operator=(const OutPointer&) = delete;
  operator typename Handle::pointer *() { return &raw_; } // NOLINT: implicit, for the C call

private:
  Handle& handle_;
  typename Handle::pointer raw_ = nullptr;
};

/// Prepares libgit2 once in a process: 4.5 ms, so only commands that need git pay for it.
void start_libgit2();

/// Throws where a call failed: Error{corrupt} for missing or damaged objects, Error{environment} for the
/// rest. `action` completes "cannot …: …".
void check(int status, std::string_view action);

[[nodiscard]] git_oid oid_from(const ObjectName& name);
[[nodiscard]] ObjectName name_from(const git_oid& oid);

[[nodiscard]] CommitHandle read_commit(git_repository* repository, const ObjectName& name);
[[nodiscard]] TreeHandle read_tree(git_repository* repository, const git_oid& oid);

/// What a Repository is made of; for this module's own files.
struct Repository::Impl {
  RepositoryHandle handle;
  fs::path git_directory;    ///< of this worktree
  fs::path common_directory; ///< shared by all worktrees
  std::optional<fs::path> work_tree;
  std::vector<git_oid> unsynced; ///< objects written since a ref was last written

  [[nodiscard]] git_repository* raw() const { return handle.get(); }
};

} // namespace mlp::git
