#pragma once

#include "policy/policy.hpp"

#include <string>

namespace mlp::policy {

// One function a kind of rule: evidence → result, without what `else: warn` and the defaults make of it.

[[nodiscard]] RuleResult judge_metric(const Rule& rule, const Defaults& defaults, const Evidence& evidence);
[[nodiscard]] RuleResult judge_slices(const Rule& rule, const Defaults& defaults, const Evidence& evidence);
[[nodiscard]] RuleResult judge_weak_slices(const Rule& rule, const Evidence& evidence);
[[nodiscard]] RuleResult judge_comparison(const Rule& rule, Outcome first_model, const Stage& stage,
                                          const Evidence& evidence);
[[nodiscard]] RuleResult judge_fairness(const Rule& rule, const Evidence& evidence);
[[nodiscard]] RuleResult judge_required(const Rule& rule, const Evidence& evidence);
[[nodiscard]] RuleResult judge_check(const Rule& rule, const Evidence& evidence);

/// One measured value against the limits: absent is missing, NaN fails, too few rows are inconclusive.
[[nodiscard]] RuleResult judge_fact(const Rule& rule, const Defaults& defaults, const MetricFact& fact);
/// The number that is held against min and max.
[[nodiscard]] std::optional<double> judged_value(const Rule& rule, const MetricFact& fact);
[[nodiscard]] std::string why_no_evidence(const Rule& rule, const Evidence& evidence);

/// `value` with three decimals, or as many as it takes to stand on the same side of `limit` as it does:
/// 0.6499 is "0.6499" beside 0.65, not "0.650".
[[nodiscard]] std::string number_beside(double value, const std::optional<double>& limit);

} // namespace mlp::policy
