#pragma once

#include "base/json.hpp"
#include "report/display.hpp"

#include <span>
#include <string>

namespace mlp::report {

/// One thing that two runs, models or evaluations do not share; null where one side has no such thing.
struct DiffLine {
  std::string area; ///< "data", "parameters", …
  std::string name;
  Json left;
  Json right;
};

/// Side by side under the areas' names, the left value, the right one, and for two numbers how far they are
/// apart:
///
///     metrics
///       roc_auc    0.921   0.927   +0.006
[[nodiscard]] std::string diff_table(std::span<const DiffLine> lines, const Style& style);

/// Two models on the same rows, a metric a line. `comparison`:
/// {"n","level","metrics":[{"name","left","right","delta", "ci","p_holm","why"}…]}
///
///     on the same 1,342 rows   left    right   difference   95% interval      p (Holm)
///       roc_auc               0.854    0.859       +0.005   -0.002 – 0.012    0.210      these rows cannot
///       tell
[[nodiscard]] std::string comparison_table(const Json& comparison);

} // namespace mlp::report
