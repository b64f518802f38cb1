#include "metrics/mcnemar.hpp"

#include "metrics/distributions.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::metrics {
namespace {

/// The correlation of being right, its numerator shrunk towards 0 by half a row a row.
double corrected_correlation(double a, double b, double c, double d) {
  const double norm = std::sqrt(a + b) * std::sqrt(c + d) * std::sqrt(a + c) * std::sqrt(b + d);
  if (norm == 0.0) {
    return 0.0;
  }
  const double product = a * d - b * c;
  const double n = a + b + c + d;
  return (product > 0.0 ? std::max(product - 0.5 * n, 0.0) : product) / norm;
}

/// How far the difference's limit lies from it, where the shares' limits lie `first` and `second` away.
double joined(double first, double second, double correlation) {
  return std::sqrt(std::max(0.0, first * first - 2.0 * correlation * first * second + second * second));
}

} // namespace

double mcnemar_exact(const PairedCounts& counts) {
  const std::int64_t fewer = std::min(counts.first_only, counts.second_only);
  return std::min(1.0, 2.0 * fair_coin_cdf(fewer, counts.discordant()));
}

double mcnemar_midp(const PairedCounts& counts) {
  if (counts.first_only == counts.second_only) {
    return 1.0;
  }
  const std::int64_t fewer = std::min(counts.first_only, counts.second_only);
  const std::int64_t discordant = counts.discordant();
  return 2.0 * fair_coin_cdf(fewer, discordant) - fair_coin_probability(fewer, discordant);
}

Interval newcombe_paired_interval(const PairedCounts& counts, double level) {
  const auto a = static_cast<double>(counts.both_right);
  const auto b = static_cast<double>(counts.first_only);
  const auto c = static_cast<double>(counts.second_only);
  const auto d = static_cast<double>(counts.both_wrong);
  const double n = a + b + c + d;
  const double first = (a + b) / n;
  const double second = (a + c) / n;
  const Interval of_first = wilson_interval(first, n, level);
  const Interval of_second = wilson_interval(second, n, level);
  const double correlation = corrected_correlation(a, b, c, d);
  const double delta = (b - c) / n;
  return {delta - joined(first - of_first.lower, of_second.upper - second, correlation),
          delta + joined(of_first.upper - first, second - of_second.lower, correlation)};
}

} // namespace mlp::metrics
