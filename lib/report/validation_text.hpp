#pragma once

#include "base/check.hpp"
#include "report/display.hpp"
#include "validation/subject.hpp"

#include <span>
#include <string>

namespace mlp::report {

/// One line a failure or warning, one a measured pass, then the names of what passed and what was not run.
///
///     FAIL  target_leakage   0.982 (limit 0.95)   n 32,561   'x' alone orders …; rows 3, 17
///     pass  order_leakage    0.512 (limit 0.6)    n 32,561
///     passed   all_missing, constant_column, …
///     not run  group_overlap: no column has `role: group`
[[nodiscard]] std::string validation_text(std::span<const Check> checks,
                                          std::span<const validation::Skipped> skipped, const Style& style);

} // namespace mlp::report
