#include "dataset/csv_assembly.hpp"

#include "base/error.hpp"
#include "dataset/column_settle.hpp"
#include "dataset/csv_structure.hpp"
#include "dataset/short_number.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <mutex>
#include <numeric>
#include <utility>

namespace mlp::dataset {
namespace {

/// A chunk of one of the files, with the rows it fills at most.
struct FileChunk {
  std::size_t file = 0;
  ChunkText text;
  std::size_t first_row = 0;
  std::size_t most_rows = 0;
  bool line_end_added = false;
};

/// Says how far the reading is, from any thread.
class ReadingProgress {
public:
  ReadingProgress(const AssemblyOptions& options, const std::vector<TextFile>& files)
      : progress_(options.progress) {
    for (const TextFile& file : files) {
      total_ += file.text.size();
    }
  }
  ReadingProgress(const ReadingProgress&) = delete;
  ReadingProgress& operator=(const ReadingProgress&) = delete;
  ~ReadingProgress() {
    if (progress_ != nullptr) {
      progress_->finish();
    }
  }
  void add(const TextFile& file, std::size_t bytes) {
    if (progress_ != nullptr) {
      const std::lock_guard lock(guard_);
      done_ = std::min(total_, done_ + bytes);
      progress_->show("reading " + file.name, done_, total_, "B", "");
    }
  }

private:
  Progress* progress_;
  std::mutex guard_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

class TableAssembly {
public:
  TableAssembly(const std::vector<TextFile>& files, const Layout& layout, const std::vector<ColumnPlan>& plans,
                const AssemblyOptions& options)
      : files_(files), layout_(layout), plans_(plans), options_(options), progress_(options, files) {}

  Table run() {
    cut();
    table_.columns.resize(plans_.size());
    std::vector<CellReader> readers;
    for (const ColumnPlan& plan : plans_) {
      readers.push_back(reader_of(plan));
    }
    std::vector<ChunkResult> results = read(readers);
    require_well_formed(results);
    describe(results);
    std::vector<Settled> settled = settle(readers, results);
    if (std::vector<CellReader> again = misfitting(readers, results); !again.empty()) {
      results = read(again);
      merge(settled, settle(again, results));
    }
    finish(settled);
    return std::move(table_);
  }

private:
  static CellReader reader_of(const ColumnPlan& plan) {
    return plan.type == ColumnType::number     ? CellReader::number
           : plan.type == ColumnType::datetime ? CellReader::datetime
                                               : CellReader::text;
  }

  void cut() {
    const BlankLine blank_line = plans_.size() == 1 ? BlankLine::record : BlankLine::skipped;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const std::string_view text = files_[i].text;
      const Structure structure =
          structure_of(text, files_[i].data_begin, options_.chunk_bytes, blank_line, options_.threads);
      for (const Chunk& chunk : structure.chunks) {
        add_chunk(i, {text.substr(chunk.begin, chunk.end - chunk.begin), chunk.begin, text.data(),
                      text.data() + text.size()},
                  chunk.most_records, false);
      }
      if (structure.tail < text.size()) {
        add_tail(i, text.substr(structure.tail), structure.tail);
      }
    }
    constexpr std::size_t k_most_rows = std::numeric_limits<std::int32_t>::max();
    if (most_rows_ > k_most_rows) {
      throw Error(ErrorCode::input, "cannot read '{}': more than {} rows", files_.front().name, k_most_rows)
          .hint("split the data into several datasets");
    }
  }

  void add_chunk(std::size_t file, const ChunkText& text, std::size_t records, bool line_end_added) {
    chunks_.push_back({file, text, most_rows_, records, line_end_added});
    most_rows_ += records;
  }

  /// A last line without a line end gets one, in a copy.
  void add_tail(std::size_t file, std::string_view text, std::size_t place) {
    const std::string before(k_readable_before, ' ');
    const std::string behind(k_readable_behind, ' ');
    const std::string& copy = tails_.emplace_back(before + std::string(text) + '\n' + behind);
    const auto line = std::string_view(copy).substr(before.size(), text.size() + 1);
    add_chunk(file, {line, place, copy.data(), copy.data() + copy.size()}, 1, true);
  }

  /// Reads all chunks with the given readers, into the columns of the table.
  std::vector<ChunkResult> read(const std::vector<CellReader>& readers) {
    os::parallel_for(readers.size(), options_.threads, [&](std::size_t i) { make_room(i, readers[i]); });
    std::vector<ChunkResult> results(chunks_.size());
    os::parallel_for(chunks_.size(), options_.threads, [&](std::size_t i) {
      if (options_.interrupt != nullptr) {
        options_.interrupt->check();
      }
      const FileChunk& chunk = chunks_[i];
      results[i] = read_chunk(chunk.text, layout_.dialect, options_.missing, tasks_of(chunk, readers));
      progress_.add(files_[chunk.file], chunk.text.text.size());
    });
    close_gaps(readers, results);
    return results;
  }

