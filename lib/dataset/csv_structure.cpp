#include "dataset/csv_structure.hpp"

#include "dataset/byte_blocks.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace mlp::dataset {
namespace {

constexpr bool is_line_end(char c) { return c == '\n' || c == '\r'; }

/// Reads text from front to back in blocks of 64 bytes and tells, as bits, where records end.
///
/// Where blank lines are skipped, a record ends at the first byte of a run of line ends: so CRLF counts once
/// and a blank line not at all. Where they are records, each LF ends one, and each CR that no LF follows.
class BlockReader {
public:
  BlockReader(std::string_view text, std::size_t begin, BlankLine blank_line)
      : text_(text), at_(begin), blank_line_(blank_line),
        after_line_end_(begin == 0 || is_line_end(text[begin - 1])) {}

  /// Moves over the 64 bytes (fewer before `end`) from at() on.
  void advance(std::size_t end) {
    const ByteBlock block = load(end);
    const std::uint64_t quotes = block.equal_to('"');
    quoted_ = (quotes == 0 ? 0 : prefix_parity(quotes)) ^ (0 - (quoted_ >> 63U)); // mostly there is none
    feeds_ = block.equal_to('\n');
    returns_ = block.equal_to('\r');
    const std::size_t begin = at_;
    at_ = std::min(end, at_ + ByteBlock::k_size);
    if (blank_line_ == BlankLine::record) {
      const std::uint64_t feed_follows = at_ < text_.size() && text_[at_] == '\n' ? 1 : 0;
      returns_ &= ~(feeds_ >> 1U | feed_follows << (at_ - begin - 1)); // the block may be a short one
    }
  }
  /// Record ends in the block last moved over, if the text started outside quotes.
  [[nodiscard]] std::uint64_t ends() { return ends(~quoted_, after_line_end_); }
  /// The same if it started inside quotes.
  [[nodiscard]] std::uint64_t ends_if_inside() {
    if (quoted_ == 0) { // mostly so: all is inside
      after_line_end_if_inside_ = false;
      return 0;
    }
    return ends(quoted_, after_line_end_if_inside_);
  }

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] bool odd_quotes() const { return quoted_ >> 63U != 0; }

private:
  [[nodiscard]] std::uint64_t ends(std::uint64_t unquoted, bool& after_line_end) const {
    const std::uint64_t line_ends = (feeds_ | returns_) & unquoted;
    if (blank_line_ == BlankLine::record) {
      return line_ends;
    }
    const std::uint64_t first_of_run = line_ends & ~(line_ends << 1U | (after_line_end ? 1U : 0U));
    after_line_end = line_ends >> 63U != 0;
    return first_of_run;
  }
  [[nodiscard]] ByteBlock load(std::size_t end) const {
    if (end - at_ >= ByteBlock::k_size) {
      return ByteBlock(text_.data() + at_);
    }
    std::array<char, ByteBlock::k_size> padded{};
    std::memcpy(padded.data(), text_.data() + at_, end - at_);
    return ByteBlock(padded.data());
  }

  std::string_view text_;
  std::size_t at_;
  BlankLine blank_line_;
  bool after_line_end_;
  bool after_line_end_if_inside_ = false;
  std::uint64_t quoted_ = 0; ///< bits of the bytes inside quotes, if the text started outside
  std::uint64_t feeds_ = 0;
  std::uint64_t returns_ = 0;
};

/// Where the record that ends with the line end at `end` is followed by the next.
std::size_t behind_line_end(std::string_view text, std::size_t end) {
  const bool two_bytes = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
  return end + (two_bytes ? 2 : 1);
}

/// A stretch of text whose quote state at its start is not known yet.
struct Segment {
  std::size_t begin = 0;
  bool odd_quotes = false;
  std::array<std::size_t, 2> records{}; ///< that end here, if it starts outside [0] or inside [1] of quotes
};

void scan(Segment& segment, std::string_view text, std::size_t end, BlankLine blank_line) {
  BlockReader reader(text, segment.begin, blank_line);
  while (reader.at() < end) {
    reader.advance(end);
    segment.records[0] += count_sparse(reader.ends());
    segment.records[1] += count_sparse(reader.ends_if_inside());
  }
  segment.odd_quotes = reader.odd_quotes();
}

