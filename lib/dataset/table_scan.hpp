#pragma once

#include "base/check.hpp"
#include "dataset/column_facts.hpp"
#include "dataset/distribution.hpp"
#include "dataset/profile.hpp"
#include "dataset/read_table.hpp"
#include "dataset/table_pieces.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace mlp::dataset {

/// What one look at a table shows, without its rows.
struct TableScan {
  Profile profile;
  std::vector<ColumnFacts> facts; ///< [columns]
  std::vector<Check> checks;      ///< as check_table's
  Format format;
  std::vector<std::string> notes; ///< as Table::notes
};

/// Reads the files that read_table reads, piece by piece, in memory that does not grow with the rows (but for
/// one row, and one copy of up to a million values or words of each column; lib/README.md says how much).
/// Profile, facts, format and notes are those of the table up to k_exact_values rows, and above them within
/// the profile's stated errors.
///
/// A column whose first rows mislead about its type is read in a second pass over the files, alone.
/// `options.types` is not looked at; `options.tap` is called in the first pass. throws as read_table, but for
/// a value that is not of its declared type before a malformed line that stands far behind it.
[[nodiscard]] TableScan scan_table(const std::vector<Source>& sources, const ReadOptions& options);

/// The same in pieces of a size of one's own.
[[nodiscard]] TableScan scan_pieces(const std::vector<Source>& sources, const ReadOptions& options,
                                    std::size_t piece_bytes);

/// How much of a file is read at once.
inline constexpr std::size_t k_scan_piece_bytes = std::size_t{16} << 20U;

/// Sees the rows that a scan reads.
class TableObserver {
public:
  TableObserver() = default;
  TableObserver(const TableObserver&) = delete;
  TableObserver& operator=(const TableObserver&) = delete;
  virtual ~TableObserver() = default;
  /// A pass over all rows begins: what an earlier one showed was read by types that did not hold.
  virtual void begin() = 0;
  virtual void take(const TablePiece& piece, const std::vector<ColumnPlan>& plans) = 0;
  /// How the columns are distributed: as distributions_of's, but sketched where the profile is.
  virtual void end(std::vector<Distribution> distributions) = 0;
};

/// Profile, facts and notes as scan_table's, and all rows for an observer; `options.types` holds. No Parquet.
[[nodiscard]] TableScan scan_observed(const std::vector<Source>& sources, const ReadOptions& options,
                                      TableObserver& observer, std::size_t piece_bytes);

/// What a table at hand shows.
[[nodiscard]] TableScan scan_of(const Table& table, unsigned threads);

} // namespace mlp::dataset
