#include "ledger/ledger.hpp"

#include "base/error.hpp"
#include "ledger/record_format.hpp"
#include "ledger/state.hpp"

#include <algorithm>

namespace mlp::ledger {
namespace {

constexpr std::size_t k_keep_any_change = 1;

} // namespace

Ledger::State::State(git::Repository& repository_used, os::FileOps& files_used, LedgerOptions chosen)
    : repository(repository_used), files(files_used), options(std::move(chosen)),
      local_ref("refs/heads/" + options.branch),
      tracking_ref("refs/remotes/" + options.remote + "/" + options.branch),
      seen_ref("refs/mlp/seen/" + options.remote) {}

Ledger::Ledger(git::Repository& repository, os::FileOps& files, LedgerOptions options)
    : state_(std::make_shared<State>(repository, files, std::move(options))) {}

const std::vector<Entry>& Ledger::entries() {
  state_->refresh(k_keep_any_change);
  return state_->index.entries;
}

const std::vector<Quarantined>& Ledger::quarantined() {
  state_->refresh(k_keep_any_change);
  return state_->quarantined;
}

std::string Ledger::read_bytes(const ContentId& id) {
  const std::vector<Entry>& known = entries();
  const auto entry =
      std::find_if(known.begin(), known.end(), [&](const Entry& candidate) { return candidate.id == id; });
  if (entry != known.end()) {
    std::string bytes = state_->repository.read_blob(entry->blob);
    if (sha256(bytes) != id) {
      throw Error(ErrorCode::corrupt, "record {} does not match its hash", id.hex()).hint("run `mlp audit`");
    }
    return bytes;
  }
  for (const Quarantined& bad : state_->quarantined) {
    if (id_in(bad.path) == id) {
      throw Error(ErrorCode::corrupt, "cannot read record {}: {}", id.hex(), bad.why).hint("run `mlp audit`");
    }
  }
  throw Error(ErrorCode::not_found, "the ledger has no record {}", id.hex()).hint("run `mlp log`");
}

Record Ledger::read(const ContentId& id) {
  const std::string bytes = read_bytes(id);
  Record record;
  record.id = id;
  record.body = Json::parse(bytes, "record " + id.brief());
  record.kind = record.body["kind"].as_string();
  record.seq = record.body["seq"].as_integer();
  record.time = record.body["time"].as_string();
  return record;
}

Record Ledger::append(const std::string& kind, const Json& body, const Actor& actor, UnixSeconds time) {
  const auto lock = state_->lock();
  return state_->append(kind, body, {actor, time}, [] {});
}

void Ledger::fetch() {
  if (state_->has_remote()) {
    state_->fetch();
  }
}

} // namespace mlp::ledger