  void make_room(std::size_t column, CellReader reader) {
    if (reader == CellReader::text) {
      table_.columns[column].codes.resize(most_rows_);
    } else if (reader != CellReader::skip) {
      table_.columns[column].numbers.resize(most_rows_);
    }
  }

  std::vector<ColumnTask> tasks_of(const FileChunk& chunk, const std::vector<CellReader>& readers) {
    std::vector<ColumnTask> tasks(readers.size());
    for (std::size_t i = 0; i < readers.size(); ++i) {
      ColumnTask& task = tasks[i];
      task.reader = readers[i];
      task.on_misfit = plans_[i].source == TypeSource::given ? OnMisfit::record : OnMisfit::stop;
      task.identifiers_are_numbers = plans_[i].source != TypeSource::inferred;
      if (task.reader == CellReader::text) {
        task.codes = table_.columns[i].codes.data() + chunk.first_row;
      } else if (task.reader != CellReader::skip) {
        task.numbers = table_.columns[i].numbers.data() + chunk.first_row;
      }
    }
    return tasks;
  }

  /// Lines of blanks were counted as rows when room was made: moves the rows behind them up.
  void close_gaps(const std::vector<CellReader>& readers, const std::vector<ChunkResult>& results) {
    ranges_.clear();
    std::size_t rows = 0;
    for (const ChunkResult& result : results) {
      ranges_.push_back({rows, rows + result.rows});
      rows += result.rows;
    }
    table_.rows = rows;
    os::parallel_for(readers.size(), options_.threads, [&](std::size_t i) {
      if (readers[i] == CellReader::text) {
        move_up(table_.columns[i].codes);
      } else if (readers[i] != CellReader::skip) {
        move_up(table_.columns[i].numbers);
      }
    });
  }
  template <typename T> void move_up(std::vector<T>& values) {
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
      const std::size_t from = chunks_[i].first_row;
      if (from != ranges_[i].begin) {
        std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(from), ranges_[i].end - ranges_[i].begin,
                    values.begin() + static_cast<std::ptrdiff_t>(ranges_[i].begin));
      }
    }
    values.resize(table_.rows);
  }

