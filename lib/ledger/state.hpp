#pragma once

#include "ledger/index.hpp"
#include "ledger/ledger.hpp"

#include <functional>
#include <optional>
#include <string>

namespace mlp::ledger {

/// The commits that the ledger is read from.
struct Tips {
  std::optional<git::ObjectName> local;  ///< the local branch
  std::optional<git::ObjectName> remote; ///< the remote-tracking branch
  std::optional<git::ObjectName> seen;   ///< refs/mlp/seen/<remote>: the last remote tip that was accepted
  friend bool operator==(const Tips&, const Tips&) = default;

  /// What is read as the remote's: what was seen still counts where a pruning fetch took the tracking branch.
  [[nodiscard]] const std::optional<git::ObjectName>& of_remote() const { return remote ? remote : seen; }
};

/// A record that is not in the ledger yet, and the commit that would add it.
struct Draft {
  Record record;
  git::ObjectName commit;
};

/// Who, when: what append and decide hand down.
struct Authorship {
  Actor actor;
  UnixSeconds time = 0;
};

/// What a Ledger is made of; for this module's own files.
struct Ledger::State {
  State(git::Repository& repository_used, os::FileOps& files_used, LedgerOptions chosen);

  git::Repository& repository;
  os::FileOps& files;
  LedgerOptions options;
  std::string local_ref;
  std::string tracking_ref;
  std::string seen_ref;

  Tips tips; ///< what `index` covers
  Index index;
  std::vector<Quarantined> quarantined;
  bool loaded = false;

  // reading.cpp
  [[nodiscard]] Tips read_tips() const;
  /// Brings the index up to date; keeps it in cache/ where at least `worth_keeping` files differed.
  void refresh(std::size_t worth_keeping);
  /// throws Error{input} for a newer format, Error{corrupt} for no ledger at all
  void require_known_format(const git::ObjectName& tip) const;
  /// throws Error{corrupt} that names what the remote lost
  [[noreturn]] void refuse_lost(const std::vector<std::string>& lost) const;
  /// The record files that `held` has and `now` lost or changed.
  [[nodiscard]] std::vector<std::string> lost_between(const git::ObjectName& held,
                                                      const git::ObjectName& now) const;

  // appending.cpp
  /// The lock that all writers of the ledger's refs share; what a killed writer left behind is cleared.
  [[nodiscard]] std::unique_ptr<os::FileLock> lock() const;
  /// throws Error{environment} where a worktree has the ledger branch checked out
  void require_not_checked_out() const;
  [[nodiscard]] Draft draft(const std::string& kind, Json body, const Authorship& by,
                            const std::optional<git::ObjectName>& parent,
                            const std::optional<git::ObjectName>& tree) const;
  /// Under the lock. `still_valid` is asked whenever the entries were brought up to date.
  Record append(const std::string& kind, const Json& body, const Authorship& by,
                const std::function<void()>& still_valid);
  /// Compare-and-swap of a ref under the lock; waits for a git program that holds the ref's lock file.
  [[nodiscard]] bool advance(const std::string& ref, const std::optional<git::ObjectName>& expected,
                             const git::ObjectName& target);

  // publishing.cpp
  [[nodiscard]] bool has_remote() const;
  /// False where the remote has no ledger. throws Error{corrupt} where it had one
  bool fetch();
  /// One try; nothing where the race was lost.
  std::optional<Record> publish(const Json& body, const Authorship& by, bool remote_has_ledger);
  /// Moves the local branch, the tracking branch and what was seen to the published commit.
  void settle(const git::ObjectName& published, const Authorship& by);
  /// Under the lock, or best effort: the remote's tip was checked and is accepted.
  void remember_seen(const git::ObjectName& tip);
};

} // namespace mlp::ledger
