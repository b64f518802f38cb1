#pragma once

#include "dataset/read_table.hpp"
#include "dataset/row_diff.hpp"
#include "dataset/table.hpp"

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// Cells of some rows of a table. The types are those of all its columns, as they were found.
struct CellRequest {
  std::map<std::string, ColumnType> types;
  std::vector<std::string> columns; ///< in the table
  std::vector<std::uint32_t> rows;  ///< in any order
  std::set<std::string> hidden;     ///< columns whose values nobody is shown
};

/// Some rows of a table, as far as it takes to compare them with another's: 8 bytes a value, and the texts of
/// the first few.
struct RowsAsRead {
  std::vector<std::vector<std::uint64_t>> hashes; ///< [column][row of those asked for]
  std::vector<std::vector<std::string>> texts;    ///< [column][example]; empty for hidden columns
};
/// `options`: with which the table was read.
[[nodiscard]] RowsAsRead rows_as_read(const Table& table, const ReadOptions& options,
                                      const CellRequest& request);

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

using RowPairs = std::span<const std::pair<std::uint32_t, std::uint32_t>>;

/// Which cells differ in rows of one id each, gathered some columns at a time.
class ChangedCells {
public:
  std::vector<std::pair<std::string, std::int64_t>>
      columns; ///< and in how many rows each differs, most first
  std::vector<ChangedRow> examples;

  /// `pairs`: rows (left, right), in the order in which they were asked for; the same in each call.
  void add(const RowsAsRead& left, const RowsAsRead& right, const std::vector<std::string>& names,
           RowPairs pairs, const std::set<std::string>& hidden);
};

} // namespace mlp::dataset
