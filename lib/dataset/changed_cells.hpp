#pragma once

#include "dataset/row_diff.hpp"
#include "dataset/table.hpp"

#include <set>
#include <string>
#include <vector>

namespace mlp::dataset {

/// Some rows of a table, as far as it takes to compare them with another's: 8 bytes a value, and the texts of
/// the first few.
struct RowsAsRead {
  std::vector<std::vector<std::uint64_t>> hashes; ///< [column][row of those asked for]
  std::vector<std::vector<std::string>> texts;    ///< [column][example]; empty for hidden columns
};
/// `columns` must be in the table. `hidden`: columns whose values nobody is shown.
[[nodiscard]] RowsAsRead rows_as_read(const Table& table, const std::vector<std::string>& columns,
                                      std::span<const std::uint32_t> rows,
                                      const std::set<std::string>& hidden);

struct ChangedCell {
  std::string column;
  bool shown = false; ///< whether the values may be shown; else both are empty
  std::string left;   ///< empty where missing
  std::string right;
};
struct ChangedRow {
  std::size_t left = 0; ///< row numbers, counted from 0
  std::size_t right = 0;
  std::vector<ChangedCell> cells; ///< that differ, in the order of the columns
};
struct ChangedCells {
  std::vector<std::pair<std::string, std::int64_t>>
      columns; ///< and in how many rows each differs, most first
  std::vector<ChangedRow> examples;
};
/// `pairs`: rows (left, right) of one id each, in the order in which they were asked for.
[[nodiscard]] ChangedCells compare_cells(const RowsAsRead& left, const RowsAsRead& right,
                                         const std::vector<std::string>& columns,
                                         std::span<const std::pair<std::uint32_t, std::uint32_t>> pairs,
                                         const std::set<std::string>& hidden);

} // namespace mlp::dataset
