#pragma once

#include "dataset/table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// A column of more values than this is cut into its largest ones and "(others: …)": a table of thousands of
/// lines helps nobody.
inline constexpr std::size_t k_most_slices = 50;
/// A number without declared `bins` and with more distinct values than this is cut into quartiles.
inline constexpr std::size_t k_most_distinct_numbers = 12;

/// Each row's group by one column: an index into `labels`, which stand in order, "(others: 950 values)" and
/// "(missing)" last.
struct Grouping {
  std::vector<std::size_t> group; ///< [rows]
  std::vector<std::string> labels;
  std::optional<std::size_t> others;  ///< the group that pools what is not among the largest
  std::optional<std::size_t> missing; ///< the group of missing values
};

/// By value; a number with `bins`, or with many distinct values, by quantile bins (type 7) of these rows,
/// open at both ends. throws Error{input} for bins of what is no number
[[nodiscard]] Grouping group_by(const dataset::Column& column, const std::vector<std::uint32_t>& rows,
                                std::optional<int> bins = std::nullopt);

/// The `most` largest of groups of these sizes, in ascending position; the first of equals.
[[nodiscard]] std::vector<std::size_t> largest_groups(const std::vector<std::size_t>& sizes,
                                                      std::size_t most);

} // namespace mlp::evaluation
