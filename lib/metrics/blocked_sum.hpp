#pragma once

#include "metrics/row_weights.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace mlp::metrics {

/// Rows are added up in blocks of so many: plainly within a block, compensated between blocks.
inline constexpr std::size_t k_sum_block = 512;

/// Σ term(i) over i < rows, in four independent sums: none waits for the other.
template <typename Term> [[nodiscard]] double plain_sum(std::size_t rows, Term term) {
  constexpr std::size_t lanes = 4;
  double first = 0.0;
  double second = 0.0;
  double third = 0.0;
  double fourth = 0.0;
  std::size_t row = 0;
  for (; row + lanes <= rows; row += lanes) {
    first += term(row);
    second += term(row + 1);
    third += term(row + 2);
    fourth += term(row + 3);
  }
  for (; row < rows; ++row) {
    first += term(row);
  }
  return (first + second) + (third + fourth);
}

/// A sum whose error does not grow with the number of what is added (Neumaier 1974).
class CompensatedSum {
public:
  void add(double value);
  [[nodiscard]] double value() const;

private:
  double total_ = 0.0;
  double lost_ = 0.0;
};

/// Calls visit(begin, weights) for each block of rows.
template <typename Visit> void for_each_block(const RowWeights& weights, Visit visit) {
  std::array<double, k_sum_block> room; // NOLINT: written before it is read
  for (std::size_t begin = 0; begin < weights.size(); begin += k_sum_block) {
    const std::size_t rows = std::min(k_sum_block, weights.size() - begin);
    visit(begin, weights.block(begin, std::span(room).first(rows)));
  }
}

/// Σ weight · value(row)
template <typename Value> [[nodiscard]] double weighted_sum_of(const RowWeights& weights, Value value) {
  CompensatedSum total;
  for_each_block(weights, [&](std::size_t begin, std::span<const double> block) {
    total.add(plain_sum(block.size(), [&](std::size_t i) { return block[i] * value(begin + i); }));
  });
  return total.value();
}

} // namespace mlp::metrics
