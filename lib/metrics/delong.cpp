#include "metrics/delong.hpp"

#include "metrics/distributions.hpp"
#include "metrics/rows.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::metrics {
namespace {

constexpr double k_near_the_end = 0.05;

double mean(std::span<const double> values) { return sum(values) / static_cast<double>(values.size()); }

/// Variance of the mean of independent values: s²/n.
double variance_of_mean(std::span<const double> values) {
  const double centre = mean(values);
  std::vector<double> squares(values.size());
  std::ranges::transform(values, squares.begin(), [=](double v) { return (v - centre) * (v - centre); });
  const auto n = static_cast<double>(values.size());
  return sum(squares) / (n - 1.0) / n;
}

std::vector<double> difference(std::span<const double> a, std::span<const double> b) {
  std::vector<double> result(a.size());
  std::ranges::transform(a, b, result.begin(), std::minus{});
  return result;
}

} // namespace

Placements placements(std::span<const double> target, std::span<const double> scores) {
  const double positives = sum(target);
  const double negatives = static_cast<double>(target.size()) - positives;
  const auto order = descending_order(scores);
  std::vector<double> placement(target.size());
  double positive_above = 0.0;
  double negative_above = 0.0;
  for (std::size_t begin = 0; begin < order.size();) {
    double positive = 0.0;
    std::size_t end = begin;
    for (; end < order.size() && scores[order[end]] == scores[order[begin]]; ++end) {
      positive += target[order[end]];
    }
    const double negative = static_cast<double>(end - begin) - positive;
    const double above = (positive_above + 0.5 * positive) / positives;
    const double below = (negatives - negative_above - 0.5 * negative) / negatives;
    for (; begin < end; ++begin) {
      placement[order[begin]] = target[order[begin]] == 1.0 ? below : above;
    }
    positive_above += positive;
    negative_above += negative;
  }
  Placements result;
  for (std::size_t row = 0; row < target.size(); ++row) {
    (target[row] == 1.0 ? result.positive : result.negative).push_back(placement[row]);
  }
  return result;
}

double auc_of(const Placements& placements) { return mean(placements.positive); }

double delong_variance(const Placements& placements) {
  return variance_of_mean(placements.positive) + variance_of_mean(placements.negative);
}

double delong_variance(const Placements& placements, const Placements& other) {
  return variance_of_mean(difference(placements.positive, other.positive)) +
         variance_of_mean(difference(placements.negative, other.negative));
}

Interval auc_interval(const Placements& placements, double level) {
  const double auc = auc_of(placements);
  if (auc <= 0.0 || auc >= 1.0) {
    const std::size_t pairs = std::min(placements.positive.size(), placements.negative.size());
    return wilson_interval(auc, static_cast<double>(pairs), level);
  }
  const double half = normal_quantile(0.5 + 0.5 * level) * std::sqrt(delong_variance(placements));
  if (std::abs(auc - 0.5) <= 0.5 - k_near_the_end) {
    return {std::max(0.0, auc - half), std::min(1.0, auc + half)};
  }
  const double logit = std::log(auc / (1.0 - auc));
  const double logit_half = half / (auc * (1.0 - auc));
  const auto back = [](double x) { return 1.0 / (1.0 + std::exp(-x)); };
  return {back(logit - logit_half), back(logit + logit_half)};
}

} // namespace mlp::metrics
