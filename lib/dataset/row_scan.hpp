#pragma once

#include "dataset/changed_cells.hpp"
#include "dataset/distribution.hpp"
#include "dataset/read_table.hpp"
#include "dataset/row_diff.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace mlp::dataset {

/// A column's name and type.
struct ColumnKind {
  std::string name;
  ColumnType type = ColumnType::number;
  friend bool operator==(const ColumnKind&, const ColumnKind&) = default;
};

/// What of the rows is to be known.
struct RowScanRequest {
  std::map<std::string, ColumnType> types; ///< that are given; the others are inferred or declared
  std::vector<std::string> columns;        ///< that rows are compared in; empty = all
  std::vector<std::string> ids;            ///< columns that name a row; may be empty
};

/// What is kept of a table whose rows went by: 16 bytes a row (32 by id), and how its columns are
/// distributed.
struct RowScan {
  std::int64_t rows = 0;
  std::vector<ColumnKind> columns;
  std::vector<Distribution> distributions; ///< [column]
  IdentifiedRows hashes;                   ///< `ids` is empty where an id column is absent, or none was named
  std::set<std::string> personal;          ///< columns
};

/// Reads files as scan_table does. throws as that; Error{input} for 2^32 rows and more
[[nodiscard]] RowScan scan_rows(const std::vector<Source>& sources, const ReadOptions& options,
                                const RowScanRequest& request, std::size_t piece_bytes);
/// The same of a table at hand; `options`: with which it was read.
[[nodiscard]] RowScan scan_rows(const Table& table, const ReadOptions& options,
                                const RowScanRequest& request);

/// Reads some cells of files that scan_rows has read, columns[i] having the type that it found.
[[nodiscard]] RowsAsRead read_cells(const std::vector<Source>& sources, const ReadOptions& options,
                                    const CellRequest& request, std::size_t piece_bytes);

} // namespace mlp::dataset
