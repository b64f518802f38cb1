#pragma once

#include <array>
#include <string_view>

namespace mlp::config {

/// What can be wrong with mlp.yaml or policy.yaml. A finding can only be made with a rule from here, so every
/// finding has an explanation. What `mlp check` finds in data and parameters (dataset, model) has its name
/// here too.
enum class RuleId {
  unknown_key,
  wrong_type,
  out_of_range,
  invalid_value,
  missing_key,
  duplicate_entry,
  unsupported_schema,
  not_supported,
  // mlp.yaml
  unknown_metric,
  metric_task_mismatch,
  positive_without_binary,
  threshold_without_binary,
  calibration_without_classes,
  calibration_without_validation,
  class_weight_without_classes,
  early_stopping_without_validation,
  incomplete_split,
  split_key_mismatch,
  target_as_input,
  duplicate_role,
  column_limits,
  unknown_column,
  unreadable_data,
  unknown_parameter,
  parameter_value,
  parameter_twice,
  owned_parameter,
  idle_parameter,
  objective_task,
  external_trainer,
  // policy.yaml
  incomparable_metric,
  unknown_check,
  unclear_rule,
  missing_limit,
  loose_bound,
  empty_gate,
  undefined_gate,
  unused_gate,
  undefined_stage,
  unmatched_slice,
};

struct RuleExplanation {
  RuleId rule;
  std::string_view name; ///< stable id, as in Finding::rule
  std::string_view text; ///< what it means, and what to do
};

inline constexpr std::size_t k_rule_count = static_cast<std::size_t>(RuleId::unmatched_slice) + 1;

/// In the order of `RuleId`.
[[nodiscard]] const std::array<RuleExplanation, k_rule_count>& rule_explanations();
[[nodiscard]] std::string_view name_of(RuleId rule);

/// The explanation of `mlp check --explain NAME`.
/// throws Error{usage} with the nearest name where there is no such rule
[[nodiscard]] std::string_view explain_rule(std::string_view name);

} // namespace mlp::config
