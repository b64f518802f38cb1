#pragma once

#include "metrics/intervals.hpp"
#include "metrics/metric.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace mlp::metrics {

/// Rows of neighbouring scores.
struct ReliabilityBin {
  std::int64_t n = 0;
  double mean_score = 0.0;
  double observed = 0.0; ///< share of positives
  Interval interval;     ///< of `observed` (Wilson)
};

/// Whether probabilities mean what they say.
struct Reliability {
  std::vector<ReliabilityBin>
      bins;           ///< up to ten of equal weight, lowest scores first; equal scores share one
  double error = 0.0; ///< expected calibration error over them: biased upwards, never a gate
  double excess = 0.0; ///< error − what a perfectly calibrated model has on such scores: near 0 if calibrated
  double p_value = 1.0;              ///< chance of an error as large if the model were perfectly calibrated
  std::optional<double> largest_gap; ///< |observed − mean score| among bins of ≥ k_gap_min_rows rows
};

inline constexpr std::int64_t k_gap_min_rows = 50;
inline constexpr std::int64_t k_reliability_draws = 1000;

/// Of a binary sample. What a calibrated model has is simulated: k_reliability_draws times, each row is drawn
/// positive with its own score as the chance; the p-value is (1 + draws at least as large) / (1 + draws). A
/// draw depends on (seed, draw, row) alone. In a bin of more than 2,000 rows whose number of positives is
/// spread by more than ten of its rows, that number is drawn from the normal distribution. The numbers do not
/// depend on the order of the rows or the number of threads.
/// source  Bröcker & Smith 2007 (consistency resampling); Davison & Hinkley 1997 (the p-value)
/// throws  what validate() throws, Error{interrupted}
[[nodiscard]] Reliability reliability(const Sample& sample, const IntervalOptions& options);

} // namespace mlp::metrics
