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

} // namespace mlp::report
