#pragma once

#include "base/json.hpp"
#include "evaluation/current_rule.hpp"
#include "metrics/comparison.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// The model less another way to decide, row by row: is it worth having?
struct BaselineComparison {
  std::string with;                             ///< dummy | simple | stump | current_rule | champion
  std::string of = {};                          ///< champion: the stage that it holds, and its id
  std::int64_t n = 0;                           ///< rows that both decide
  double level = 0.95;                          ///< of the intervals
  std::vector<metrics::Difference> differences; ///< + is better for the model
};

/// Of the primary metric, and of value_per_1000 where there are costs. Against a rule that only decides, or
/// of predictions that do: of those metrics of mlp.yaml that need no probabilities (recall and specificity,
/// or accuracy, where it names none). throws Error{interrupted}
[[nodiscard]] std::vector<BaselineComparison> compare_with_baselines(const Scored& scored,
                                                                     const std::optional<RuleScores>& rule,
                                                                     const config::Project& project,
                                                                     const Effort& effort);

/// `[{"with","n","level","of"?,"metrics":[{"name","model","other","delta","ci","p","method","status","why"}]}]`
[[nodiscard]] Json to_json(const std::vector<BaselineComparison>& comparisons);

} // namespace mlp::evaluation
