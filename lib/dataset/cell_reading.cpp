#include "dataset/cell_reading.hpp"

#include "os/memory.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <mutex>

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
      done_ += bytes;
      progress_->show("reading " + file.name, done_, total_, "B", "");
    }
  }

private:
  Progress* progress_;
  std::mutex guard_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

template <typename T> void make_room(std::vector<T>& values, std::size_t rows) {
  if (values.capacity() < rows) {
    std::vector<T>().swap(values); // nothing of it is to be copied
    values.reserve(rows);
    os::prefer_huge_pages(values.data(), rows * sizeof(T));
  }
  values.resize(rows);
}

/// Moves the rows of each chunk to where they belong.
template <typename T>
void move_up(std::vector<T>& values, const std::vector<FileChunk>& chunks,
             const std::vector<RowRange>& ranges, std::size_t rows) {
  if (values.empty()) {
    return;
  }
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const std::size_t from = chunks[i].first_row;
    if (from != ranges[i].begin) {
      std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(from), ranges[i].end - ranges[i].begin,
                  values.begin() + static_cast<std::ptrdiff_t>(ranges[i].begin));
    }
  }
  values.resize(rows);
}

} // namespace

CellReading::CellReading(const std::vector<TextFile>& files, const Layout& layout,
                         const std::vector<ColumnPlan>& plans, const AssemblyOptions& options)
    : files_(files), layout_(layout), plans_(plans), options_(options),
      chunks_(files, plans.size(), options.chunk_bytes, options.threads, options.more_follows) {}

void CellReading::read(const std::vector<CellReader>& readers, std::vector<RawColumn> room) {
  columns_ = std::move(room);
  columns_.resize(readers.size());
  os::parallel_for(readers.size(), options_.threads,
                   [&](std::size_t i) { make_room_for(columns_[i], readers[i]); });
  results_.assign(chunks_.all().size(), {});
  ReadingProgress progress(options_.progress, files_);
  os::parallel_for(results_.size(), options_.threads, [&](std::size_t i) {
    if (options_.interrupt != nullptr) {
      options_.interrupt->check();
    }
    const FileChunk& chunk = chunks_.all()[i];
    results_[i] = read_chunk(chunk.text, layout_.dialect, options_.missing, tasks_of(chunk, readers));
    progress.add(files_[chunk.file], chunk.text.text.size());
  });
  require_well_formed();
  close_gaps();
}

void CellReading::make_room_for(RawColumn& column, CellReader reader) const {
  const bool is_text = reader == CellReader::text;
  make_room(column.codes, is_text ? chunks_.most_rows() : 0);
  make_room(column.numbers, is_text || reader == CellReader::skip ? 0 : chunks_.most_rows());
}

std::vector<ColumnTask> CellReading::tasks_of(const FileChunk& chunk,
                                              const std::vector<CellReader>& readers) {
  std::vector<ColumnTask> tasks(readers.size());
  for (std::size_t i = 0; i < readers.size(); ++i) {
    ColumnTask& task = tasks[i];
    task.reader = readers[i];
    task.on_misfit = plans_[i].source == TypeSource::given ? OnMisfit::record : OnMisfit::stop;
    task.identifiers_are_numbers = plans_[i].source != TypeSource::inferred;
    task.style = plans_[i].style;
    if (task.reader == CellReader::text) {
      task.codes = columns_[i].codes.data() + chunk.first_row;
    } else if (task.reader != CellReader::skip) {
      task.numbers = columns_[i].numbers.data() + chunk.first_row;
    }
  }
  return tasks;
}

void CellReading::require_well_formed() const {
  for (std::size_t i = 0; i < results_.size(); ++i) {
    if (results_[i].malformed) {
      const TextFile& file = files_[chunks_.all()[i].file];
      fail_malformed(*results_[i].malformed, plans_.size(), file.name, file.text, file.first_line);
    }
  }
}

/// Lines of blanks were counted as rows when room was made: moves the rows behind them up.
void CellReading::close_gaps() {
  ranges_.clear();
  rows_ = 0;
  for (const ChunkResult& result : results_) {
    ranges_.push_back({rows_, rows_ + result.rows});
    rows_ += result.rows;
  }
  os::parallel_for(columns_.size(), options_.threads, [&](std::size_t i) {
    move_up(columns_[i].codes, chunks_.all(), ranges_, rows_);
    move_up(columns_[i].numbers, chunks_.all(), ranges_, rows_);
  });
}

std::string CellReading::name_of(ChunkPlace place) const {
  return place_name(files_[chunks_.all()[place.chunk].file], place.place);
}

void CellReading::describe(LineFacts& facts) const {
  for (const TextFile& file : files_) {
    facts.add(file);
  }
  for (std::size_t i = 0; i < results_.size(); ++i) {
    facts.add(results_[i], chunks_.all()[i].line_end_added);
  }
}

} // namespace mlp::dataset
