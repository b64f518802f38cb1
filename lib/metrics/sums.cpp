#include "metrics/sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace mlp::metrics {
namespace {

constexpr std::size_t k_block_rows = 512;
constexpr std::size_t k_lanes = 4; // independent sums: the compiler keeps them in one vector register

template <typename Term> double blocked_sum(std::size_t rows, Term term) {
  double total = 0.0;
  double lost = 0.0;
  for (std::size_t begin = 0; begin < rows; begin += k_block_rows) {
    const std::size_t end = std::min(begin + k_block_rows, rows);
    std::array<double, k_lanes> lanes{};
    std::size_t row = begin;
    for (; row + k_lanes <= end; row += k_lanes) {
      for (std::size_t lane = 0; lane < k_lanes; ++lane) {
        lanes[lane] += term(row + lane);
      }
    }
    for (; row < end; ++row) {
      lanes[0] += term(row);
    }
    const double block = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
    const double next = total + block;
    lost += std::abs(total) >= std::abs(block) ? (total - next) + block : (block - next) + total;
    total = next;
  }
  return std::isfinite(total) ? total + lost : total; // what overflowed has no remainder
}

} // namespace

double sum(std::span<const double> values) {
  return blocked_sum(values.size(), [values](std::size_t row) { return values[row]; });
}

double weighted_sum(std::span<const double> weights, std::span<const double> values) {
  return blocked_sum(values.size(), [=](std::size_t row) { return weights[row] * values[row]; });
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
