#pragma once

#include "dataset/cell_reading.hpp"
#include "dataset/read_table.hpp"
#include "dataset/table_stream.hpp"
#include "os/files.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace mlp::dataset {

/// The next rows of a table that goes by.
struct TablePiece {
  const CellReading& cells;
  const std::vector<CellReader>& readers; ///< [columns] that `cells` were read with
  std::size_t chunks_before = 0;
  std::uint64_t rows_before = 0;
};

/// The cells of the files that read_table reads, piece by piece, as often as they are asked for; `tap` is
/// called in the first pass. The arguments but the options must outlive it.
class TablePieces {
public:
  /// throws Error{not_found} where a file is not there
  TablePieces(const std::vector<Source>& sources, const ReadOptions& options, std::size_t piece_bytes);

  /// Reads all files once. `choose` says before each piece how its columns are read; plans() is known then.
  /// throws as read_table for what is malformed
  void pass(const std::function<std::vector<CellReader>()>& choose,
            const std::function<void(const TablePiece&)>& take);
  /// throws Error{input} where a file is no longer as it was at first
  void require_unchanged() const;

  /// What the columns are read as: from the options and the first rows; may be changed between two passes.
  [[nodiscard]] std::vector<ColumnPlan>& plans() { return plans_; }
  [[nodiscard]] const MissingTokens& missing() const { return missing_; }
  [[nodiscard]] std::uint64_t rows() const { return rows_; } ///< of the pass
  /// What the files of the last pass show; bit i of `missing_seen`: the i-th missing token occurred, also in
  /// columns of words.
  [[nodiscard]] Format format(std::uint64_t missing_seen) const;
  /// What a person should know of the layout and the lines, and of how the files are stored.
  [[nodiscard]] std::vector<std::string> layout_notes() const;
  [[nodiscard]] const std::vector<std::string>& storage_notes() const { return storage_notes_; }

private:
  void read_file(std::size_t i, const std::function<std::vector<CellReader>()>& choose,
                 const std::function<void(const TablePiece&)>& take);
  void set_layout(std::size_t i, TextFile& file);
  std::size_t read_piece(const TextFile& file, const TextStream& stream,
                         const std::function<std::vector<CellReader>()>& choose,
                         const std::function<void(const TablePiece&)>& take);
  void describe_storage(const TextStream& stream, const std::string& name);

  const std::vector<Source>& sources_;
  ReadOptions options_;
  std::size_t piece_bytes_;
  MissingTokens missing_;
  AssemblyOptions assembly_;
  std::vector<os::FileStat> stats_; ///< before anything was read
  Layout layout_;
  std::vector<ColumnPlan> plans_;
  std::vector<RawColumn> room_; ///< of the piece before: used again
  bool escaped_ = false;        ///< quotes by backslashes
  bool first_pass_ = true;
  std::uint64_t rows_ = 0;
  std::size_t chunks_ = 0;
  LineFacts lines_;
  std::uint64_t missing_seen_ = 0;
  Format stored_;
  std::vector<std::string> storage_notes_;
};

} // namespace mlp::dataset
