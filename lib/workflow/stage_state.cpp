#include "workflow/stage_state.hpp"

namespace mlp::workflow {

policy::Stages stage_state(Workspace& workspace, const std::optional<std::string>& until) {
  std::vector<policy::Decision> decisions;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind != "decision" || entry.project != workspace.project_path() ||
        (until && entry.time > *until)) {
      continue;
    }
    const Json body = workspace.ledger().read(entry.id).body;
    const auto kind = policy::decision_kind_from(body["decision"].string_or());
    if (!kind) {
      continue; // of a newer mlp: kept in the ledger, shown as unknown, never guessed at
    }
    policy::Decision decision;
    decision.kind = *kind;
    decision.record = entry.id.hex();
    decision.seq = entry.seq;
    decision.time = parse_time(entry.time).value_or(0);
    decision.model = body["model"].string_or();
    decision.name = body["name"].string_or();
    decision.stage = body["stage"].string_or();
    if (body["expects"].is_string()) {
      decision.expects = body["expects"].as_string();
    }
    decision.replaced_by = body["replaced_by"].string_or();
    decisions.push_back(std::move(decision));
  }
  return policy::fold_decisions(decisions);
}

} // namespace mlp::workflow
