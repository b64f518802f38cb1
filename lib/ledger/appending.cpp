#include "base/error.hpp"
#include "ledger/record_format.hpp"
#include "ledger/state.hpp"
#include "os/files.hpp"

#include <chrono>
#include <thread>

namespace mlp::ledger {
namespace {

constexpr std::string_view k_format = "mlp-ledger 1\n";
constexpr std::size_t k_worth_keeping = 64; ///< an append does not rewrite the index for a handful of records
constexpr int k_append_attempts = 100;
constexpr std::chrono::milliseconds k_lock_pause{20};
constexpr int k_lock_pauses = 600; ///< 12 s: longer than it takes until a leftover lock file may be removed

fs::path intention_file(const LedgerOptions& options) { return options.folder / "cache" / "ledger-tip"; }

/// What the last writer was about to make a ref's value: tells its leftover lock file from a living
/// program's.
std::optional<git::ObjectName> read_intention(const LedgerOptions& options) {
  return os::read_file_if_exists(intention_file(options));
}

/// Not synced: it is of use only while the machine runs that killed the writer.
void write_intention(os::FileOps& files, const LedgerOptions& options, const git::ObjectName& target) {
  const fs::path path = intention_file(options);
  const fs::path draft = path.string() + ".draft";
  files.make_directories(path.parent_path());
  files.remove(draft); // a killed writer may have left it; the lock makes us the only one
  files.create(draft)->write(target);
  files.rename(draft, path);
}

std::int64_t next_seq(const Index& index) {
  const std::int64_t highest = index.entries.empty() ? 0 : index.entries.back().seq;
  return std::min(highest + 1, k_largest_seq);
}

Record make_record(const std::string& kind, Json body, const Authorship& by, std::int64_t seq,
                   const std::optional<git::ObjectName>& seen) {
  body["schema"] = "mlp." + kind + "/1";
  body["kind"] = kind;
  body["seq"] = seq;
  body["seen"] = seen;
  body["time"] = format_utc(by.time);
  body["actor"] = Json::object({{"name", by.actor.name}, {"email", by.actor.email}});
  Record record;
  record.kind = kind;
  record.seq = seq;
  record.time = format_utc(by.time);
  record.body = std::move(body);
  return record;
}

/// A record that this program could not read again must not get in.
std::string checked_bytes(Record& record) {
  std::string bytes = record.body.dump();
  record.id = sha256(bytes);
  if (bytes.size() > k_largest_record) {
    throw Error(ErrorCode::internal, "a record of kind '{}' has {} bytes, more than {}", record.kind,
                bytes.size(), k_largest_record);
  }
  try {
    static_cast<void>(entry_of(record_at(record_path(record.id, record.time), bytes)));
  } catch (const Error& error) {
    throw Error(ErrorCode::internal, "a record of kind '{}' is malformed: {}", record.kind, error.what());
  }
  return bytes;
}

} // namespace

std::unique_ptr<os::FileLock> Ledger::State::lock() const {
  require_not_checked_out();
  files.make_directories(options.folder);
  auto held = std::make_unique<os::FileLock>(options.folder / "ledger.lock");
  const auto intention = read_intention(options);
  for (const std::string& ref : {local_ref, tracking_ref, seen_ref}) {
    repository.remove_leftover_lock(ref, intention);
  }
  return held;
}

void Ledger::State::require_not_checked_out() const {
  if (const auto worktree = repository.worktree_of(options.branch)) {
    throw Error(ErrorCode::environment, "cannot write the ledger: '{}' has its branch '{}' checked out",
                worktree->string(), options.branch)
        .hint(fmt::format("run `git -C {} switch --detach`", worktree->string()));
  }
}

Draft Ledger::State::draft(const std::string& kind, Json body, const Authorship& by,
                           const std::optional<git::ObjectName>& parent,
                           const std::optional<git::ObjectName>& tree) const {
  Draft made;
  made.record = make_record(kind, std::move(body), by, next_seq(index), parent);
  const std::string bytes = checked_bytes(made.record);
  std::vector<git::TreeEntry> added;
  added.push_back({record_path(made.record.id, made.record.time), repository.write_blob(bytes)});
  if (!tree) {
    added.push_back({"format", repository.write_blob(k_format)});
  }
  const std::vector<git::ObjectName> parents = parent ? std::vector{*parent} : std::vector<git::ObjectName>();
  made.commit =
      repository.write_commit(repository.tree_with(tree, added), parents, {by.actor.name, by.actor.email},
                              by.time, fmt::format("{} {}\n", kind, made.record.id.brief()));
  return made;
}

Record Ledger::State::append(const std::string& kind, const Json& body, const Authorship& by,
                             const std::function<void()>& still_valid) {
  for (int attempt = 0; attempt < k_append_attempts; ++attempt) {
    refresh(k_worth_keeping);
    still_valid();
    // Where the remote holds all that is here, going on from its tip keeps one line of history.
    const auto& remote = tips.of_remote();
    const bool from_remote = remote && (!tips.local || lost_between(*tips.local, *remote).empty());
    const auto parent = from_remote ? remote : tips.local;
    const auto tree = parent ? std::optional(repository.tree_of(*parent)) : std::nullopt;
    const Draft made = draft(kind, body, by, parent, tree);
    if (advance(local_ref, tips.local, made.commit)) {
      return made.record;
    }
  }
  throw Error(ErrorCode::environment, "cannot append to the ledger: another program keeps moving '{}'",
              local_ref)
      .hint("end the git command that runs on it, then try again");
}

bool Ledger::State::advance(const std::string& ref, const std::optional<git::ObjectName>& expected,
                            const git::ObjectName& target) {
  write_intention(files, options, target);
  for (int pause = 0; pause < k_lock_pauses; ++pause) {
    if (repository.update_ref(ref, expected, target, "mlp")) {
      return true;
    }
    if (repository.ref(ref) != expected) {
      return false;
    }
    std::this_thread::sleep_for(k_lock_pause);
    repository.remove_leftover_lock(ref, std::nullopt);
  }
  throw Error(ErrorCode::environment, "cannot append to the ledger: '{}.lock' is held by another program",
              ref)
      .hint("end the git command that runs, then try again");
}

} // namespace mlp::ledger
