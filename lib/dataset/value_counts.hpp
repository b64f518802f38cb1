#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace mlp::dataset {

/// Numbers and how many values each stands for: all of a column, each different one once, or the items of a
/// sketch with their weights.
struct ValueCounts {
  std::vector<double> values;       ///< ascending, no two alike
  std::vector<std::int64_t> counts; ///< of each value, > 0

  [[nodiscard]] std::int64_t total() const;
};

/// `sorted`: ascending numbers, no NaN.
[[nodiscard]] ValueCounts counts_of(std::span<const double> sorted);

/// How many different numbers there are (NaN is left out), in at most 16 MiB. Nothing where they are not
/// decimals of at most 2^27 steps.
[[nodiscard]] std::optional<std::int64_t> bounded_distinct_of(std::span<const double> numbers);

/// As quantile() of all values in ascending order; at least one value.
[[nodiscard]] double quantile(const ValueCounts& counts, double share);

/// The two-sample Kolmogorov–Smirnov distance: the largest difference of the shares of values ≤ x, in [0, 1].
/// Nothing where either side has no value.
[[nodiscard]] std::optional<double> kolmogorov_smirnov(const ValueCounts& a, const ValueCounts& b);

} // namespace mlp::dataset
