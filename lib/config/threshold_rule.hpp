#pragma once

#include "config/map_reader.hpp"
#include "config/project.hpp"

#include <optional>
#include <string_view>

namespace mlp::config {

/// How the threshold of a binary decision comes about (`evaluation.decision.threshold`): a number, or chosen
/// on the validation part when the model is trained.
struct ThresholdRule {
  enum class Kind { fixed, cost_optimal, max_f1, recall_at_least, capacity } kind = Kind::fixed;
  double number = 0.5; ///< fixed: the threshold; recall_at_least: the recall; capacity: the share of cases

  [[nodiscard]] bool is_chosen() const { return kind != Kind::fixed; }
};
[[nodiscard]] std::string_view name_of(ThresholdRule::Kind kind);

/// Cases a day of "200/day", "7000/month", "10_000/week"; a month is a twelfth of 365.25 days. Nothing for
/// what is no rate.
[[nodiscard]] std::optional<double> cases_a_day(std::string_view rate);

/// The rule of a `decision` map; nothing where a finding says what is wrong with it. capacity needs `volume`.
[[nodiscard]] std::optional<ThresholdRule> read_threshold_rule(MapReader& decision);

/// The rule of a project that was loaded without a finding.
[[nodiscard]] ThresholdRule threshold_rule(const DecisionConfig& decision);

} // namespace mlp::config
