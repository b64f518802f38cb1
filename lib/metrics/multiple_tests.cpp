#include "metrics/multiple_tests.hpp"

#include <algorithm>
#include <numeric>

namespace mlp::metrics {
namespace {

std::vector<std::size_t> ascending_order(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
  return order;
}

} // namespace

std::vector<double> holm(std::span<const double> p_values) {
  std::vector<double> adjusted(p_values.size());
  double highest = 0.0;
  std::size_t left = p_values.size();
  for (const std::size_t i : ascending_order(p_values)) {
    highest = std::max(highest, std::min(1.0, static_cast<double>(left--) * p_values[i]));
    adjusted[i] = highest;
  }
  return adjusted;
}

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
  std::vector<double> adjusted(p_values.size());
  const auto order = ascending_order(p_values);
  const auto tests = static_cast<double>(order.size());
  double lowest = 1.0;
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    const std::size_t i = order[rank - 1];
    lowest = std::min(lowest, p_values[i] * tests / static_cast<double>(rank));
    adjusted[i] = lowest;
  }
  return adjusted;
}

} // namespace mlp::metrics
