#include "workflow/stage_state.hpp"

namespace mlp::workflow {

policy::Stages stage_state(Workspace& workspace, const std::optional<std::string>& until) {
  std::vector<policy::Decision> decisions;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind != "decision" || entry.project != workspace.project_path() ||
        (until && entry.time > *until)) {
      continue;
    }
    const auto kind = policy::decision_kind_from(entry.decision);
    if (!kind) {
      continue; // of a newer mlp: kept in the ledger, shown as unknown, never guessed at
    }
    policy::Decision decision;
    decision.kind = *kind;
    decision.record = entry.id.hex();
    decision.seq = entry.seq;
    decision.time = parse_time(entry.time).value_or(0);
    decision.model = entry.model;
    decision.name = entry.name;
    decision.stage = entry.stage;
    if (!entry.expects.empty()) {
      decision.expects = entry.expects;
    }
    decisions.push_back(std::move(decision));
  }
  return policy::fold_decisions(decisions);
}

} // namespace mlp::workflow
