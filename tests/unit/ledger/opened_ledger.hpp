#pragma once

#include "ledger/ledger.hpp"
#include "ledger/record_format.hpp"
#include "support/git_scratch.hpp"

#include <string>
#include <vector>

namespace mlp::test {

inline constexpr UnixSeconds k_time = 1'795'411'000; ///< 2026-11-23T05:16:40Z
inline const ledger::Actor k_actor{"Ada Lovelace", "ada@example.org"};

/// A repository and its ledger, opened as a command does.
struct OpenedLedger {
  git::Repository repository;
  ledger::Ledger ledger;

  explicit OpenedLedger(const std::filesystem::path& root, os::FileOps& files = os::real_files())
      : repository(git::Repository::open(root)),
        ledger(repository, files, {.folder = repository.common_directory() / "mlp"}) {}

  ledger::Record note(const std::string& text) {
    return ledger.append("note", Json::object({{"text", text}}), k_actor, k_time);
  }
  ledger::Record promote(
      const std::string& model, const std::function<void()>& still_valid = [] {}) {
    return ledger.decide(Json::object({{"decision", "promotion"}, {"model", model}, {"stage", "production"}}),
                         k_actor, k_time, still_valid);
  }
  /// The texts (or models) of all entries, in order.
  std::vector<std::string> texts() {
    std::vector<std::string> result;
    for (const ledger::Entry& entry : ledger.entries()) {
      const Json body = ledger.read(entry.id).body;
      result.push_back(body["text"].string_or(body["model"].string_or()));
    }
    return result;
  }
  /// Commits files to the local ledger branch behind the ledger's back.
  void commit_files(const std::vector<std::pair<std::string, std::string>>& files) {
    const auto tip = repository.ref("refs/heads/mlp-ledger");
    std::vector<git::TreeEntry> added;
    for (const auto& [path, bytes] : files) {
      added.push_back({path, repository.write_blob(bytes)});
    }
    const auto base = tip ? std::optional(repository.tree_of(*tip)) : std::nullopt;
    const auto parents = tip ? std::vector{*tip} : std::vector<git::ObjectName>();
    const auto commit = repository.write_commit(repository.tree_with(base, added), parents,
                                                {"Eve", "eve@example.org"}, k_time, "tamper\n");
    REQUIRE(repository.update_ref("refs/heads/mlp-ledger", tip, commit, "test"));
  }
};

/// origin.git (bare) and clones of it.
struct LedgerClones {
  GitScratch scratch;
  explicit LedgerClones(const std::vector<std::string>& names) {
    scratch.repository("seed");
    scratch.git("", {"clone", "--quiet", "--bare", "seed", "origin.git"});
    for (const std::string& name : names) {
      scratch.git("", {"clone", "--quiet", "origin.git", name});
    }
  }
  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return scratch.root / name; }
};

} // namespace mlp::test
