#pragma once

#include "metrics/intervals.hpp"

#include <optional>

namespace mlp::metrics {

// Two numbers measured on different rows: what lies between them.

/// Of first − second, from the interval of each at the same level (method of variance estimates recovery).
/// With Wilson's intervals of two proportions it is Newcombe's. Source: Zou & Donner 2008; Newcombe 1998,
/// method 10.
[[nodiscard]] Interval difference_interval(double first, const Interval& of_first, double second,
                                           const Interval& of_second);

/// A share of n rows (effective, so not always whole), n > 0.
struct Proportion {
  double share = 0.0;
  double n = 0.0;
};

/// Of first / second by the log method; a share of 0 is given half a row of n + ½. Nothing where the second
/// is 0: there is no ratio. Source: Katz et al. 1978, correction of Walter 1975.
[[nodiscard]] std::optional<Interval> ratio_interval(const Proportion& first, const Proportion& second,
                                                     double level);

/// Two-sided p of equal shares, by the pooled z-test; 1 where both are 0 or both 1.
[[nodiscard]] double two_proportion_p(const Proportion& first, const Proportion& second);

} // namespace mlp::metrics
