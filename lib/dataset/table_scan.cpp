#include "dataset/table_scan.hpp"

#include "dataset/cell_reading.hpp"
#include "dataset/checks.hpp"
#include "dataset/column_findings.hpp"
#include "dataset/column_scan.hpp"
#include "dataset/csv_escapes.hpp"
#include "dataset/dataset_files.hpp"
#include "dataset/parquet_table.hpp"
#include "dataset/read_text.hpp"
#include "dataset/table_stream.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <utility>

namespace mlp::dataset {
namespace {

class TableScanner {
public:
  TableScanner(const std::vector<Source>& sources, const ReadOptions& options, std::size_t piece_bytes)
      : sources_(sources), options_(options), piece_bytes_(piece_bytes),
        missing_(missing_tokens_of(options.format)), assembly_{.missing = missing_,
                                                               .missing_declared =
                                                                   options.format.missing.has_value(),
                                                               .threads = options.threads,
                                                               .interrupt = options.interrupt} {
    options_.types.clear();
    for (const Source& source : sources) {
      stats_.push_back(stat_of(source));
    }
  }

  TableScan run() {
    pass();
    first_pass_ = false;
    options_.tap = nullptr;
    for (bool again = plan_again(); again; again = plan_again()) {
      pass();
    }
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      require_unchanged(sources_[i], stats_[i]);
    }
    return describe();
  }

private:
  /// Reads all files once, for the columns that are still to be read.
  void pass() {
    rows_ = 0;
    chunks_ = 0;
    lines_ = {};
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      read_file(i);
    }
  }

  void read_file(std::size_t i) {
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
      const std::size_t taken = read_piece(file, stream);
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

  void set_layout(std::size_t i, TextFile& file) {
    if (i > 0) {
      require_same_layout(file, layout_, sources_.front().name);
      return;
    }
    const Layout found = detect_layout(file, options_.format, ReadSizes().sample_bytes);
    if (columns_.empty()) { // in the first pass
      layout_ = found;
      if (escaped_) {
        layout_.notes.emplace_back(k_escapes_note);
      }
      plans_ = plan_columns(layout_, options_, missing_);
      for (const ColumnPlan& plan : plans_) {
        columns_.emplace_back(plan, missing_);
        open_.push_back(true);
      }
    }
  }

  /// Takes the whole records of the text, or all at the end. Returns how many bytes.
  std::size_t read_piece(const TextFile& file, const TextStream& stream) {
    const std::vector<TextFile> files = {file};
    assembly_.more_follows = !stream.at_end();
    CellReading piece(files, layout_, plans_, assembly_);
    if (piece.taken() == 0) {
      return 0;
    }
    std::vector<CellReader> readers(columns_.size(), CellReader::skip);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (open_[i] && columns_[i].misfit().empty()) {
        readers[i] = columns_[i].reader();
      }
    }
    piece.read(readers, std::move(room_));
    os::parallel_for(columns_.size(), options_.threads, [&](std::size_t i) {
      if (readers[i] != CellReader::skip) {
        columns_[i].add(piece, i, chunks_, rows_);
      }
    });
    require_declared_types();
    piece.describe(lines_);
    for (const ChunkResult& result : piece.results()) {
      missing_seen_ |= result.missing_seen;
    }
    rows_ += piece.rows();
    chunks_ += piece.results().size();
    room_ = std::move(piece.columns());
    return piece.taken();
  }

  void require_declared_types() const {
    const ColumnScan* first = nullptr;
    for (const ColumnScan& column : columns_) {
      const bool is_error = !column.misfit().empty() && column.plan().source == TypeSource::declared;
      if (is_error && (first == nullptr || column.misfit_place() < first->misfit_place())) {
        first = &column;
      }
    }
    if (first != nullptr) {
      fail_declared_type(first->plan(), first->misfit());
    }
  }

