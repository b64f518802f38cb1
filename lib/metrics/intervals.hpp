#pragma once

#include <cstddef>
#include <span>

namespace mlp::metrics {

struct Interval {
  double lower = 0.0;
  double upper = 0.0;
};

/// Of a proportion seen in n (effective, so not always whole) > 0 rows. Source: Wilson 1927.
[[nodiscard]] Interval wilson_interval(double proportion, double n, double level);

/// A weighted mean over rows, with what an interval of it needs.
struct MeanEstimate {
  double mean = 0.0;
  double standard_error = 0.0; ///< √(Σw²(x − mean)²)/Σw, by n_eff − 1: s/√n for equal weights
  double effective_rows = 0.0; ///< (Σw)²/Σw² of the rows that are in the mean
};

/// values [n], NaN for rows that are not in the mean; weights [n], or empty: all weigh 1.
[[nodiscard]] MeanEstimate estimate_mean(std::span<const double> values, std::span<const double> weights);

/// With fewer rows a mean of skewed losses is far from normal: its interval comes from the bootstrap.
inline constexpr std::size_t k_normal_min_rows = 50;

/// mean ± t·standard_error with n_eff − 1 degrees of freedom.
[[nodiscard]] Interval mean_interval(const MeanEstimate& estimate, double level);

/// Quantile of type 7 (linear between order statistics, numpy's default); reorders `values`, which are not
/// empty and hold no NaN. probability in [0, 1]
[[nodiscard]] double quantile(std::span<double> values, double probability);

} // namespace mlp::metrics