  void require_well_formed(const std::vector<ChunkResult>& results) const {
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (results[i].malformed) {
        const TextFile& file = files_[chunks_[i].file];
        fail_malformed(*results[i].malformed, plans_.size(), file.name, file.text, file.first_line);
      }
    }
  }

  /// What the lines show about the format.
  void describe(const std::vector<ChunkResult>& results) {
    std::size_t blank_lines = 0;
    for (const TextFile& file : files_) {
      blank_lines += file.blank_lines;
    }
    bool line_feed = false;
    bool carriage_return = false;
    bool both = false;
    for (const TextFile& file : files_) {
      const std::string_view header = file.text.substr(0, file.data_begin);
      const bool ends_with_feed = !header.empty() && header.back() == '\n';
      const bool is_both = ends_with_feed && header.size() > 1 && header[header.size() - 2] == '\r';
      both = both || is_both;
      line_feed = line_feed || (ends_with_feed && !is_both);
      carriage_return = carriage_return || (!header.empty() && header.back() == '\r');
    }
    for (std::size_t i = 0; i < results.size(); ++i) {
      blank_lines += results[i].blank_lines;
      table_.format.quoted = table_.format.quoted || results[i].quoted;
      missing_seen_ |= results[i].missing_seen;
      if (!chunks_[i].line_end_added) {
        line_feed = line_feed || results[i].line_feed;
        carriage_return = carriage_return || results[i].carriage_return;
        both = both || results[i].both;
      }
    }
    const int kinds = (line_feed ? 1 : 0) + (carriage_return ? 1 : 0) + (both ? 1 : 0);
    table_.format.line_ending = kinds > 1 ? "mixed" : both ? "crlf" : carriage_return ? "cr" : "lf";
    if (blank_lines > 0) {
      table_.notes.push_back(fmt::format("{} blank line{} skipped", blank_lines, blank_lines == 1 ? "" : "s"));
    }
  }

  /// Gives the columns that these readers read their final form.
  std::vector<Settled> settle(const std::vector<CellReader>& readers, std::vector<ChunkResult>& results) {
    std::vector<Settled> settled(readers.size());
    std::vector<std::uint64_t> missing_seen(readers.size());
    os::parallel_for(readers.size(), options_.threads, [&](std::size_t i) {
      if (readers[i] == CellReader::text) {
        std::vector<const TextDictionary*> dictionaries;
        for (const ChunkResult& result : results) {
          dictionaries.push_back(&result.columns[i].dictionary);
        }
        const DistinctTexts distinct = dataset::merge(dictionaries, options_.missing);
        missing_seen[i] = distinct.missing_seen;
        table_.columns[i].name = plans_[i].name;
        settled[i] = settle_texts(table_.columns[i], distinct, plans_[i], ranges_,
                                  [&](ChunkPlace place) { return name_of_place(place); });
      } else if (readers[i] != CellReader::skip) {
        settled[i] = settle_numbers(i, results);
      }
    });
    missing_seen_ = std::accumulate(missing_seen.begin(), missing_seen.end(), missing_seen_, std::bit_or<>());
    return settled;
  }

  Settled settle_numbers(std::size_t index, const std::vector<ChunkResult>& results) {
    Settled settled;
    Column& column = table_.columns[index];
    column.name = plans_[index].name;
    column.type = plans_[index].type;
    std::optional<ChunkPlace> first_beyond;
    std::size_t beyond = 0;
    for (std::size_t chunk = 0; chunk < results.size(); ++chunk) {
      const ColumnPart& part = results[chunk].columns[index];
      if (part.first_misfit && !settled.misfit && plans_[index].source != TypeSource::given) {
        settled.misfit = ChunkPlace{chunk, *part.first_misfit};
      }
      if (part.first_beyond && !first_beyond) {
        first_beyond = ChunkPlace{chunk, *part.first_beyond};
      }
      beyond += part.misfits.size();
      for (const std::uint32_t row : part.misfits) {
        column.misfits.push_back(static_cast<std::uint32_t>(ranges_[chunk].begin) + row);
      }
    }
    if (first_beyond && !settled.misfit && plans_[index].source != TypeSource::given) {
      settled.notes.push_back(
          fmt::format("column '{}': {} infinite or too large for a number (first: {}), read as missing", column.name,
                      beyond == 1 ? "1 value is" : fmt::format("{} values are", beyond), name_of_place(*first_beyond)));
    }
    return settled;
  }

  /// Readers for the columns whose guessed type did not hold; empty where there is none.
  std::vector<CellReader> misfitting(const std::vector<CellReader>& readers,
                                     const std::vector<ChunkResult>& results) {
    std::vector<CellReader> again(readers.size(), CellReader::skip);
    bool any = false;
    for (std::size_t i = 0; i < readers.size(); ++i) {
      const bool misfits = std::any_of(results.begin(), results.end(), [&](const ChunkResult& result) {
        return result.columns[i].first_misfit.has_value();
      });
      if (misfits && plans_[i].source == TypeSource::inferred) {
        again[i] = CellReader::text;
        table_.columns[i] = Column();
        any = true;
      }
    }
    return any ? again : std::vector<CellReader>();
  }

  static void merge(std::vector<Settled>& settled, std::vector<Settled> later) {
    for (std::size_t i = 0; i < settled.size(); ++i) {
      settled[i].notes.insert(settled[i].notes.end(), later[i].notes.begin(), later[i].notes.end());
    }
  }

  void finish(const std::vector<Settled>& settled) {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < settled.size(); ++i) {
      table_.notes.insert(table_.notes.end(), settled[i].notes.begin(), settled[i].notes.end());
      const bool is_error = settled[i].misfit && plans_[i].source == TypeSource::declared;
      if (is_error && (!first || *settled[i].misfit < *settled[*first].misfit)) {
        first = i;
      }
    }
    if (first) {
      fail_misfit(*first, *settled[*first].misfit);
    }
    table_.format.delimiter = layout_.dialect.delimiter;
    table_.format.blank_after_delimiter = layout_.dialect.blank_after_delimiter;
    table_.format.header = layout_.header;
    const auto& tokens = options_.missing.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (options_.missing_declared || (i < 64 && (missing_seen_ >> i & 1U) != 0)) {
        table_.format.missing.push_back(tokens[i]);
      }
    }
  }

  [[noreturn]] void fail_misfit(std::size_t column, ChunkPlace place) const {
    throw Error(ErrorCode::input, "{}: a value of column '{}' is no {}", name_of_place(place), plans_[column].name,
                name_of(plans_[column].type))
        .hint(fmt::format("correct the value; or add it to data.format.missing; or set another type for '{}' in "
                          "data.columns",
                          plans_[column].name));
  }

  [[nodiscard]] std::string name_of_place(ChunkPlace place) const {
    return place_name(files_[chunks_[place.chunk].file], place.place);
  }

  const std::vector<TextFile>& files_;
  const Layout& layout_;
  const std::vector<ColumnPlan>& plans_;
  const AssemblyOptions& options_;
  ReadingProgress progress_;
  std::deque<std::string> tails_;
  std::vector<FileChunk> chunks_;
  std::vector<RowRange> ranges_; ///< of the chunks
  std::size_t most_rows_ = 0;
  std::uint64_t missing_seen_ = 0;
  Table table_;
};

} // namespace

Table assemble_table(const std::vector<TextFile>& files, const Layout& layout, const std::vector<ColumnPlan>& plans,
                     const AssemblyOptions& options) {
  return TableAssembly(files, layout, plans, options).run();
}

} // namespace mlp::dataset