  /// Whether columns must be read again; these alone are open then.
  bool plan_again() {
    bool any = false;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      missing_seen_ |= columns_[i].missing_seen();
      const auto plan = open_[i] ? columns_[i].better_plan() : std::nullopt;
      open_[i] = plan.has_value();
      if (plan) {
        plans_[i] = *plan;
        columns_[i] = ColumnScan(*plan, missing_);
        any = true;
      }
    }
    return any;
  }

  void describe_storage(const TextStream& stream, const std::string& name) {
    Format found;
    stream.describe(found);
    format_.byte_order_mark = format_.byte_order_mark || found.byte_order_mark;
    if (found.compression != "none") {
      format_.compression = found.compression;
    }
    if (found.encoding != "utf-8") {
      format_.encoding = found.encoding;
      if (!options_.format.encoding) {
        storage_notes_.push_back(latin1_note(name));
      }
    }
  }

  TableScan describe() {
    TableScan scan;
    scan.notes = layout_.notes;
    for (std::string& note : lines_.notes()) {
      scan.notes.push_back(std::move(note));
    }
    scan.profile.rows = static_cast<std::int64_t>(rows_);
    scan.profile.columns.resize(columns_.size());
    scan.facts.resize(columns_.size());
    std::vector<std::vector<std::string>> notes(columns_.size());
    os::parallel_for(columns_.size(), options_.threads, [&](std::size_t i) {
      const auto said = options_.personal.find(plans_[i].name);
      scan.facts[i] = columns_[i].describe(
          scan.profile.columns[i], rows_,
          said == options_.personal.end() ? std::nullopt : std::optional(said->second), notes[i]);
    });
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      scan.notes.insert(scan.notes.end(), notes[i].begin(), notes[i].end());
    }
    scan.notes.insert(scan.notes.end(), storage_notes_.begin(), storage_notes_.end());
    scan.checks = check_table(scan.profile, scan.facts, [&](std::size_t earlier, std::size_t later) {
      return columns_[earlier].hash() == columns_[later].hash();
    });
    scan.format = format_;
    describe_lines(scan.format, layout_, lines_);
    scan.format.missing = missing_tokens_shown(assembly_, missing_seen_);
    return scan;
  }

  const std::vector<Source>& sources_;
  ReadOptions options_;
  std::size_t piece_bytes_;
  MissingTokens missing_;
  AssemblyOptions assembly_;
  std::vector<os::FileStat> stats_; ///< before anything was read
  Layout layout_;
  std::vector<ColumnPlan> plans_;
  std::vector<ColumnScan> columns_;
  std::vector<RawColumn> room_; ///< of the piece before: used again
  std::vector<bool> open_;      ///< [columns] to be read in this pass
  bool escaped_ = false;        ///< quotes by backslashes
  bool first_pass_ = true;
  std::uint64_t rows_ = 0;
  std::size_t chunks_ = 0;
  LineFacts lines_;
  std::uint64_t missing_seen_ = 0;
  Format format_;
  std::vector<std::string> storage_notes_;
};

} // namespace

TableScan scan_pieces(const std::vector<Source>& sources, const ReadOptions& options,
                      std::size_t piece_bytes) {
  return TableScanner(sources, options, piece_bytes).run();
}

TableScan scan_table(const std::vector<Source>& sources, const ReadOptions& options) {
  if (std::any_of(sources.begin(), sources.end(), is_parquet_file)) {
    return scan_of(read_table(sources, options), options.threads);
  }
  constexpr std::size_t k_piece_bytes = std::size_t{16} << 20U;
  return scan_pieces(sources, options, k_piece_bytes);
}

TableScan scan_of(const Table& table, unsigned threads) {
  TableScan scan;
  scan.profile = profile_of(table, threads);
  scan.facts = facts_of(table);
  scan.checks = check_table(scan.profile, scan.facts, same_columns_of(table));
  scan.format = table.format;
  scan.notes = table.notes;
  return scan;
}

} // namespace mlp::dataset
