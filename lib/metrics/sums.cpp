#include "metrics/sums.hpp"

#include "metrics/blocked_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlp::metrics {

void CompensatedSum::add(double value) {
  const double next = total_ + value;
  lost_ += std::abs(total_) >= std::abs(value) ? (total_ - next) + value : (value - next) + total_;
  total_ = next;
}

double CompensatedSum::value() const {
  return std::isfinite(total_) ? total_ + lost_ : total_; // what overflowed has no remainder
}

double sum(std::span<const double> values) {
  CompensatedSum total;
  for (std::size_t begin = 0; begin < values.size(); begin += k_sum_block) {
    const auto block = values.subspan(begin, std::min(k_sum_block, values.size() - begin));
    total.add(plain_sum(block.size(), [block](std::size_t i) { return block[i]; }));
  }
  return total.value();
}

double sum(const RowWeights& weights) {
  return weighted_sum_of(weights, [](std::size_t) { return 1.0; });
}

double weighted_sum(const RowWeights& weights, std::span<const double> values) {
  return weighted_sum_of(weights, [values](std::size_t row) { return values[row]; });
}

double weighted_sum(std::span<const double> weights, std::span<const double> values) {
  return weighted_sum(RowWeights(weights), values);
}

double weighted_mean(const RowWeights& weights, std::span<const double> values) {
  return weighted_sum(weights, values) / sum(weights);
}

double weighted_mean(std::span<const double> weights, std::span<const double> values) {
  return weighted_sum(weights, values) / sum(weights);
}

double effective_rows(std::span<const double> weights) {
  const double total = sum(weights);
  return total * total / weighted_sum(weights, weights);
}

double weighted_median(std::span<const double> sorted, std::span<const double> weights) {
  const double total = sum(weights);
  if (!(total > 0.0)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  double below = 0.0;
  for (std::size_t row = 0; row < sorted.size(); ++row) {
    below += weights[row];
    if (weights[row] > 0.0 && 2.0 * below >= total) {
      std::size_t next = row + 1;
      while (next < sorted.size() && !(weights[next] > 0.0)) {
        ++next;
      }
      const bool between = 2.0 * below == total && next < sorted.size();
      return between ? 0.5 * (sorted[row] + sorted[next]) : sorted[row];
    }
  }
  return sorted.back(); // rounding left the running sum a hair below half
}

} // namespace mlp::metrics
