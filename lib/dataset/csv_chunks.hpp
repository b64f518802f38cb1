#pragma once

#include "dataset/csv_chunk.hpp"
#include "dataset/csv_layout.hpp"

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

namespace mlp::dataset {

/// A chunk of one of a table's files, and the rows that it fills at most.
struct FileChunk {
  std::size_t file = 0;
  ChunkText text;
  std::size_t first_row = 0;
  bool line_end_added = false; ///< the file ends without one
};

/// All chunks of a table's files, in order.
class FileChunks {
public:
  /// `largest_bytes`: chunks are smaller where threads would have nothing to do.
  /// throws Error{input} where there are more rows than codes and row numbers can count (2^31 - 1)
  /// `more_follows`: what stands behind the last whole record of the one file is in no chunk.
  FileChunks(const std::vector<TextFile>& files, std::size_t columns, std::size_t largest_bytes,
             unsigned threads, bool more_follows);

  [[nodiscard]] const std::vector<FileChunk>& all() const { return chunks_; }
  [[nodiscard]] std::size_t most_rows() const { return most_rows_; }
  /// Bytes of the last text that are in chunks or before them.
  [[nodiscard]] std::size_t taken() const { return taken_; }

private:
  void add(std::size_t file, const ChunkText& text, std::size_t records, bool line_end_added);
  void add_tail(std::size_t file, std::string_view text, std::size_t place);

  std::vector<FileChunk> chunks_;
  std::deque<std::string> tails_; ///< last lines that got a line end
  std::size_t most_rows_ = 0;
  std::size_t taken_ = 0;
};

/// What the lines of the files show about their format: quotes, line ends; and how many are blank.
class LineFacts {
public:
  void add(const TextFile& file); ///< its header, and what stands before it
  void add(const ChunkResult& result, bool line_end_added);

  [[nodiscard]] bool quoted() const { return quoted_; }
  /// "3 blank lines skipped", "2 rows hold no values".
  [[nodiscard]] std::vector<std::string> notes() const;
  [[nodiscard]] std::string line_ending() const; ///< lf | crlf | cr | mixed

private:
  bool quoted_ = false;
  bool line_feed_ = false;
  bool carriage_return_ = false;
  bool both_ = false;
  std::size_t blank_lines_ = 0;
  std::size_t empty_rows_ = 0;
};

} // namespace mlp::dataset
