#pragma once

#include "config/project.hpp"
#include "dataset/table.hpp"
#include "evaluation/scored.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// How cases are decided today, row by row: to be judged beside the model, on the rows that have a decision.
struct RuleScores {
  std::vector<std::uint32_t> at; ///< positions in Scored of the rows that the rule decides, ascending
  std::vector<double> scores;    ///< [at·k] as metrics::Sample; 0 and 1 where it only decides
  double threshold = 0.5;
  bool labels_only = true; ///< decisions without probabilities
};

/// The rule that stands in a column: the target's classes, for a regression the predicted value; or with
/// `evaluation.current_rule.threshold` numbers, of which those at or above it are called positive. Numbers
/// that all lie in [0, 1] are then judged as probabilities too. A row without a value has no decision.
///
/// throws Error{input} with the place in mlp.yaml: a value that is no class, a column that is no number where
///        one is needed, no row with a decision
[[nodiscard]] RuleScores rule_of_column(const dataset::Table& table, const std::vector<std::uint32_t>& rows,
                                        const Scored& scored, const config::Project& project);

/// The rule's own Scored: its scores as the model's, on the rows that it decides.
[[nodiscard]] Scored scored_by_rule(const Scored& scored, const RuleScores& rule);

} // namespace mlp::evaluation
