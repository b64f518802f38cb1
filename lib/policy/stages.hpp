#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::policy {

/// One decision of the ledger, as far as it changes who holds a stage. Ids are hex.
struct StageEvent {
  std::string record;   ///< id of the decision
  std::int64_t seq = 0;
  std::string time;     ///< claimed
  std::string decision; ///< promotion | denial | rollback | retirement
  std::string model;
  std::string name;  ///< of the model
  std::string stage; ///< empty for a retirement
  std::string expects; ///< the decision that held the stage when it was judged; empty = nobody
  std::string reason;
  std::string replaced_by; ///< of a retirement, may be empty
};

/// Who holds a stage since when, by which decision.
struct Holding {
  std::string model;
  std::string name;
  std::string record; ///< the promotion or rollback
  std::string time;
};

/// Two decisions about one stage that were made from the same state: settled only by a new decision.
struct StageConflict {
  std::string stage;
  std::string first;
  std::string second;
};

struct StageState {
  std::map<std::string, Holding> holders;               ///< by stage: who holds it now
  std::map<std::string, std::vector<Holding>> history;  ///< by stage: all who held it, oldest first, the holder included
  std::map<std::string, std::string> retired;           ///< model → the retirement's record
  std::vector<StageConflict> conflicts;                 ///< still open

  [[nodiscard]] const Holding* holder(std::string_view stage) const;
  /// The model that held `stage` `back` holders ago (0 = now; a model that held it twice in a row counts once).
  [[nodiscard]] const Holding* holder_before(std::string_view stage, std::size_t back) const;
  [[nodiscard]] bool held(std::string_view stage, std::string_view model) const; ///< now or ever
  [[nodiscard]] std::vector<std::string> stages_of(std::string_view model) const; ///< it holds now, sorted
  [[nodiscard]] bool is_retired(std::string_view model) const;
};

/// Folds decisions in ledger order (seq, id). A promotion or rollback puts its model on the stage; a retirement takes its
/// model off every stage; a denial changes nothing.
[[nodiscard]] StageState stage_state_of(std::span<const StageEvent> events);

} // namespace mlp::policy
