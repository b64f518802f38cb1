#pragma once

#include "dataset/cell_value.hpp"
#include "dataset/number_style.hpp"
#include "dataset/text_dictionary.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// How fields are told apart.
struct Dialect {
  char delimiter = ',';
  bool blank_after_delimiter = false;   ///< blanks behind a delimiter are not part of the value
  std::vector<std::string> header = {}; ///< fields that no line of data has, all of them; empty: any may
};

/// How the cells of a column are read, and what becomes of one that does not fit.
enum class CellReader : std::uint8_t { number, styled_number, datetime, text, skip };
enum class OnMisfit : std::uint8_t {
  stop,  ///< the type is a guess or a declaration: note the place, read no more of this column in this chunk
  record ///< the type is a model's: missing, and recorded
};
struct ColumnTask {
  CellReader reader = CellReader::text;
  OnMisfit on_misfit = OnMisfit::stop;
  bool identifiers_are_numbers = false; ///< 00123 is 123: the type was given
  NumberStyle style = {};               ///< plain unless a styled_number is read
  double* numbers = nullptr;            ///< of the chunk's first row: number, styled_number, datetime
  std::int32_t* codes = nullptr; ///< of the chunk's first row: text, as indices into the chunk's dictionary
};

/// What is wrong with a line. Places are bytes in the file's text.
struct Malformed {
  enum class Kind : std::uint8_t {
    field_count,
    stray_quote,
    text_after_quote,
    unterminated_quote,
    header_again
  };
  Kind kind = Kind::field_count;
  std::size_t place = 0;  ///< to be named
  std::size_t opened = 0; ///< where the quote opened
  std::size_t fields = 0; ///< found (field_count), or the field concerned, from 1
};
/// "data.csv:7: 3 fields, expected 5"; `name` and `text` are those of the file.
[[noreturn]] void fail_malformed(const Malformed& malformed, std::size_t expected_fields,
                                 std::string_view name, std::string_view text, std::size_t first_line);

/// What a chunk holds of one column, beside the cells.
struct ColumnPart {
  std::optional<std::size_t> first_misfit; ///< place
  std::optional<std::size_t> first_beyond; ///< place of the first number that no double holds
  std::vector<std::uint32_t> misfits;      ///< rows of the chunk
  TextDictionary dictionary;
};

struct ChunkResult {
  std::size_t rows = 0;
  std::size_t blank_lines = 0;
  std::size_t empty_rows = 0; ///< lines of delimiters alone
  bool quoted = false;
  bool line_feed = false, carriage_return = false, both = false; ///< line ends that were seen
  std::uint64_t missing_seen = 0;                                ///< bit i: the i-th missing token occurred
  std::optional<Malformed> malformed;                            ///< the first; nothing is read behind it
  std::vector<ColumnPart> columns;
};

/// Whole records, ending with a line end.
struct ChunkText {
  std::string_view text;
  std::size_t place = 0; ///< of its first byte in the file's text
  /// The bytes around `text` that may be looked at: at least `text`, at best more.
  const char* readable_begin = nullptr;
  const char* readable_end = nullptr;
};

/// Reads all cells of a chunk. Any number of threads may read different chunks.
[[nodiscard]] ChunkResult read_chunk(const ChunkText& chunk, const Dialect& dialect,
                                     const MissingTokens& missing, const std::vector<ColumnTask>& tasks);

} // namespace mlp::dataset
