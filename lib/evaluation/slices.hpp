#pragma once

#include "config/project.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// Some of the rows that are scored, by the value of one column or of several crossed.
struct Slice {
  std::string label; ///< "sex=Female", "tenure=[12, 29)", "sex=Male & race=White"; missing: "(missing)"
  std::vector<std::string> columns; ///< what it was cut by
  std::vector<std::uint32_t> at;    ///< positions in `rows` (not row numbers), ascending
};

/// A column cut into more values than this is refused as a slice: a table of thousands of lines helps nobody.
inline constexpr std::size_t k_most_slices = 50;
/// A number without declared `bins` and with more distinct values than this is cut into quartiles.
inline constexpr std::size_t k_most_distinct_numbers = 12;

/// The declared slices and each protected column, in that order, each column's slices sorted; missing values
/// are a slice of their own. Bins are quantiles (type 7) of the scored rows, open at both ends. throws
/// Error{input} for a column that the table lacks (nearest name) or that has too many values
[[nodiscard]] std::vector<Slice> slices_of(const dataset::Table& table,
                                           const std::vector<std::uint32_t>& rows,
                                           const config::Project& project);

} // namespace mlp::evaluation
