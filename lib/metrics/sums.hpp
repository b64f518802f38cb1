#pragma once

#include "metrics/row_weights.hpp"

#include <span>

namespace mlp::metrics {

/// Σ values, or Σ weights[i]·values[i] of spans of one size: plain within blocks of rows, compensated
/// between them (Neumaier 1974), so the error does not grow with the number of rows. 0 for no rows.
[[nodiscard]] double sum(std::span<const double> values);
[[nodiscard]] double sum(const RowWeights& weights);
[[nodiscard]] double weighted_sum(std::span<const double> weights, std::span<const double> values);
[[nodiscard]] double weighted_sum(const RowWeights& weights, std::span<const double> values);

/// Σ weights·values / Σ weights; NaN where the weights sum to 0.
[[nodiscard]] double weighted_mean(std::span<const double> weights, std::span<const double> values);
[[nodiscard]] double weighted_mean(const RowWeights& weights, std::span<const double> values);

/// Kish's effective number of rows, (Σw)²/Σw²: n where all weights are equal, less where they differ.
[[nodiscard]] double effective_rows(std::span<const double> weights);

/// The weighted median of values that are already sorted: the value at which half of the weight lies below,
/// or the mean of two neighbours where half lies exactly between them. With whole weights it is the usual
/// median (quantile type 7) of the rows repeated that often. NaN where the weights sum to 0.
[[nodiscard]] double weighted_median(std::span<const double> sorted, std::span<const double> weights);

} // namespace mlp::metrics
