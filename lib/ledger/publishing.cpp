#include "base/error.hpp"
#include "base/random.hpp"
#include "ledger/state.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace mlp::ledger {
namespace {

constexpr int k_publish_attempts = 10;
constexpr std::size_t k_keep_any_change = 1;

/// Waits 20, 40, 80 … ms (at most 1 s) times 0.5 to 1.5, so that those who raced once do not race again.
void back_off(int attempt, const std::string& lost_commit) {
  const auto base = std::min<std::uint64_t>(1000, 20ULL << static_cast<unsigned>(attempt));
  const std::uint64_t seed = std::hash<std::string>()(lost_commit);
  const std::uint64_t jittered = base / 2 + random_below(base, seed, 0, static_cast<std::uint64_t>(attempt));
  std::this_thread::sleep_for(std::chrono::milliseconds(jittered));
}

} // namespace

bool Ledger::State::has_remote() const {
  const auto names = repository.remotes();
  return std::find(names.begin(), names.end(), options.remote) != names.end();
}

bool Ledger::State::fetch() {
  { const auto held = lock(); } // clears what a killed fetch left behind
  if (repository.fetch(options.remote, local_ref, tracking_ref)) {
    refresh(k_keep_any_change);
    return true;
  }
  if (repository.ref(seen_ref)) {
    throw Error(ErrorCode::corrupt, "'{}' lost its ledger: it has no branch '{}' any more", options.remote,
                options.branch)
        .hint(fmt::format("to put it back: `git push {} {}:{}`", options.remote, seen_ref, local_ref))
        .hint(fmt::format("to accept the loss (another repository): `git update-ref -d {}`", seen_ref));
  }
  return false;
}

std::optional<Record> Ledger::State::publish(const Json& body, const Authorship& by, bool remote_has_ledger) {
  const auto remote_tip = remote_has_ledger ? tips.remote : std::nullopt;
  const auto parent = remote_tip ? remote_tip : tips.local;
  auto tree = parent ? std::optional(repository.tree_of(*parent)) : std::nullopt;
  if (tree && tips.local) {
    tree = repository.union_of(*tree, repository.tree_of(*tips.local));
  }
  const Draft made = draft("decision", body, by, parent, tree);
  if (!repository.push(options.remote, made.commit, local_ref, remote_tip)) {
    return std::nullopt;
  }
  try {
    settle(made.commit, by);
  } catch (const Error& error) {
    throw Error(ErrorCode::environment, "decision {} is published to '{}', but cannot be kept here: {}",
                made.record.id.brief(), options.remote, error.what())
        .hint(fmt::format("run `git fetch {}`: do not decide again", options.remote));
  }
  return made.record;
}

void Ledger::State::settle(const git::ObjectName& published, const Authorship& by) {
  const auto held = lock();
  for (;;) {
    const auto local = repository.ref(local_ref);
    if (local && lost_between(published, *local).empty()) {
      break; // a later decision got here first and brought ours along
    }
    git::ObjectName target = published;
    if (local && !lost_between(*local, published).empty()) { // facts that were appended while we pushed
      const git::ObjectName tree =
          repository.union_of(repository.tree_of(published), repository.tree_of(*local));
      target =
          repository.write_commit(tree, {published}, {by.actor.name, by.actor.email}, by.time, "merge\n");
    }
    if (advance(local_ref, local, target)) {
      break;
    }
  }
  const auto tracking = repository.ref(tracking_ref);
  if (!tracking || lost_between(*tracking, published).empty()) { // `git push` follows only some refspecs
    static_cast<void>(repository.update_ref(tracking_ref, tracking, published, "mlp"));
  }
  const auto seen = repository.ref(seen_ref);
  static_cast<void>(repository.update_ref(seen_ref, seen, published, "mlp"));
}

void Ledger::State::remember_seen(const git::ObjectName& tip) {
  try {
    const auto held = os::FileLock::try_lock(options.folder / "ledger.lock");
    if (held != nullptr && repository.update_ref(seen_ref, tips.seen, tip, "mlp")) {
      tips.seen = tip;
    }
  } catch (const Error&) { // NOLINT(bugprone-empty-catch): reading must work where nothing can be written
  }
}

Record Ledger::decide(const Json& body, const Actor& actor, UnixSeconds time,
                      const std::function<void()>& still_valid) {
  State& state = *state_;
  if (!state.has_remote()) {
    const auto held = state.lock();
    return state.append("decision", body, {actor, time}, still_valid);
  }
  for (int attempt = 0; attempt < k_publish_attempts; ++attempt) {
    const bool remote_has_ledger = state.fetch();
    state.refresh(k_keep_any_change);
    still_valid();
    if (auto record = state.publish(body, {actor, time}, remote_has_ledger)) {
      return *record;
    }
    back_off(attempt, state.tips.remote.value_or(actor.email));
  }
  throw Error(ErrorCode::environment,
              "cannot publish the decision: the ledger of '{}' kept moving for {} tries",
              state.options.remote, k_publish_attempts)
      .hint("run the command again when fewer others publish");
}

std::optional<std::int64_t> Ledger::unpublished() {
  if (!state_->has_remote()) {
    return std::nullopt;
  }
  const std::vector<Entry>& all = entries();
  return std::count_if(all.begin(), all.end(), [](const Entry& entry) { return !entry.published; });
}

} // namespace mlp::ledger
