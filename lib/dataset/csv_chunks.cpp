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
  constexpr std::size_t k_chunks_a_thread = 6;
  constexpr std::size_t k_smallest_bytes = std::size_t{256} << 10U;
  const std::size_t even = text_bytes / (k_chunks_a_thread * std::max(threads, 1U));
  return std::min(largest_bytes, std::max(even, k_smallest_bytes));
}

/// The kinds of line end that were seen.
struct LineEnds {
  bool line_feed = false;
  bool carriage_return = false;
  bool both = false;

  void add_end_of(std::string_view text) {
    const bool ends_with_feed = !text.empty() && text.back() == '\n';
    const bool ends_with_both = ends_with_feed && text.size() > 1 && text[text.size() - 2] == '\r';
    both = both || ends_with_both;
    line_feed = line_feed || (ends_with_feed && !ends_with_both);
    carriage_return = carriage_return || (!text.empty() && text.back() == '\r');
  }
  void add(const ChunkResult& result) {
    line_feed = line_feed || result.line_feed;
    carriage_return = carriage_return || result.carriage_return;
    both = both || result.both;
  }
  [[nodiscard]] std::string name() const {
    const int kinds = (line_feed ? 1 : 0) + (carriage_return ? 1 : 0) + (both ? 1 : 0);
    return kinds > 1 ? "mixed" : both ? "crlf" : carriage_return ? "cr" : "lf";
  }
};

} // namespace

FileChunks::FileChunks(const std::vector<TextFile>& files, std::size_t columns, std::size_t largest_bytes,
                       unsigned threads) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string_view text = files[i].text;
    const Structure structure =
        structure_of(text, files[i].data_begin, chunk_bytes(text.size(), largest_bytes, threads),
                     blank_line_of(columns), threads);
    for (const Chunk& chunk : structure.chunks) {
      const std::string_view part = text.substr(chunk.begin, chunk.end - chunk.begin);
      add(i, {part, chunk.begin, text.data(), text.data() + text.size()}, chunk.most_records, false);
    }
    if (structure.tail < text.size()) {
      add_tail(i, text.substr(structure.tail), structure.tail);
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

LineFacts line_facts(const std::vector<TextFile>& files, const FileChunks& chunks,
                     const std::vector<ChunkResult>& results) {
  LineFacts facts;
  LineEnds ends;
  for (const TextFile& file : files) {
    facts.blank_lines += file.blank_lines;
    const std::string_view header = file.text.substr(0, file.data_begin);
    facts.quoted = facts.quoted || header.find('"') != std::string_view::npos;
    ends.add_end_of(header);
  }
  for (std::size_t i = 0; i < results.size(); ++i) {
    facts.blank_lines += results[i].blank_lines;
    facts.quoted = facts.quoted || results[i].quoted;
    if (!chunks.all()[i].line_end_added) {
      ends.add(results[i]);
    }
  }
  facts.line_ending = ends.name();
  return facts;
}

} // namespace mlp::dataset
