#pragma once

#include "evaluation/decision_value.hpp"

#include <string>

namespace mlp::report {

/// What the decisions are worth, beside calling everybody and nobody, and how good the threshold is.
[[nodiscard]] std::string value_lines(const evaluation::DecisionValue& value);

} // namespace mlp::report
