#include "dataset/table_pieces.hpp"

#include "dataset/csv_escapes.hpp"
#include "dataset/dataset_files.hpp"
#include "dataset/read_text.hpp"

#include <algorithm>
#include <utility>

namespace mlp::dataset {

TablePieces::TablePieces(const std::vector<Source>& sources, const ReadOptions& options,
                         std::size_t piece_bytes)
    : sources_(sources), options_(options), piece_bytes_(piece_bytes),
      missing_(missing_tokens_of(options.format)), assembly_{.missing = missing_,
                                                             .missing_declared =
                                                                 options.format.missing.has_value(),
                                                             .threads = options.threads,
                                                             .interrupt = options_.interrupt} {
  for (const Source& source : sources) {
    stats_.push_back(stat_of(source));
  }
}

void TablePieces::pass(const std::function<std::vector<CellReader>()>& choose,
                       const std::function<void(const TablePiece&)>& take) {
  rows_ = 0;
  chunks_ = 0;
  lines_ = {};
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    read_file(i, choose, take);
  }
  first_pass_ = false;
  options_.tap = nullptr;
}

void TablePieces::require_unchanged() const {
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    dataset::require_unchanged(sources_[i], stats_[i]);
  }
}

void TablePieces::read_file(std::size_t i, const std::function<std::vector<CellReader>()>& choose,
                            const std::function<void(const TablePiece&)>& take) {
  TextStream stream(sources_[i], options_, piece_bytes_);
  stream.read_first(std::max(piece_bytes_, ReadSizes().sample_bytes));
  if (i == 0) {
    escaped_ = escapes_by_backslash(stream.text(), ReadSizes().sample_bytes, options_.format);
  }
  if (escaped_) {
    stream.rewrite_escapes();
  }
  TextFile file{sources_[i].name, stream.whole_text(), stream.first_line()};
  set_layout(i, file);
  for (;;) {
    const std::size_t taken = read_piece(file, stream, choose, take);
    stream.drop(taken);
    if (stream.at_end()) {
      break;
    }
    const std::size_t wanted = taken == 0 ? 2 * stream.text().size() : piece_bytes_; // a large record
    while (stream.text().size() < wanted && stream.read_on()) {
    }
    file = {sources_[i].name, stream.whole_text(), stream.first_line()};
  }
  if (first_pass_) {
    describe_storage(stream, sources_[i].name);
  }
}

void TablePieces::set_layout(std::size_t i, TextFile& file) {
  if (i > 0) {
    require_same_layout(file, layout_, sources_.front().name);
    return;
  }
  const Layout found = detect_layout(file, options_.format, ReadSizes().sample_bytes);
  if (first_pass_) {
    layout_ = found;
    if (escaped_) {
      layout_.notes.emplace_back(k_escapes_note);
    }
    plans_ = plan_columns(layout_, options_, missing_);
  }
}

/// Takes the whole records of the text, or all at the end. Returns how many bytes.
std::size_t TablePieces::read_piece(const TextFile& file, const TextStream& stream,
                                    const std::function<std::vector<CellReader>()>& choose,
                                    const std::function<void(const TablePiece&)>& take) {
  const std::vector<TextFile> files = {file};
  assembly_.more_follows = !stream.at_end();
  CellReading piece(files, layout_, plans_, assembly_);
  if (piece.taken() == 0) {
    return 0;
  }
  const std::vector<CellReader> readers = choose();
  piece.read(readers, std::move(room_));
  take({piece, readers, chunks_, rows_});
  piece.describe(lines_);
  for (const ChunkResult& result : piece.results()) {
    missing_seen_ |= result.missing_seen;
  }
  rows_ += piece.rows();
  chunks_ += piece.results().size();
  room_ = std::move(piece.columns());
  return piece.taken();
}

void TablePieces::describe_storage(const TextStream& stream, const std::string& name) {
  Format found;
  stream.describe(found);
  stored_.byte_order_mark = stored_.byte_order_mark || found.byte_order_mark;
  if (found.compression != "none") {
    stored_.compression = found.compression;
  }
  if (found.encoding != "utf-8") {
    stored_.encoding = found.encoding;
    if (!options_.format.encoding) {
      storage_notes_.push_back(latin1_note(name));
    }
  }
}

Format TablePieces::format(std::uint64_t missing_seen) const {
  Format format = stored_;
  describe_lines(format, layout_, lines_);
  format.missing = missing_tokens_shown(assembly_, missing_seen_ | missing_seen);
  return format;
}

std::vector<std::string> TablePieces::layout_notes() const {
  std::vector<std::string> notes = layout_.notes;
  for (std::string& note : lines_.notes()) {
    notes.push_back(std::move(note));
  }
  return notes;
}

} // namespace mlp::dataset
