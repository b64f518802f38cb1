#pragma once

#include "metrics/intervals.hpp"

#include <cstdint>

namespace mlp::metrics {

/// Two classifiers on the same rows, counted.
struct PairedCounts {
  std::int64_t both_right = 0;
  std::int64_t first_only = 0; ///< the first is right, the second wrong
  std::int64_t second_only = 0;
  std::int64_t both_wrong = 0;

  [[nodiscard]] std::int64_t rows() const { return both_right + first_only + second_only + both_wrong; }
  [[nodiscard]] std::int64_t discordant() const { return first_only + second_only; }
};

/// Two-sided p of "both are right equally often", from the discordant rows. 1 where there are none.
/// Exact: binomial; for few discordant rows (below 25). Source: McNemar 1947; Edwards 1948.
[[nodiscard]] double mcnemar_exact(const PairedCounts& counts);
/// Mid-p: the exact p less half the chance of what was seen, so that its size is near the nominal one.
/// Source: Fagerland, Lydersen & Laake 2013.
[[nodiscard]] double mcnemar_midp(const PairedCounts& counts);

/// Of the first's share of right rows minus the second's, at least one row. Source: Newcombe 1998 (paired),
/// method 10: Wilson limits of both shares, joined by their correlation with continuity correction.
[[nodiscard]] Interval newcombe_paired_interval(const PairedCounts& counts, double level);

} // namespace mlp::metrics
