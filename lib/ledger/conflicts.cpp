#include "ledger/conflicts.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace mlp::ledger {
namespace {

using StageKey = std::tuple<std::string, std::string, std::string>; // project, name, stage

/// Who holds a stage while the decisions are replayed in order.
struct Holder {
  ContentId decision;
  std::string model;
  std::string expected; ///< what `decision` expected
  bool empty = false;   ///< its model was retired since
};

bool moves_a_stage(const Entry& entry) {
  return entry.kind == "decision" && (entry.decision == "promotion" || entry.decision == "rollback");
}

} // namespace

std::vector<Conflict> conflicting_decisions(std::span<const Entry> entries) {
  std::vector<Conflict> conflicts;
  std::map<StageKey, Holder> holders;
  for (const Entry& entry : entries) {
    if (entry.kind == "decision" && entry.decision == "retirement") {
      for (auto& [key, holder] : holders) {
        if (std::get<0>(key) == entry.project && holder.model == entry.model) {
          holder.empty = true;
        }
      }
    }
    if (!moves_a_stage(entry)) {
      continue;
    }
    const StageKey key{entry.project, entry.name, entry.stage};
    const auto before = holders.find(key);
    if (before != holders.end() && !before->second.empty && before->second.expected == entry.expects) {
      conflicts.push_back({before->second.decision, entry.id, entry.stage, entry.name, entry.project, false});
    } else {
      for (Conflict& conflict : conflicts) {
        conflict.settled =
            conflict.settled || StageKey{conflict.project, conflict.name, conflict.stage} == key;
      }
    }
    holders[key] = {entry.id, entry.model, entry.expects, false};
  }
  return conflicts;
}

} // namespace mlp::ledger
