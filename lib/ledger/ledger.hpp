#pragma once

#include "base/time.hpp"
#include "git/repository.hpp"
#include "ledger/record.hpp"
#include "os/files.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mlp::ledger {

namespace fs = std::filesystem;

struct LedgerOptions {
  std::string branch = "mlp-ledger";
  std::string remote = "origin"; ///< used where the repository has it
  fs::path folder;               ///< `.git/mlp`: holds ledger.lock and cache/
  unsigned threads = 1;          ///< for reading records that the index does not know
};

/// A record that could not be read: shown, counted, never fatal.
struct Quarantined {
  std::string path; ///< in the ledger's tree
  std::string why;
};

/// What is wrong with the ledger itself, for audit and fsck.
struct LedgerFinding {
  enum class Kind { tampered, malformed, removed } kind = Kind::tampered;
  std::string subject; ///< record id or path
  std::string why;     ///< the exact finding
};

/// The append-only record of what happened, on an orphan branch of its own; each of its commits only adds
/// files:
///
///   format                           "mlp-ledger 1\n"
///   records/2026-11/23/<id>.json     one record, in the folder of the day (UTC) of its time
///
/// Reading is the union of the local branch and its remote-tracking branch. Order is (seq, id).
class Ledger {
public:
  Ledger(git::Repository& repository, os::FileOps& files, LedgerOptions options);

  /// All entries in order, oldest first. Read through an index in cache/, brought up to date by what was
  /// added since; made anew where it is missing or damaged. throws Error{corrupt} where the remote lost
  /// records that it once had, Error{input} for a newer format
  [[nodiscard]] const std::vector<Entry>& entries();
  /// The record, its bytes verified against its id. throws Error{corrupt}; Error{not_found} for an unknown id
  [[nodiscard]] Record read(const ContentId& id);
  [[nodiscard]] std::string read_bytes(const ContentId& id);
  [[nodiscard]] const std::vector<Quarantined>& quarantined();

  /// Adds one record: fills in `kind`, `seq`, `seen`, `time` and `actor` (the body brings the rest), under
  /// the lock, by compare-and-swap, durable on return.
  /// throws Error{internal} for a record above 64 KiB, Error{environment} where a worktree has the branch
  /// checked out, or the disk or another git program is in the way: nothing was appended then
  Record append(const std::string& kind, const Json& body, const Actor& actor, UnixSeconds time);

  /// Adds a decision. With a remote: fetch, ask `still_valid` (entries are up to date then), append, push; a
  /// race that was lost starts over. Without: ask and append under the lock. `still_valid` throws
  /// Error{conflict} where the stage moved meanwhile.
  Record decide(const Json& body, const Actor& actor, UnixSeconds time,
                const std::function<void()>& still_valid);

  /// How many records here the remote does not have, as far as it was fetched; nothing where there is no
  /// remote.
  [[nodiscard]] std::optional<std::int64_t> unpublished();

  /// Brings the remote's ledger here (nothing where there is no such remote or it has none yet).
  void fetch();

  /// Reads every record again, without any cache: each one's hash, its form, that each ledger commit only
  /// added (as far as history is present), and that what the remote once had is still there. Sorted by
  /// subject.
  [[nodiscard]] std::vector<LedgerFinding> verify();

private:
  struct State;
  std::shared_ptr<State> state_;
};

} // namespace mlp::ledger
