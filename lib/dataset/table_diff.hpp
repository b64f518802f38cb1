#pragma once

#include "base/json.hpp"
#include "dataset/changed_cells.hpp"
#include "dataset/distribution.hpp"
#include "dataset/row_diff.hpp"
#include "dataset/row_scan.hpp"
#include "dataset/table.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mlp::dataset {

/// What changed in the columns of a table.
struct SchemaChange {
  enum class What { added, removed, type, order } what = What::added;
  std::string column; ///< empty for the order
  std::string left;   ///< type, where there is one; for the order the columns that moved
  std::string right;
};
[[nodiscard]] std::string_view name_of(SchemaChange::What what);
[[nodiscard]] std::vector<SchemaChange> compare_schemas(const std::vector<ColumnKind>& left,
                                                        const std::vector<ColumnKind>& right);

/// One side of a comparison, as it can be read, any number of times.
struct DiffSide {
  std::function<RowScan(const RowScanRequest&)> scan;
  std::function<RowsAsRead(const CellRequest&)> read_cells;
};
/// Files: their rows go by, and are not held in memory. `sources`: no Parquet.
[[nodiscard]] DiffSide streamed_side(std::vector<Source> sources, const ReadOptions& options);
/// A table that `read` reads whole, the types of some columns being given. `options`: with which it reads.
using ReadSide = std::function<Table(const std::map<std::string, ColumnType>& types)>;
[[nodiscard]] DiffSide held_side(ReadSide read, const ReadOptions& options);

struct TableDiffOptions {
  std::vector<std::string> ids; ///< rows are the same where these agree; empty: by content
  std::set<std::string> hidden; ///< columns whose values are never shown: protected ones and ids
  std::size_t most_cells = std::size_t{1} << 24U; ///< of changed rows that are read at once, 8 bytes each
};

struct TableDiff {
  std::int64_t left_rows = 0;
  std::int64_t right_rows = 0;
  std::vector<ColumnKind> left_columns;
  std::vector<ColumnKind> right_columns;
  std::vector<SchemaChange> schema;
  bool by_id = false;
  RowDiff rows;       ///< over the columns that both sides have
  ChangedCells cells; ///< by id only
  std::vector<ColumnShift>
      columns; ///< that moved, and both sides have in one type; drift first, then the farthest
  std::set<std::string> hidden; ///< options.hidden, free text, and words that differ in most rows
  std::vector<std::string> notes;

  [[nodiscard]] bool equal() const;
};

/// Compares two tables: of each row 16 bytes are kept (32 by id), of each column its distribution. Where a
/// column's type differs, both sides are read again with it as text, so that rows still compare; by id, both
/// are read again for the cells of rows that changed, some columns at a time where these are many. Where ids
/// are no ids (a column is absent, or two rows have the same), rows are compared by content.
[[nodiscard]] TableDiff compare_tables(const DiffSide& left, const DiffSide& right,
                                       const TableDiffOptions& options);

/// The members of a `mlp.data_diff/1` that are about tables; drawn in lib/README.md. Row numbers count
/// from 1.
[[nodiscard]] Json to_json(const TableDiff& diff);

} // namespace mlp::dataset
