#include "dataset/table_scan.hpp"

#include "dataset/checks.hpp"
#include "dataset/column_findings.hpp"
#include "dataset/column_scan.hpp"
#include "dataset/parquet_table.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <utility>

namespace mlp::dataset {
namespace {

class TableScanner {
public:
  TableScanner(const std::vector<Source>& sources, const ReadOptions& options, std::size_t piece_bytes,
               TableObserver* observer)
      : options_(options), pieces_(sources, options, piece_bytes), observer_(observer) {}

  TableScan run() {
    pass();
    for (bool again = plan_again(); again; again = plan_again()) {
      pass();
    }
    pieces_.require_unchanged();
    return describe();
  }

private:
  /// Reads all files once, for the columns that are still to be read; for an observer, all columns.
  void pass() {
    if (observer_ != nullptr) {
      observer_->begin();
    }
    pieces_.pass([&] { return readers(); }, [&](const TablePiece& piece) { take(piece); });
    set_columns(); // where there was no piece
  }

  void set_columns() {
    if (columns_.empty()) {
      columns_.reserve(pieces_.plans().size());
      for (const ColumnPlan& plan : pieces_.plans()) {
        columns_.emplace_back(plan, pieces_.missing());
        open_.push_back(true);
      }
    }
  }

  [[nodiscard]] bool is_misled() const {
    return std::any_of(columns_.begin(), columns_.end(),
                       [](const ColumnScan& column) { return !column.misfit().empty(); });
  }

  std::vector<CellReader> readers() {
    set_columns();
    const bool all = observer_ != nullptr && !is_misled();
    std::vector<CellReader> readers(columns_.size(), CellReader::skip);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (all || (open_[i] && columns_[i].misfit().empty())) {
        readers[i] = columns_[i].reader();
      }
    }
    return readers;
  }

  void take(const TablePiece& piece) {
    os::parallel_for(columns_.size(), options_.threads, [&](std::size_t i) {
      if (open_[i] && piece.readers[i] != CellReader::skip) {
        columns_[i].add(piece.cells, i, piece.chunks_before, piece.rows_before);
      }
    });
    require_declared_types();
    if (observer_ != nullptr && !is_misled()) {
      observer_->take(piece, pieces_.plans());
    }
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
        pieces_.plans()[i] = *plan;
        columns_[i] = ColumnScan(*plan, pieces_.missing());
        any = true;
      }
    }
    return any;
  }

  TableScan describe() {
    TableScan scan;
    const std::uint64_t rows = pieces_.rows();
    scan.notes = pieces_.layout_notes();
    scan.profile.rows = static_cast<std::int64_t>(rows);
    scan.profile.columns.resize(columns_.size());
    scan.facts.resize(columns_.size());
    std::vector<std::vector<std::string>> notes(columns_.size());
    std::vector<Distribution> distributions(observer_ != nullptr ? columns_.size() : 0);
    os::parallel_for(columns_.size(), options_.threads, [&](std::size_t i) {
      const auto said = options_.personal.find(columns_[i].plan().name);
      ColumnProfile& profile = scan.profile.columns[i];
      scan.facts[i] = columns_[i].describe(
          profile, rows, said == options_.personal.end() ? std::nullopt : std::optional(said->second),
          notes[i]);
      if (observer_ != nullptr) {
        distributions[i] = columns_[i].distribution(profile);
      }
    });
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      scan.notes.insert(scan.notes.end(), notes[i].begin(), notes[i].end());
    }
    scan.notes.insert(scan.notes.end(), pieces_.storage_notes().begin(), pieces_.storage_notes().end());
    if (observer_ != nullptr) {
      observer_->end(std::move(distributions));
      return scan;
    }
    scan.checks = check_table(scan.profile, scan.facts, [&](std::size_t earlier, std::size_t later) {
      return columns_[earlier].hash() == columns_[later].hash();
    });
    scan.format = pieces_.format(missing_seen_);
    return scan;
  }

  const ReadOptions& options_;
  TablePieces pieces_;
  TableObserver* observer_;
  std::vector<ColumnScan> columns_;
  std::vector<bool> open_; ///< [columns] to be read in this pass
  std::uint64_t missing_seen_ = 0;
};

} // namespace

TableScan scan_pieces(const std::vector<Source>& sources, const ReadOptions& options,
                      std::size_t piece_bytes) {
  ReadOptions inferring = options;
  inferring.types.clear();
  return TableScanner(sources, inferring, piece_bytes, nullptr).run();
}

TableScan scan_observed(const std::vector<Source>& sources, const ReadOptions& options,
                        TableObserver& observer, std::size_t piece_bytes) {
  return TableScanner(sources, options, piece_bytes, &observer).run();
}

TableScan scan_table(const std::vector<Source>& sources, const ReadOptions& options) {
  if (std::any_of(sources.begin(), sources.end(), is_parquet_file)) {
    return scan_of(read_table(sources, options), options.threads);
  }
  return scan_pieces(sources, options, k_scan_piece_bytes);
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
