#pragma once

#include "dataset/table.hpp"
#include "dataset/value_counts.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// How a column's values are distributed, without the rows.
struct Distribution {
  std::string name;
  ColumnType type = ColumnType::number;
  std::int64_t count = 0; ///< present values
  std::int64_t missing = 0;
  ValueCounts numbers;   ///< of numbers and date/times
  double rank_error = 0; ///< of `numbers`, as in ColumnProfile; 0 = exact
  std::optional<double> mean;
  std::optional<double> min, max; ///< of numbers and date/times; exact
  /// Of categories and booleans: each value and how often it occurs, in byte order. Free text has none.
  std::vector<std::pair<std::string, std::int64_t>> words;
  bool too_many_words = false; ///< of a category: they were not kept, and `words` is empty
};

[[nodiscard]] Distribution distribution_of(const Column& column);
/// Of all columns, in table order; the same on any number of threads.
[[nodiscard]] std::vector<Distribution> distributions_of(const Table& table, unsigned threads);

/// One side of a column that two tables share.
struct ShiftSide {
  std::int64_t count = 0;
  std::int64_t missing = 0;
  std::optional<double> min, q25, median, q75, max, mean; ///< of numbers and date/times
};

/// What evaluation.md §8 calls a shift: none, to be looked at, alarming.
enum class Drift { none, warn, alert };
[[nodiscard]] std::string_view name_of(Drift drift);

inline constexpr double k_alert_distance = 0.2;    ///< from it on a shift is alarming
inline constexpr std::size_t k_few_to_shift = 200; ///< rows of a side: fewer tell nothing

/// How a column's distribution moved from one table to another.
struct ColumnShift {
  std::string name;
  ColumnType type = ColumnType::number;
  ShiftSide left;
  ShiftSide right;
  /// "ks": Kolmogorov–Smirnov, of numbers and date/times; "tv": total variation ½ Σ |p − q|, of categories
  /// and booleans. Of present values; nothing for text, and where a side has none.
  std::string distance_name;
  std::optional<double> distance;
  double distance_error = 0; ///< how far it may be off; 0 = exact
  std::vector<std::pair<std::string, std::int64_t>>
      came; ///< values that only the right side has, frequent first
  std::vector<std::pair<std::string, std::int64_t>> went; ///< values that only the left side has

  double chance_distance = 0; ///< that two samples of one distribution seldom have (1 in 100)
  double chance_came = 0;     ///< likewise: the share of values that only the right side has

  /// By the distance (0.1, 0.2), the share of missing values (0.05, 0.10 more or less) and that of values new
  /// on the right (any, 0.01), where chance makes none of that; a side of fewer than k_few_to_shift rows
  /// tells nothing.
  [[nodiscard]] Drift drift() const;
  /// Whether anything moved at all.
  [[nodiscard]] bool moved() const;
};

/// `left` and `right`: of one column and type.
[[nodiscard]] ColumnShift shift_between(const Distribution& left, const Distribution& right);

} // namespace mlp::dataset
