#include "base/error.hpp"
#include "ledger/record_format.hpp"
#include "ledger/state.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace mlp::ledger {
namespace {

using Kind = LedgerFinding::Kind;

std::string subject_of(const std::string& path) {
  const ContentId id = id_in(path);
  return id.empty() ? path : id.hex();
}

/// Reads everything afresh, each file and each commit once.
class Verifier {
public:
  explicit Verifier(const git::Repository& repository) : repository_(repository) {}

  void records_of(const git::ObjectName& tip) {
    repository_.walk_tree(repository_.tree_of(tip), std::nullopt,
                          [&](const std::string& path, const git::ObjectName& blob) {
                            if (is_record_path(path) && files_.emplace(path, blob).second) {
                              check_record(path, blob);
                            }
                          });
  }

  /// Whatever a parent held, its child must hold with the same bytes.
  void history_of(const git::ObjectName& tip) {
    std::vector<git::ObjectName> left = {tip};
    while (!left.empty()) {
      const git::ObjectName commit = left.back();
      left.pop_back();
      if (!commits_.insert(commit).second) {
        continue;
      }
      for (const git::ObjectName& parent : repository_.parents_of(commit)) {
        if (repository_.has_object(parent)) {
          compare(parent, commit, "commit " + commit);
          left.push_back(parent);
        } else if (!repository_.is_shallow()) {
          add(Kind::removed, parent, "the commit is gone: commit " + commit + " builds on it");
        }
      }
    }
  }

  /// Finds what `held` has and `now` lost or changed.
  void compare(const git::ObjectName& held, const git::ObjectName& now, const std::string& culprit) {
    repository_.walk_tree(repository_.tree_of(held), repository_.tree_of(now),
                          [&](const std::string& path, const git::ObjectName& /*blob*/) {
                            if (!is_record_path(path)) {
                              return;
                            }
                            const bool there = repository_.file_at(now, path).has_value();
                            add(there ? Kind::tampered : Kind::removed, subject_of(path),
                                culprit + (there ? " changed " : " removed ") + path);
                          });
  }

  void add(Kind kind, std::string subject, std::string why) {
    findings_.push_back({kind, std::move(subject), std::move(why)});
  }

  std::vector<LedgerFinding> findings() {
    std::sort(findings_.begin(), findings_.end(), [](const LedgerFinding& a, const LedgerFinding& b) {
      return std::tie(a.subject, a.kind, a.why) < std::tie(b.subject, b.kind, b.why);
    });
    return std::move(findings_);
  }

private:
  void check_record(const std::string& path, const git::ObjectName& blob) {
    try {
      static_cast<void>(entry_of(record_at(path, repository_.read_blob(blob))));
    } catch (const Error& error) {
      const bool damaged = error.code() == ErrorCode::corrupt && !id_in(path).empty();
      add(damaged ? Kind::tampered : Kind::malformed, subject_of(path), path + ": " + error.what());
    }
  }

  const git::Repository& repository_;
  std::set<std::pair<std::string, git::ObjectName>> files_;
  std::set<git::ObjectName> commits_;
  std::vector<LedgerFinding> findings_;
};

} // namespace

std::vector<LedgerFinding> Ledger::verify() {
  const Tips tips = state_->read_tips();
  Verifier verifier(state_->repository);
  for (const auto& tip : {tips.local, tips.of_remote()}) {
    if (tip) {
      state_->require_known_format(*tip);
      verifier.records_of(*tip);
      verifier.history_of(*tip);
    }
  }
  if (tips.remote && tips.seen && tips.remote != tips.seen) {
    verifier.compare(*tips.seen, *tips.remote, "'" + state_->options.remote + "'");
  }
  return verifier.findings();
}

} // namespace mlp::ledger
