#pragma once

#include <optional>
#include <string>

namespace mlp::report {

/// "recall (≥ 0.50)": a metric of called classes says which threshold called them. `threshold`: of a binary
/// task.
[[nodiscard]] std::string metric_label(const std::string& metric, std::optional<double> threshold);

} // namespace mlp::report
