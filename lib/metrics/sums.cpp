#include "metrics/sums.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlp::metrics {
namespace {

constexpr std::size_t k_block_rows = 512;
constexpr std::size_t k_lanes = 4; // independent sums: none waits for the other

template <typename Term> double blocked_sum(std::size_t rows, Term term) {
  double total = 0.0;
  double lost = 0.0;
  for (std::size_t begin = 0; begin < rows; begin += k_block_rows) {
    const std::size_t end = std::min(begin + k_block_rows, rows);
    double first = 0.0;
    double second = 0.0;
    double third = 0.0;
    double fourth = 0.0;
    std::size_t row = begin;
    for (; row + k_lanes <= end; row += k_lanes) {
      first += term(row);
      second += term(row + 1);
      third += term(row + 2);
      fourth += term(row + 3);
    }
    for (; row < end; ++row) {
      first += term(row);
    }
    const double block = (first + second) + (third + fourth);
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
