#pragma once

#include "metrics/metric.hpp"
#include "policy/policy.hpp"

#include <vector>

namespace mlp::workflow {

/// Judges each comparison rule by itself, on two samples of the same rows: what one rule asks for and cannot
/// be computed is `missing` with its reason and touches no other.
[[nodiscard]] std::vector<policy::ComparisonFact>
compare_by_rules(const std::vector<const policy::Rule*>& rules, const metrics::Sample& candidate,
                 const metrics::Sample& champion, double alpha, const metrics::IntervalOptions& options);

/// Every rule of them `missing`, for one reason.
[[nodiscard]] std::vector<policy::ComparisonFact> all_missing(const std::vector<const policy::Rule*>& rules,
                                                              const std::string& why);

} // namespace mlp::workflow
