#include "metrics/independent.hpp"

#include "metrics/distributions.hpp"

#include <cmath>

namespace mlp::metrics {
namespace {

struct LogShare {
  double log = 0.0;
  double variance = 0.0;
};

LogShare log_share(const Proportion& proportion) {
  double hits = proportion.share * proportion.n;
  double n = proportion.n;
  if (hits <= 0.0) {
    hits = 0.5;
    n += 0.5;
  }
  return {std::log(hits / n), 1.0 / hits - 1.0 / n};
}

} // namespace

Interval difference_interval(double first, const Interval& of_first, double second,
                             const Interval& of_second) {
  const double delta = first - second;
  return {delta - std::hypot(first - of_first.lower, of_second.upper - second),
          delta + std::hypot(of_first.upper - first, second - of_second.lower)};
}

std::optional<Interval> ratio_interval(const Proportion& first, const Proportion& second, double level) {
  if (!(second.share > 0.0)) {
    return std::nullopt;
  }
  const LogShare above = log_share(first);
  const LogShare below = log_share(second);
  const double half = normal_quantile(0.5 + 0.5 * level) * std::sqrt(above.variance + below.variance);
  const double log_ratio = above.log - below.log;
  return Interval{first.share > 0.0 ? std::exp(log_ratio - half) : 0.0, std::exp(log_ratio + half)};
}

double two_proportion_p(const Proportion& first, const Proportion& second) {
  const double pooled = (first.share * first.n + second.share * second.n) / (first.n + second.n);
  const double error = std::sqrt(pooled * (1.0 - pooled) * (1.0 / first.n + 1.0 / second.n));
  if (!(error > 0.0)) {
    return 1.0;
  }
  return 2.0 * normal_cdf(-std::abs(first.share - second.share) / error);
}

} // namespace mlp::metrics
