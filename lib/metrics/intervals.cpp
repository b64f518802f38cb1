#include "metrics/intervals.hpp"

#include "metrics/distributions.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace mlp::metrics {

Interval wilson_interval(double proportion, double n, double level) {
  const double z = normal_quantile(0.5 + 0.5 * level);
  const double shrink = 1.0 + z * z / n;
  const double centre = (proportion + z * z / (2.0 * n)) / shrink;
  const double half = z / shrink * std::sqrt(proportion * (1.0 - proportion) / n + z * z / (4.0 * n * n));
  // at 0 and 1 the ends are exact; rounding must not leave them beyond
  return {proportion <= 0.0 ? 0.0 : std::max(0.0, centre - half),
          proportion >= 1.0 ? 1.0 : std::min(1.0, centre + half)};
}

MeanEstimate estimate_mean(std::span<const double> values, std::span<const double> weights) {
  std::vector<double> inside;
  std::vector<double> inside_weights;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (!std::isnan(values[row])) {
      inside.push_back(values[row]);
      inside_weights.push_back(weights.empty() ? 1.0 : weights[row]);
    }
  }
  MeanEstimate estimate;
  estimate.mean = weighted_mean(inside_weights, inside);
  estimate.effective_rows = effective_rows(inside_weights);
  std::ranges::transform(inside, inside_weights, inside.begin(),
                         [&](double x, double w) { return w * (x - estimate.mean) * (x - estimate.mean); });
  const double n = estimate.effective_rows;
  estimate.standard_error =
      std::sqrt(weighted_sum(inside_weights, inside) * n / (n - 1.0)) / sum(inside_weights);
  return estimate;
}

Interval mean_interval(const MeanEstimate& estimate, double level) {
  const double t = student_quantile(0.5 + 0.5 * level, estimate.effective_rows - 1.0);
  return {estimate.mean - t * estimate.standard_error, estimate.mean + t * estimate.standard_error};
}

double quantile(std::span<double> values, double probability) {
  const double position = probability * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::ptrdiff_t>(position);
  std::ranges::nth_element(values, values.begin() + below);
  const double low = values[static_cast<std::size_t>(below)];
  const double share = position - static_cast<double>(below);
  if (share == 0.0) {
    return low;
  }
  const double high = *std::ranges::min_element(values.subspan(static_cast<std::size_t>(below) + 1));
  return low + share * (high - low);
}

} // namespace mlp::metrics
