#pragma once

#include "base/json.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// Up to so many present values of a column all that a profile says is exact, and up to so many different
/// words. Above, numbers that are decimals of a small range are counted, exactly, too; of others quantiles,
/// histograms and the distinct values come from sketches, so that profiling needs little memory however many
/// rows there are.
inline constexpr std::int64_t k_exact_values = 1'000'000;

/// The bulk of a column's numbers: where few values lie far away, a histogram of all of them shows nothing.
struct Body {
  double from = 0; ///< the middle 98 %, and half its width to either side, but not beyond min and max
  double to = 0;
  std::vector<std::int64_t> counts; ///< in up to 20 bins of equal width from `from` to `to`
  std::int64_t below = 0;           ///< values < from
  std::int64_t above = 0;           ///< values > to

  friend bool operator==(const Body&, const Body&) = default;
};

struct ColumnProfile {
  std::string name;
  ColumnType type = ColumnType::number;
  std::int64_t count = 0;   ///< present values
  std::int64_t missing = 0; ///< rows − count
  std::int64_t unique = 0;  ///< distinct present values
  /// How far `unique` may be off, as a relative standard error (DistinctSketch); 0 = exact.
  double unique_error = 0;
  /// How far the quantiles' ranks may be off, as a share of `count` (QuantileSketch); 0 = exact. Where it is
  /// not 0, `top` holds only values that make up at least four times this share (their counts are exact where
  /// they were frequent among the first million), and the bins' counts may be off by as much.
  double rank_error = 0;
  /// Of numbers and date/times (seconds since 1970). Quantiles of type 7 (Hyndman & Fan 1996); standard
  /// deviation with n − 1, from two values on. Nothing where it is undefined or too large for a double.
  std::optional<double> min, q25, median, q75, max, mean, standard_deviation;
  /// Up to 10 values that occur more than once (or all, where there are no more than 10), the most frequent
  /// first, equally frequent ones in order of value.
  std::vector<std::pair<std::string, std::int64_t>> top;
  /// Of numbers and date/times: counts in up to 20 bins of equal width from min to max, at most one per
  /// distinct value.
  std::vector<std::int64_t> histogram;
  std::optional<Body> body; ///< where it is not all: values lie beyond it

  friend bool operator==(const ColumnProfile&, const ColumnProfile&) = default;
};

struct Profile {
  std::int64_t rows = 0;
  std::vector<ColumnProfile> columns; ///< in table order

  friend bool operator==(const Profile&, const Profile&) = default;
};

/// The same on any number of threads.
[[nodiscard]] Profile profile_of(const Table& table, unsigned threads);

/// `{"schema":"mlp.profile/1","rows","columns":[{"name","type","count","missing","unique","min","q25","median",
/// "q75","max","mean","standard_deviation","top":[{"value","count"}…],"histogram",
/// "body":{"from","to","counts","below","above"}|null,"unique_error","rank_error"}…]}`
[[nodiscard]] Json to_json(const Profile& profile);
/// Without `body` and errors, as first written, it is exact. throws Error{corrupt} where it is no such
/// document
[[nodiscard]] Profile profile_from_json(const Json& json);

} // namespace mlp::dataset
