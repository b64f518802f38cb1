#pragma once

#include "evaluation/fairness.hpp"

#include <string>
#include <string_view>

namespace mlp::report {

/// What an evaluation::Verdict, by its name, means to a reader.
[[nodiscard]] std::string_view verdict_words(std::string_view verdict);

/// For each protected column: a line a group with its rates, a line a disparity with interval, limit and what
/// the interval proves, and whether the features give the column away. Crosses are left to `--json`. Empty
/// where no column is protected.
///
///       sex            n   selected   recall     fpr   precision
///       Female     2,156      0.083    0.512   0.020       0.710
///       impact_ratio   0.331 (0.290 – 0.370)   ≥ 0.8   beyond the limit
[[nodiscard]] std::string fairness_table(const evaluation::FairnessReport& report);

} // namespace mlp::report