/// The place behind the first record end at or after `from`; npos where there is none.
std::size_t next_record(std::string_view text, std::size_t from, bool inside_quotes, BlankLine blank_line) {
  BlockReader reader(text, from, blank_line);
  while (reader.at() < text.size()) {
    const std::size_t block = reader.at();
    reader.advance(text.size());
    if (const std::uint64_t found = inside_quotes ? reader.ends_if_inside() : reader.ends(); found != 0) {
      return behind_line_end(text, block + static_cast<std::size_t>(std::countr_zero(found)));
    }
  }
  return std::string_view::npos;
}

/// The place behind the last line end outside quotes, from `begin` on; `inside_quotes`: at the text's end.
std::size_t behind_last_record(std::string_view text, std::size_t begin, bool inside_quotes) {
  for (std::size_t end = text.size(); end > begin; --end) { // mostly one record
    const char last = text[end - 1];
    if (!inside_quotes && is_line_end(last)) {
      return end;
    }
    inside_quotes = inside_quotes != (last == '"');
  }
  return begin;
}

std::vector<Segment> scan_segments(std::string_view text, std::size_t begin, std::size_t chunk_bytes,
                                   BlankLine blank_line, unsigned threads) {
  std::vector<Segment> segments((text.size() - begin + chunk_bytes - 1) / chunk_bytes);
  os::parallel_for(segments.size(), threads, [&](std::size_t i) {
    segments[i].begin = begin + i * chunk_bytes;
    scan(segments[i], text, std::min(text.size(), segments[i].begin + chunk_bytes), blank_line);
  });
  return segments;
}

} // namespace

Structure structure_of(std::string_view text, std::size_t begin, std::size_t chunk_bytes,
                       BlankLine blank_line, unsigned threads) {
  Structure structure;
  const auto segments = scan_segments(text, begin, chunk_bytes, blank_line, threads);
  bool inside = false;
  std::size_t records = 0;
  std::size_t records_before_chunk = 0;
  std::size_t chunk_begin = begin;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (i > 0) {
      const std::size_t start = next_record(text, segments[i].begin, inside, blank_line);
      if (start == std::string_view::npos) {
        break;
      }
      if (start > chunk_begin) {
        structure.chunks.push_back({chunk_begin, start, records + 1 - records_before_chunk});
        chunk_begin = start;
        records_before_chunk = records + 1;
      }
    }
    records += segments[i].records[inside ? 1 : 0];
    inside = inside != segments[i].odd_quotes;
  }
  const bool ends_inside = std::count_if(segments.begin(), segments.end(),
                                         [](const Segment& segment) { return segment.odd_quotes; }) %
                               2 !=
                           0;
  structure.tail = behind_last_record(text, chunk_begin, ends_inside);
  if (structure.tail > chunk_begin) {
    structure.chunks.push_back({chunk_begin, structure.tail, records - records_before_chunk});
  }
  return structure;
}

Taken take_records(std::string_view text, std::size_t most, BlankLine blank_line) {
  Taken taken;
  BlockReader reader(text, 0, blank_line);
  while (reader.at() < text.size()) {
    const std::size_t block = reader.at();
    reader.advance(text.size());
    for (std::uint64_t found = reader.ends(); found != 0; found &= found - 1) {
      taken.bytes = behind_line_end(text, block + static_cast<std::size_t>(std::countr_zero(found)));
      if (++taken.records == most) {
        return taken;
      }
    }
  }
  return taken;
}

namespace {

/// CRs from `begin` to `end` that no LF follows.
std::size_t lone_returns(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t found = 0;
  for (std::size_t at = text.find('\r', begin); at < end; at = text.find('\r', at + 1)) {
    found += text.substr(at + 1, 1) == "\n" ? 0U : 1U;
  }
  return found;
}

} // namespace

std::size_t line_of(std::string_view text, std::size_t place) {
  const std::string_view before = text.substr(0, place);
  std::size_t line = 1;
  std::size_t at = 0;
  for (; at + ByteBlock::k_size <= before.size(); at += ByteBlock::k_size) {
    const ByteBlock block(before.data() + at);
    line += block.count_of('\n');
    if (block.holds('\r')) {
      line += lone_returns(text, at, at + ByteBlock::k_size);
    }
  }
  line += static_cast<std::size_t>(
      std::count(before.begin() + static_cast<std::ptrdiff_t>(at), before.end(), '\n'));
  line += lone_returns(text, at, before.size());
  return line;
}

} // namespace mlp::dataset
