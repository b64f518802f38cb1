#pragma once

#include "metrics/intervals.hpp"

#include <span>
#include <vector>

namespace mlp::metrics {

/// The chance of each row to be ranked rightly: of a positive row, the share of negative rows below it (ties
/// half); of a negative row, the share of positive rows above it. Both means are the AUC; their spread gives
/// its variance. Source: DeLong et al. 1988, computed in O(n log n) as in Sun & Xu 2014.
struct Placements {
  std::vector<double> positive; ///< in row order
  std::vector<double> negative;
};

/// target [n] 0 or 1, both present; scores [n]
[[nodiscard]] Placements placements(std::span<const double> target, std::span<const double> scores);

/// Mean of the positives' placements.
[[nodiscard]] double auc_of(const Placements& placements);

/// Variance of the AUC, or of the difference of two AUCs on the same rows where `other` is given.
/// NaN where a class has fewer than two rows.
[[nodiscard]] double delong_variance(const Placements& placements);
[[nodiscard]] double delong_variance(const Placements& placements, const Placements& other);

/// AUC ± z·σ; on the logit scale where the AUC is above .95 or below .05, where the plain interval would
/// leave [0, 1]. At an AUC of exactly 0 or 1, where σ is 0: Wilson's interval for as many pairs as the
/// smaller class has rows, since so many pairs are independent.
[[nodiscard]] Interval auc_interval(const Placements& placements, double level);

} // namespace mlp::metrics
