#include "workflow/champion.hpp"

#include "base/error.hpp"
#include "workflow/pairing.hpp"
#include "workflow/policy_source.hpp"
#include "workflow/stage_state.hpp"

#include <algorithm>
#include <utility>

namespace mlp::workflow {
namespace {

/// The stage nearest to use that another model holds, and that model's id.
std::optional<std::pair<std::string, std::string>> champion_of(Workspace& workspace,
                                                               const std::string& model) {
  const policy::Stages state = stage_state(workspace);
  auto stages = stage_names(workspace);
  std::ranges::reverse(stages);
  for (const std::string& stage : stages) {
    const policy::Tenure* holder = state.holder_of(stage);
    if (holder != nullptr) { // the model itself may be the one in use: then it is nobody's challenger
      return holder->model == model ? std::nullopt : std::optional(std::pair(stage, holder->model));
    }
  }
  return std::nullopt;
}

} // namespace

std::optional<evaluation::BaselineComparison> compare_with_champion(Workspace& workspace,
                                                                    const config::Project& project,
                                                                    const LoadedModel& model,
                                                                    std::string& note) {
  const auto champion = champion_of(workspace, model.reference.id.hex());
  if (!champion) {
    return std::nullopt;
  }
  evaluation::BaselineComparison comparison;
  comparison.with = "champion";
  comparison.of = fmt::format("{} ({})", champion->first, champion->second.substr(0, 7));
  comparison.level = project.evaluation.confidence;
  try {
    const LoadedModel holder = load_model(workspace, resolve_model(workspace, champion->second));
    const Pair pair = score_both(workspace, project, model, holder);
    comparison.n = static_cast<std::int64_t>(pair.test.rows.size());
    comparison.differences = compare_by_metrics(workspace, project, pair.first_sample(), pair.second_sample(),
                                                pair.scored.labels_only);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::input && error.code() != ErrorCode::not_found) {
      throw;
    }
    note = fmt::format("not compared with the model in {}: {}", comparison.of, error.what());
    return std::nullopt;
  }
  return comparison;
}

} // namespace mlp::workflow
