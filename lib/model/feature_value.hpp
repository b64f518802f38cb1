#pragma once

#include "model/artifact.hpp"

#include <string>

namespace mlp::model {

/// What stands for a missing value in texts about features.
inline constexpr const char* k_missing_text = "(missing)";

/// The booster's number of a feature as people write the value: a category's or boolean's own text, a
/// date/time as ISO 8601, a number in the shortest form that reads back as the same float32; NaN "(missing)".
[[nodiscard]] std::string value_text(const Feature& feature, float value);

} // namespace mlp::model
