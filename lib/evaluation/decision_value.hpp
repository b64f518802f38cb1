#pragma once

#include "base/json.hpp"
#include "evaluation/evaluation.hpp"
#include "metrics/threshold_choice.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// A simpler way to decide, on the same rows.
struct Alternative {
  std::string name;            ///< treat_all | treat_none | current_rule
  std::int64_t n = 0;          ///< rows that it decides: all, or those that the current rule speaks of
  double value_per_1000 = 0.0; ///< in money
  double advantage = 0.0;      ///< of the model over it, per 1,000 cases
  std::optional<double> lower; ///< paired, as metrics::compare does it
  std::optional<double> upper;
};

/// Net benefit of calling rows positive at a threshold, in true positives a case. Source: Vickers & Elkin
/// 2006.
struct NetBenefit {
  double threshold = 0.0;
  double model = 0.0;
  double treat_all = 0.0;      ///< treat_none is 0
  double value_per_1000 = 0.0; ///< of the model, by the costs
};

/// What the decisions of a model are worth, by the costs of mlp.yaml: value = −cost.
struct DecisionValue {
  Json costs; ///< {tp,tn,fp,fn}: an amount, or the name of a column
  double threshold = 0.5;
  metrics::MetricValue cost;           ///< mean cost of a case
  metrics::MetricValue value_per_1000; ///< both as evaluated, with their interval
  std::vector<Alternative> alternatives;
  std::optional<double> bayes_threshold; ///< best for calibrated probabilities; none where a cost is a column
  /// Cheapest on these rows: seen afterwards, so never to be used. Nothing of decisions without
  /// probabilities.
  std::optional<double> best_threshold;
  std::optional<double> regret_per_1000; ///< what that one would have gained; biased upwards
  std::vector<NetBenefit> curve;         ///< at .01, .02, …, .99
};

/// Of an evaluation of the same rows; nothing where they have no costs. throws Error{interrupted}
[[nodiscard]] std::optional<DecisionValue> decision_value(const Scored& scored, const Evaluation& evaluation,
                                                          const std::optional<RuleScores>& rule,
                                                          const config::Project& project,
                                                          const Effort& effort);

[[nodiscard]] Json to_json(const DecisionValue& value);

} // namespace mlp::evaluation
