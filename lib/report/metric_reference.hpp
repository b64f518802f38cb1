#pragma once

#include "base/json.hpp"

#include <string>

namespace mlp::report {

/// Every metric of every task: what it is, its range, which way is better, how its interval is computed, and
/// the source. What `mlp help metrics` shows.
[[nodiscard]] std::string metric_reference();

/// The same as a list of `{"task","name","usual","direction","range","interval","definition","source"}`.
[[nodiscard]] Json metric_reference_json();

} // namespace mlp::report
