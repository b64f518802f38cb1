#pragma once

#include "dataset/column_plan.hpp"
#include "dataset/column_settle.hpp"
#include "dataset/csv_assembly.hpp"
#include "dataset/csv_chunks.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mlp::dataset {

/// The cells of one column as its reader left them: numbers and date/times, or indices into the dictionaries
/// of the chunks.
struct RawColumn {
  std::vector<double> numbers;     ///< [rows] or empty
  std::vector<std::int32_t> codes; ///< [rows] or empty
};

/// Reads the cells of texts, or of the whole records of a piece of one, chunk by chunk on all threads.
class CellReading {
public:
  /// The arguments must outlive it. `options.more_follows`: there is one text, and what stands behind its
  /// last whole record is left for later.
  CellReading(const std::vector<TextFile>& files, const Layout& layout, const std::vector<ColumnPlan>& plans,
              const AssemblyOptions& options);

  /// Reads all chunks with the given readers, one a column, into `room` that columns() of another reading
  /// gave back. throws Error{input} for the first malformed line
  void read(const std::vector<CellReader>& readers, std::vector<RawColumn> room = {});

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::vector<RawColumn>& columns() { return columns_; } ///< to be taken away
  [[nodiscard]] const std::vector<RawColumn>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<ChunkResult>& results() const { return results_; } ///< [chunks]
  [[nodiscard]] const std::vector<RowRange>& ranges() const { return ranges_; }      ///< [chunks]
  [[nodiscard]] std::string name_of(ChunkPlace place) const;                         ///< "data.csv:7"
  /// Bytes of the (only) text up to the end of its last whole record.
  [[nodiscard]] std::size_t taken() const { return chunks_.taken(); }
  /// Adds what the lines show; once.
  void describe(LineFacts& facts) const;

private:
  void make_room_for(RawColumn& column, CellReader reader) const;
  [[nodiscard]] std::vector<ColumnTask> tasks_of(const FileChunk& chunk,
                                                 const std::vector<CellReader>& readers);
  void close_gaps();
  void require_well_formed() const;

  const std::vector<TextFile>& files_;
  const Layout& layout_;
  const std::vector<ColumnPlan>& plans_;
  const AssemblyOptions& options_;
  FileChunks chunks_;
  std::vector<RawColumn> columns_;
  std::vector<ChunkResult> results_;
  std::vector<RowRange> ranges_;
  std::size_t rows_ = 0;
};

} // namespace mlp::dataset
