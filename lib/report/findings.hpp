#pragma once

#include "base/check.hpp"
#include "policy/policy.hpp"
#include "report/display.hpp"

#include <span>
#include <string>

namespace mlp::report {

/// "pass", "warn", "FAIL", "inconclusive", "missing", "waived"; coloured.
[[nodiscard]] std::string status_word(CheckStatus status, const Style& style);

/// One line a finding: `warn  constant_column  'x' is '1' in every row: nothing can be learnt from it`.
[[nodiscard]] std::string checks_list(std::span<const Check> checks, const Style& style);
/// The first 5 of each kind, 50 in all (a wide table may have one a column), then how many more there are of
/// which kind and, `where`, what has them all.
[[nodiscard]] std::string first_checks_list(std::span<const Check> checks, const Style& style,
                                            std::string_view where);

/// One line a rule of a decision, what it saw and what it wanted; why, where it did not pass.
///
///     pass  roc_auc          0.927 (from 0.921) ≥ 0.65   n 6,514
///     FAIL  required         product.owner is missing
[[nodiscard]] std::string rules_list(std::span<const policy::RuleResult> rules, const Style& style);

} // namespace mlp::report
