#pragma once

#include "metrics/calibrator.hpp"

#include <span>

namespace mlp::metrics {

/// Pool adjacent violators, with what calibrator.hpp says of probabilities of 0 and 1.
/// outcomes [n] in [0, 1], scores [n], weights [n] > 0; n ≥ 1
[[nodiscard]] IsotonicMap fit_isotonic(std::span<const double> outcomes, std::span<const double> scores,
                                       std::span<const double> weights);

[[nodiscard]] double interpolated(const IsotonicMap& map, double score);

} // namespace mlp::metrics
