#include "dataset/csv_assembly.hpp"
#include "dataset/csv_escapes.hpp"
#include "dataset/csv_structure.hpp"
#include "dataset/dataset_files.hpp"
#include "dataset/parquet_table.hpp"
#include "dataset/read_text.hpp"
#include "dataset/stored_text.hpp"
#include "dataset/table_stream.hpp"
#include "os/held_file.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace mlp::dataset {
namespace {

std::vector<ColumnPlan> plan_as_given(const std::vector<std::string>& names,
                                      const std::map<std::string, ColumnType>& types, NumberStyle style) {
  std::vector<ColumnPlan> plans;
  for (const std::string& name : names) {
    const auto given = types.find(name);
    plans.push_back(
        {name, given == types.end() ? ColumnType::text : given->second, TypeSource::given, style});
  }
  return plans;
}

class TableStream {
public:
  TableStream(const Source& source, const ReadOptions& options, std::size_t rows_at_once,
              std::size_t piece_bytes)
      : source_(source), options_(options), rows_at_once_(std::max<std::size_t>(rows_at_once, 1)),
        missing_(missing_tokens_of(options.format)), stream_(source, options, piece_bytes) {
    TextFile file = read_first_piece();
    plans_ = plan_as_given(layout_.names, options.types, number_style_of(options.format));
    blank_lines_ = file.blank_lines;
    stream_.drop(file.data_begin);
  }

  void run(const std::function<bool(Table&&)>& take) {
    bool any = false;
    for (std::size_t bytes = next_piece(); bytes > 0; bytes = next_piece()) {
      Table table = read(bytes);
      stream_.drop(bytes);
      if (table.rows > 0) {
        any = true;
        if (!take(std::move(table))) {
          return;
        }
      }
    }
    if (!any) {
      take(read(0));
    }
  }

private:
  TextFile read_first_piece() {
    const std::size_t sample_bytes = ReadSizes().sample_bytes;
    stream_.read_first(sample_bytes);
    const bool escaped = escapes_by_backslash(stream_.text(), sample_bytes, options_.format);
    if (escaped) {
      stream_.rewrite_escapes();
    }
    TextFile file{source_.name, stream_.text(), stream_.first_line()};
    layout_ = detect_layout(file, options_.format, sample_bytes);
    if (escaped) {
      layout_.notes.emplace_back(k_escapes_note);
    }
    return file;
  }

  /// The size of the next records, rows_at_once_ of them or all that are left; 0 at the end.
  std::size_t next_piece() {
    for (;;) {
      const Taken taken = take_records(stream_.whole_text(), rows_at_once_, blank_line_of(plans_.size()));
      if (taken.records == rows_at_once_) {
        return taken.bytes;
      }
      if (!stream_.read_on()) {
        return stream_.text().size();
      }
    }
  }

  Table read(std::size_t bytes) {
    const std::vector<TextFile> files = {{source_.name, stream_.text().substr(0, bytes), stream_.first_line(),
                                          0, std::exchange(blank_lines_, 0)}};
    Table table = assemble_table(files, layout_, plans_,
                                 {.missing = missing_,
                                  .missing_declared = options_.format.missing.has_value(),
                                  .threads = options_.threads,
                                  .interrupt = options_.interrupt});
    const std::vector<std::string> notes = std::exchange(layout_.notes, {});
    table.notes.insert(table.notes.begin(), notes.begin(), notes.end());
    stream_.describe(table.format);
    return table;
  }

  const Source& source_;
  const ReadOptions& options_;
  std::size_t rows_at_once_;
  MissingTokens missing_;
  TextStream stream_;
  Layout layout_;
  std::vector<ColumnPlan> plans_;
  std::size_t blank_lines_ = 0; ///< before the header, until the first piece has told
};

/// The end of a Parquet file says where its columns stand, so that it is held as a whole; its rows are not.
void stream_held_parquet(const Source& source, const ReadOptions& options, std::size_t rows_at_once,
                         const std::function<bool(Table&&)>& take) {
  const os::FileStat before = stat_of(source);
  const os::HeldFile held(source.path);
  TapFeed feed(options, {held.bytes()});
  stream_parquet(held.bytes(), source.name, options, rows_at_once, take);
  feed.finish();
  require_unchanged(source, before);
}

} // namespace

void stream_pieces(const Source& source, const ReadOptions& options, std::size_t rows_at_once,
                   std::size_t piece_bytes, const std::function<bool(Table&&)>& take) {
  TableStream(source, options, rows_at_once, piece_bytes).run(take);
}

void stream_table(const Source& source, const ReadOptions& options, std::size_t rows_at_once,
                  const std::function<bool(Table&&)>& take) {
  constexpr std::size_t k_piece_bytes = std::size_t{4} << 20U;
  if (is_parquet_file(source)) {
    return stream_held_parquet(source, options, rows_at_once, take);
  }
  stream_pieces(source, options, rows_at_once, k_piece_bytes, take);
}

} // namespace mlp::dataset
