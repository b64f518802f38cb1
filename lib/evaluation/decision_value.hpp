#pragma once

#include "base/json.hpp"
#include "evaluation/scored.hpp"
#include "metrics/threshold_choice.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// A simpler way to decide, on the same rows.
struct Alternative {
  std::string name;            ///< treat_all | treat_none
  double value_per_1000 = 0.0; ///< in money
  double advantage = 0.0;      ///< of the model over it, per 1,000 cases
  std::optional<double> lower; ///< paired bootstrap
  std::optional<double> upper;
};

/// Net benefit of calling rows positive at a threshold, in true positives a case. Source: Vickers & Elkin
/// 2006.
struct NetBenefit {
  double threshold = 0.0;
  double model = 0.0;
  double treat_all = 0.0; ///< treat_none is 0
};

/// What the decisions of a model are worth, by the costs of mlp.yaml: value = −cost.
struct DecisionValue {
  metrics::Costs costs;
  double threshold = 0.5;
  metrics::MetricValue cost;           ///< mean cost of a case
  metrics::MetricValue value_per_1000; ///< both with a bootstrap interval
  std::vector<Alternative> alternatives;
  std::optional<double> bayes_threshold; ///< best for calibrated probabilities
  double best_threshold = 0.5;           ///< cheapest on these rows: seen afterwards, so never to be used
  double regret_per_1000 = 0.0;          ///< what that one would have gained; biased upwards
  std::vector<NetBenefit> curve;         ///< at .01, .02, …, .99
};

/// Nothing where the task is not binary or mlp.yaml gives no costs. throws Error{interrupted}
[[nodiscard]] std::optional<DecisionValue>
decision_value(const Scored& scored, const config::Project& project, const Effort& effort);

/// `evaluation.decision.costs`; nothing where there are none.
[[nodiscard]] std::optional<metrics::Costs> costs_of(const config::Project& project);

[[nodiscard]] Json to_json(const DecisionValue& value);

} // namespace mlp::evaluation
