#include "dataset/csv_assembly.hpp"

#include "base/error.hpp"
#include "dataset/column_settle.hpp"
#include "dataset/csv_chunks.hpp"
#include "os/memory.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <functional>
#include <mutex>
#include <numeric>
#include <utility>

namespace mlp::dataset {
namespace {

/// Says how far the reading is, from any thread.
class ReadingProgress {
public:
  ReadingProgress(Progress* progress, const std::vector<TextFile>& files) : progress_(progress) {
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
      done_ = std::min(total_, done_ + bytes); // columns that are read again do not count twice
      progress_->show("reading " + file.name, done_, total_, "B", "");
    }
  }

private:
  Progress* progress_;
  std::mutex guard_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

CellReader reader_of(const ColumnPlan& plan) {
  return plan.type == ColumnType::number     ? CellReader::number
         : plan.type == ColumnType::datetime ? CellReader::datetime
                                             : CellReader::text;
}

class TableAssembly {
public:
  TableAssembly(const std::vector<TextFile>& files, const Layout& layout,
                const std::vector<ColumnPlan>& plans, const AssemblyOptions& options)
      : files_(files), layout_(layout), plans_(plans), options_(options),
        chunks_(files, plans.size(), options.chunk_bytes, options.threads),
        progress_(options.progress, files) {}

  Table run() {
    table_.columns.resize(plans_.size());
    std::vector<CellReader> readers;
    readers.reserve(plans_.size());
    std::transform(plans_.begin(), plans_.end(), std::back_inserter(readers), reader_of);
    std::vector<ChunkResult> results = read(readers);
    require_well_formed(results);
    describe(results);
    std::vector<Settled> settled = settle(readers, results);
    require_declared_types(settled);
    if (const auto again = readers_again(settled); !again.empty()) {
      results = read(again);
      const std::vector<Settled> later = settle(again, results);
      for (std::size_t i = 0; i < settled.size(); ++i) {
        settled[i].notes.insert(settled[i].notes.end(), later[i].notes.begin(), later[i].notes.end());
      }
    }
    for (const Settled& each : settled) {
      table_.notes.insert(table_.notes.end(), each.notes.begin(), each.notes.end());
    }
    name_missing_tokens();
    return std::move(table_);
  }

private:
  /// Reads all chunks with the given readers, into the columns of the table.
  std::vector<ChunkResult> read(const std::vector<CellReader>& readers) {
    os::parallel_for(readers.size(), options_.threads, [&](std::size_t i) { make_room_for(i, readers[i]); });
    std::vector<ChunkResult> results(chunks_.all().size());
    os::parallel_for(results.size(), options_.threads, [&](std::size_t i) {
      if (options_.interrupt != nullptr) {
        options_.interrupt->check();
      }
      const FileChunk& chunk = chunks_.all()[i];
      results[i] = read_chunk(chunk.text, layout_.dialect, options_.missing, tasks_of(chunk, readers));
      progress_.add(files_[chunk.file], chunk.text.text.size());
    });
    close_gaps(readers, results);
    return results;
  }

  void make_room_for(std::size_t column, CellReader reader) {
    if (reader == CellReader::text) {
      make_room(table_.columns[column].codes);
    } else if (reader != CellReader::skip) {
      make_room(table_.columns[column].numbers);
    }
  }
  template <typename T> void make_room(std::vector<T>& values) {
    values.reserve(chunks_.most_rows());
    os::prefer_huge_pages(values.data(), chunks_.most_rows() * sizeof(T));
    values.resize(chunks_.most_rows());
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
    table_.rows = 0;
    for (const ChunkResult& result : results) {
      ranges_.push_back({table_.rows, table_.rows + result.rows});
      table_.rows += result.rows;
    }
    os::parallel_for(readers.size(), options_.threads, [&](std::size_t i) {
      if (readers[i] == CellReader::text) {
        move_up(table_.columns[i].codes);
      } else if (readers[i] != CellReader::skip) {
        move_up(table_.columns[i].numbers);
      }
    });
  }
  template <typename T> void move_up(std::vector<T>& values) {
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      const std::size_t from = chunks_.all()[i].first_row;
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
        const TextFile& file = files_[chunks_.all()[i].file];
        fail_malformed(*results[i].malformed, plans_.size(), file.name, file.text, file.first_line);
      }
    }
  }

