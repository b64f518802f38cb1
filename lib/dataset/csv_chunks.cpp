#include "dataset/csv_chunks.hpp"

#include "base/error.hpp"
#include "dataset/csv_structure.hpp"
#include "dataset/short_number.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace mlp::dataset {
namespace {

/// Few large chunks, whose dictionaries are worth their while; but some for each thread.
std::size_t chunk_bytes(std::size_t text_bytes, std::size_t largest_bytes, unsigned threads) {
  constexpr std::size_t k_chunks_a_thread = 2;
  constexpr std::size_t k_smallest_bytes = std::size_t{256} << 10U;
  const std::size_t even = text_bytes / (k_chunks_a_thread * std::max(threads, 1U));
  return std::min(largest_bytes, std::max(even, k_smallest_bytes));
}

} // namespace

FileChunks::FileChunks(const std::vector<TextFile>& files, std::size_t columns, std::size_t largest_bytes,
                       unsigned threads, bool more_follows) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string_view text = files[i].text;
    const Structure structure =
        structure_of(text, files[i].data_begin, chunk_bytes(text.size(), largest_bytes, threads),
                     blank_line_of(columns), threads);
    for (const Chunk& chunk : structure.chunks) {
      const std::string_view part = text.substr(chunk.begin, chunk.end - chunk.begin);
      add(i, {part, chunk.begin, text.data(), text.data() + text.size()}, chunk.most_records, false);
    }
    taken_ = structure.tail;
    if (structure.tail < text.size() && !more_follows) {
      add_tail(i, text.substr(structure.tail), structure.tail);
      taken_ = text.size();
    }
  }
  constexpr std::size_t k_most_rows = std::numeric_limits<std::int32_t>::max();
  if (most_rows_ > k_most_rows) {
    throw Error(ErrorCode::input, "cannot read '{}': more than {} rows", files.front().name, k_most_rows)
        .hint("split the data into several datasets");
  }
}

void FileChunks::add(std::size_t file, const ChunkText& text, std::size_t records, bool line_end_added) {
  chunks_.push_back({file, text, most_rows_, line_end_added});
  most_rows_ += records;
}

void FileChunks::add_tail(std::size_t file, std::string_view text, std::size_t place) {
  const std::string before(k_readable_before, ' ');
  const std::string behind(k_readable_behind, ' ');
  const std::string& copy = tails_.emplace_back(before + std::string(text) + '\n' + behind);
  const auto line = std::string_view(copy).substr(before.size(), text.size() + 1);
  add(file, {line, place, copy.data(), copy.data() + copy.size()}, 1, true);
}

void LineFacts::add(const TextFile& file) {
  const std::string_view header = file.text.substr(0, file.data_begin);
  const bool ends_with_feed = !header.empty() && header.back() == '\n';
  const bool ends_with_both = ends_with_feed && header.size() > 1 && header[header.size() - 2] == '\r';
  both_ = both_ || ends_with_both;
  line_feed_ = line_feed_ || (ends_with_feed && !ends_with_both);
  carriage_return_ = carriage_return_ || (!header.empty() && header.back() == '\r');
  quoted_ = quoted_ || header.find('"') != std::string_view::npos;
  blank_lines_ += file.blank_lines;
}

void LineFacts::add(const ChunkResult& result, bool line_end_added) {
  blank_lines_ += result.blank_lines;
  empty_rows_ += result.empty_rows;
  quoted_ = quoted_ || result.quoted;
  if (!line_end_added) {
    line_feed_ = line_feed_ || result.line_feed;
    carriage_return_ = carriage_return_ || result.carriage_return;
    both_ = both_ || result.both;
  }
}

std::vector<std::string> LineFacts::notes() const {
  std::vector<std::string> notes;
  if (blank_lines_ > 0) {
    notes.push_back(fmt::format("{} blank line{} skipped", blank_lines_, blank_lines_ == 1 ? "" : "s"));
  }
  if (empty_rows_ > 0) {
    notes.push_back(fmt::format("{} row{} no value: nothing but delimiters", empty_rows_,
                                empty_rows_ == 1 ? " holds" : "s hold"));
  }
  return notes;
}

std::string LineFacts::line_ending() const {
  const int kinds = (line_feed_ ? 1 : 0) + (carriage_return_ ? 1 : 0) + (both_ ? 1 : 0);
  return kinds > 1 ? "mixed" : both_ ? "crlf" : carriage_return_ ? "cr" : "lf";
}

} // namespace mlp::dataset
