#include "workflow/thresholding.hpp"

#include "base/error.hpp"
#include "config/threshold_rule.hpp"
#include "dataset/roles.hpp"
#include "dataset/row_costs.hpp"
#include "metrics/threshold_choice.hpp"
#include "model/training_data.hpp"
#include "workflow/scorer.hpp"

namespace mlp::workflow {
namespace {

using Kind = config::ThresholdRule::Kind;

metrics::ThresholdChoice choose(const config::ThresholdRule& rule, const metrics::Sample& sample) {
  switch (rule.kind) {
  case Kind::cost_optimal:
    return metrics::cheapest_threshold(sample);
  case Kind::max_f1:
    return metrics::best_f1_threshold(sample);
  case Kind::recall_at_least:
    return metrics::recall_threshold(sample, rule.number);
  case Kind::capacity:
    return metrics::capacity_threshold(sample, rule.number);
  case Kind::fixed:
    break;
  }
  return {rule.number, 0.0};
}

} // namespace

Json choose_threshold(Workspace& workspace, const config::Project& project, const dataset::Table& table,
                      const dataset::Split& split, model::Artifact& artifact) {
  const config::ThresholdRule rule = config::threshold_rule(project.evaluation.decision);
  if (artifact.task != Task::binary || !rule.is_chosen()) {
    return {};
  }
  const auto rows = split.rows_of(dataset::Part::valid);
  if (rows.empty()) {
    throw Error(ErrorCode::input, "cannot choose the threshold by {}: no row is in the validation part",
                name_of(rule.kind))
        .hint("give `data.split.valid` a share, or write a number as evaluation.decision.threshold");
  }
  const auto scores = Scorer(workspace, artifact).scores(table, rows);
  const auto target = dataset::target_of(table, project, artifact.classes);
  const auto of_rows = model::gathered(target.values, rows);
  const auto weights = model::weights_of(table, dataset::roles_of(table, project), rows);
  metrics::Sample sample;
  sample.target = of_rows;
  sample.scores = scores;
  sample.weights = weights;
  const auto costs = dataset::row_costs(table, rows, of_rows, project);
  if (costs) {
    sample.call_cost = costs->call;
    sample.pass_cost = costs->pass;
  }
  const auto choice = choose(rule, sample);
  artifact.threshold = choice.threshold;
  return Json::object({{"rule", name_of(rule.kind)},
                       {"value", choice.threshold},
                       {"reached", choice.reached},
                       {"n", rows.size()},
                       {"part", "valid"}});
}

} // namespace mlp::workflow