  void describe(const std::vector<ChunkResult>& results) {
    const LineFacts facts = line_facts(files_, chunks_, results);
    table_.format.delimiter = layout_.dialect.delimiter;
    table_.format.blank_after_delimiter = layout_.dialect.blank_after_delimiter;
    table_.format.header = layout_.header;
    table_.format.quoted = facts.quoted;
    table_.format.line_ending = facts.line_ending;
    if (facts.blank_lines > 0) {
      table_.notes.push_back(
          fmt::format("{} blank line{} skipped", facts.blank_lines, facts.blank_lines == 1 ? "" : "s"));
    }
    for (const ChunkResult& result : results) {
      missing_seen_ |= result.missing_seen;
    }
  }

  /// Gives the columns that these readers read their final form.
  std::vector<Settled> settle(const std::vector<CellReader>& readers,
                              const std::vector<ChunkResult>& results) {
    std::vector<Settled> settled(readers.size());
    std::vector<std::uint64_t> missing_seen(readers.size());
    os::parallel_for(readers.size(), options_.threads, [&](std::size_t i) {
      if (readers[i] != CellReader::skip) {
        settled[i] = settle_column(i, readers[i], results, missing_seen[i]);
      }
    });
    missing_seen_ = std::accumulate(missing_seen.begin(), missing_seen.end(), missing_seen_, std::bit_or<>());
    return settled;
  }

  Settled settle_column(std::size_t i, CellReader reader, const std::vector<ChunkResult>& results,
                        std::uint64_t& missing_seen) {
    const auto name_place = [&](ChunkPlace place) {
      return place_name(files_[chunks_.all()[place.chunk].file], place.place);
    };
    Column& column = table_.columns[i];
    column.name = plans_[i].name;
    if (reader != CellReader::text) {
      std::vector<const ColumnPart*> parts;
      parts.reserve(results.size());
      for (const ChunkResult& result : results) {
        parts.push_back(&result.columns[i]);
      }
      return settle_numbers(column, parts, plans_[i], ranges_, name_place);
    }
    std::vector<const TextDictionary*> dictionaries;
    dictionaries.reserve(results.size());
    for (const ChunkResult& result : results) {
      dictionaries.push_back(&result.columns[i].dictionary);
    }
    const DistinctTexts distinct = merge(dictionaries, options_.missing);
    missing_seen = distinct.missing_seen;
    return settle_texts(column, distinct, plans_[i], ranges_, name_place);
  }

  void require_declared_types(const std::vector<Settled>& settled) const {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < settled.size(); ++i) {
      const bool is_error = settled[i].misfit && plans_[i].source == TypeSource::declared;
      if (is_error && (!first || *settled[i].misfit < *settled[*first].misfit)) {
        first = i;
      }
    }
    if (!first) {
      return;
    }
    const ChunkPlace place = *settled[*first].misfit;
    const std::string& name = plans_[*first].name;
    throw Error(ErrorCode::input, "{}: a value of column '{}' is no {}",
                place_name(files_[chunks_.all()[place.chunk].file], place.place), name,
                name_of(plans_[*first].type))
        .hint(
            fmt::format("correct the value; or name it in data.format.missing; or give '{}' another type in "
                        "data.columns",
                        name));
  }

  /// Readers for the columns whose guessed type did not hold, which are emptied; nothing where there is none.
  std::vector<CellReader> readers_again(const std::vector<Settled>& settled) {
    std::vector<CellReader> again(settled.size(), CellReader::skip);
    bool any = false;
    for (std::size_t i = 0; i < settled.size(); ++i) {
      if (settled[i].misfit && plans_[i].source == TypeSource::inferred) {
        again[i] = CellReader::text;
        table_.columns[i] = Column();
        any = true;
      }
    }
    return any ? again : std::vector<CellReader>();
  }

  void name_missing_tokens() {
    const auto& tokens = options_.missing.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (options_.missing_declared || (i < 64 && (missing_seen_ >> i & 1U) != 0)) {
        table_.format.missing.push_back(tokens[i]);
      }
    }
  }

  const std::vector<TextFile>& files_;
  const Layout& layout_;
  const std::vector<ColumnPlan>& plans_;
  const AssemblyOptions& options_;
  FileChunks chunks_;
  ReadingProgress progress_;
  std::vector<RowRange> ranges_; ///< of the chunks
  std::uint64_t missing_seen_ = 0;
  Table table_;
};

} // namespace

Table assemble_table(const std::vector<TextFile>& files, const Layout& layout,
                     const std::vector<ColumnPlan>& plans, const AssemblyOptions& options) {
  return TableAssembly(files, layout, plans, options).run();
}

} // namespace mlp::dataset
