#pragma once

#include "evaluation/evaluation.hpp"

#include <cstdint>
#include <vector>

namespace mlp::evaluation {

/// Some rows with neighbouring predictions of a regression.
struct ErrorBin {
  std::int64_t n = 0;
  double prediction = 0.0; ///< mean of the predictions
  double target = 0.0;     ///< mean of the values
  double error = 0.0;      ///< mean of prediction − value
  double half_width = 0.0; ///< of the normal interval of `error`
};

/// Up to 10 bins of as many rows each, by the prediction; equal predictions share a bin. Empty where the task
/// is no regression. Without weights. level: of their intervals
[[nodiscard]] std::vector<ErrorBin> error_bins(const Scored& scored, double level);

/// `[{"n","prediction","target","error","half_width"}…]`
[[nodiscard]] Json to_json(const std::vector<ErrorBin>& bins);

/// Positions of the `count` rows on which the model is most wrong, the worst first: by log loss, for a
/// regression by the absolute error; equal ones in order of position.
[[nodiscard]] std::vector<std::size_t> worst_rows(const Scored& scored, std::size_t count);

} // namespace mlp::evaluation
