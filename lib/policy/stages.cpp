#include "policy/stages.hpp"

#include <algorithm>
#include <array>

namespace mlp::policy {
namespace {

/// A decision that knows the holder settles what came before; one that expected another holder disagrees with
/// it.
void note_conflict(StageState& state, const Decision& decision) {
  const Tenure* holder = state.holder();
  const std::optional<std::string> actual = holder == nullptr ? std::nullopt : std::optional(holder->record);
  if (decision.expects == actual) {
    state.conflicts.clear();
  } else if (holder == nullptr || holder->model != decision.model) {
    state.conflicts.push_back({actual.value_or(""), decision.record});
  }
}

void take_stage(Stages& stages, const Decision& decision) {
  StageState& state = stages.stages[decision.stage];
  if (const auto retired = stages.retired.find(decision.model); retired != stages.retired.end()) {
    state.conflicts.push_back({retired->second.record, decision.record});
    return;
  }
  note_conflict(state, decision);
  if (state.held &&
      state.history.back().model == decision.model) { // it stays; the newer decision stands for it
    state.history.back().record = decision.record;
    return;
  }
  state.history.push_back({decision.model, decision.name, decision.record, decision.seq, decision.time});
  state.held = true;
}

void retire(Stages& stages, const Decision& decision) {
  Retirement& retirement = stages.retired[decision.model];
  retirement.record = decision.record;
  retirement.time = decision.time;
  for (auto& [name, state] : stages.stages) {
    const Tenure* holder = state.holder();
    if (holder != nullptr && holder->model == decision.model) {
      state.held = false;
      state.conflicts.clear();
      retirement.stages.push_back(name);
    }
  }
}

} // namespace

std::optional<Decision::Kind> decision_kind_from(std::string_view name) {
  constexpr std::array<std::string_view, 4> names = {"promotion", "denial", "rollback", "retirement"};
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt
                              : std::optional(static_cast<Decision::Kind>(found - names.begin()));
}

const Tenure* StageState::holder() const { return held ? &history.back() : nullptr; }

const Tenure* StageState::before(std::size_t back) const {
  const std::size_t ended = history.size() - (held ? 1 : 0);
  return back >= 1 && back <= ended ? &history[ended - back] : nullptr;
}

const Tenure* Stages::holder_of(std::string_view stage) const {
  const auto found = stages.find(std::string(stage));
  return found == stages.end() ? nullptr : found->second.holder();
}

bool Stages::holds_or_held(std::string_view model, std::string_view stage) const {
  const auto found = stages.find(std::string(stage));
  return found != stages.end() &&
         std::any_of(found->second.history.begin(), found->second.history.end(),
                     [model](const Tenure& tenure) { return tenure.model == model; });
}

std::vector<std::string> Stages::held_by(std::string_view model) const {
  std::vector<std::string> held;
  for (const auto& [name, state] : stages) {
    const Tenure* holder = state.holder();
    if (holder != nullptr && holder->model == model) {
      held.push_back(name);
    }
  }
  return held;
}

bool Stages::is_retired(std::string_view model) const { return retired.contains(std::string(model)); }

Stages fold_decisions(std::span<const Decision> decisions) {
  Stages stages;
  for (const Decision& decision : decisions) {
    switch (decision.kind) {
    case Decision::Kind::promotion:
    case Decision::Kind::rollback:
      take_stage(stages, decision);
      break;
    case Decision::Kind::retirement:
      retire(stages, decision);
      break;
    case Decision::Kind::denial: // changes nothing: a record of a no
      break;
    }
  }
  return stages;
}

} // namespace mlp::policy
