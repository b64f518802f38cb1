#pragma once

#include "base/json.hpp"

#include <string>

namespace mlp::report {

/// Every check on data: what is measured, from where on it warns or fails, and why. What `mlp help checks`
/// shows.
[[nodiscard]] std::string check_reference();

/// The same as a list of `{"id","scope","statistic","judgement","why"}`.
[[nodiscard]] Json check_reference_json();

} // namespace mlp::report
