#pragma once

#include "base/json.hpp"
#include "metrics/intervals.hpp"

#include <optional>

namespace mlp::evaluation {

/// `[lower, upper]`, a bound that is not known being null; null where neither is.
[[nodiscard]] inline Json interval_json(const std::optional<double>& lower,
                                        const std::optional<double>& upper) {
  return lower || upper ? Json::array({Json(lower), Json(upper)}) : Json();
}
[[nodiscard]] inline Json interval_json(const metrics::Interval& interval) {
  return Json::array({interval.lower, interval.upper});
}

} // namespace mlp::evaluation
