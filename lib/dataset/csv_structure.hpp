#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// What a blank line is: nothing, or (in a table of one column) a missing value.
enum class BlankLine : bool { skipped, record };
[[nodiscard]] constexpr BlankLine blank_line_of(std::size_t columns) {
  return columns == 1 ? BlankLine::record : BlankLine::skipped;
}

/// A run of whole records: [begin, end) of the text, starting outside quotes and ending with a line end.
struct Chunk {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t most_records = 0; ///< exact, but for lines of blanks only (which may turn out to be none)
};

/// Cuts the records of `text` from `begin` on into chunks of about `chunk_bytes`, each of whole records, by
/// counting quotes: right inside quoted fields wherever the text is well-formed; where it is not, right up to
/// the first malformed record. What follows the last line end is not in any chunk: it begins at `tail`.
struct Structure {
  std::vector<Chunk> chunks;
  std::size_t tail = 0;
};
[[nodiscard]] Structure structure_of(std::string_view text, std::size_t begin, std::size_t chunk_bytes,
                                     BlankLine blank_line, unsigned threads);

/// Takes records off the front of `text` until there are `most` or it holds no further whole one.
struct Taken {
  std::size_t bytes = 0;
  std::size_t records = 0;
};
[[nodiscard]] Taken take_records(std::string_view text, std::size_t most, BlankLine blank_line);

/// The line, counted from 1, on which byte `place` stands: LF, CRLF and CR each end one, also inside quotes.
[[nodiscard]] std::size_t line_of(std::string_view text, std::size_t place);

} // namespace mlp::dataset
