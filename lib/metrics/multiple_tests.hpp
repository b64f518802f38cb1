#pragma once

#include <span>
#include <vector>

namespace mlp::metrics {

// p-values of several tests, adjusted for how many there are; in the order given, at most 1.

/// Controls the chance of any false alarm. Source: Holm 1979.
[[nodiscard]] std::vector<double> holm(std::span<const double> p_values);

/// Controls the expected share of false alarms among the alarms. Source: Benjamini & Hochberg 1995.
[[nodiscard]] std::vector<double> benjamini_hochberg(std::span<const double> p_values);

} // namespace mlp::metrics
