#include "validation/predictive_power.hpp"

#include "base/random.hpp"
#include "dataset/sorted_numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace mlp::validation {
namespace {

constexpr std::size_t k_folds = 5;
constexpr std::size_t k_number_cells = 256;
constexpr std::size_t k_category_cells = 4096;
constexpr std::size_t k_rows_a_cell = 20; // of a cell that is to predict the rows of a fold
constexpr std::uint64_t k_fold_stream = 0x666f6c64;

/// The cell of each row; 0 = missing. Cells of numbers follow the order of the values.
struct Cells {
  std::vector<std::uint32_t> of;
  std::size_t count = 1;
};

Cells cells_of_numbers(const dataset::Column& column, std::span<const std::uint32_t> rows) {
  std::vector<double> sorted;
  for (const std::uint32_t row : rows) {
    if (!column.missing(row)) {
      sorted.push_back(column.numbers[row]);
    }
  }
  dataset::sort_numbers(sorted);
  std::vector<double> ends; // the last value of each cell but the last
  for (std::size_t cell = 1; cell < k_number_cells && !sorted.empty(); ++cell) {
    const double end = sorted[(sorted.size() * cell - 1) / k_number_cells];
    if (end < sorted.back() && (ends.empty() || end > ends.back())) {
      ends.push_back(end);
    }
  }
  Cells cells;
  cells.count = ends.size() + 2;
  for (const std::uint32_t row : rows) {
    const auto above = std::lower_bound(ends.begin(), ends.end(), column.numbers[row]);
    cells.of.push_back(column.missing(row) ? 0U : static_cast<std::uint32_t>(above - ends.begin()) + 1U);
  }
  return cells;
}

Cells cells_of_categories(const dataset::Column& column, std::span<const std::uint32_t> rows) {
  std::vector<std::uint32_t> counts(column.categories.size());
  for (const std::uint32_t row : rows) {
    if (!column.missing(row)) {
      ++counts[static_cast<std::size_t>(column.codes[row])];
    }
  }
  std::vector<std::uint32_t> order(counts.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return counts[a] > counts[b]; });
  std::vector<std::uint32_t> cell_of(counts.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    cell_of[order[i]] = static_cast<std::uint32_t>(std::min(i + 1, k_category_cells));
  }
  Cells cells;
  cells.count = std::min(counts.size(), k_category_cells) + 1;
  for (const std::uint32_t row : rows) {
    cells.of.push_back(column.missing(row) ? 0U : cell_of[static_cast<std::size_t>(column.codes[row])]);
  }
  return cells;
}

/// Neighbouring cells of numbers become one until each has rows enough to predict from.
void merge_cells(Cells& cells, std::size_t rows) {
  const std::size_t wanted = std::clamp<std::size_t>(rows / k_rows_a_cell, 2, k_number_cells);
  const std::size_t step = (cells.count - 1 + wanted - 1) / wanted;
  for (std::uint32_t& cell : cells.of) {
    cell = cell == 0 ? 0U : static_cast<std::uint32_t>((cell - 1) / step + 1);
  }
  cells.count = (cells.count - 1 + step - 1) / step + 1;
}

/// Sums of `width` terms a row, in each cell and fold.
class FoldSums {
public:
  FoldSums(const Cells& cells, std::size_t width)
      : width_(width), sums_(cells.count * k_folds * width), rows_(cells.count * k_folds),
        cell_sums_(cells.count * width), cell_rows_(cells.count), cells_(cells.count) {}

  void add(std::size_t cell, std::size_t fold, std::size_t term, double value) {
    sums_[(cell * k_folds + fold) * width_ + term] += value;
    cell_sums_[cell * width_ + term] += value;
  }
  void count(std::size_t cell, std::size_t fold) {
    rows_[cell * k_folds + fold] += 1;
    cell_rows_[cell] += 1;
  }
  [[nodiscard]] std::size_t cells() const { return cells_; }
  [[nodiscard]] double rows(std::size_t cell, std::size_t fold) const { return rows_[cell * k_folds + fold]; }
  [[nodiscard]] double sum(std::size_t cell, std::size_t fold, std::size_t term) const {
    return sums_[(cell * k_folds + fold) * width_ + term];
  }
  /// The mean of the cell's rows in the other folds, with one row of `prior` among them. The prior is the
  /// same for all folds: one that lacks the fold itself would tell its labels.
  [[nodiscard]] double others(std::size_t cell, std::size_t fold, std::size_t term, double prior) const {
    return (cell_sums_[cell * width_ + term] - sum(cell, fold, term) + prior) /
           (cell_rows_[cell] - rows(cell, fold) + 1);
  }

private:
  std::size_t width_;
  std::vector<double> sums_, rows_, cell_sums_, cell_rows_;
  std::size_t cells_;
};

std::size_t fold_of(std::uint32_t row) { return random_below(k_folds, k_seed, k_fold_stream, row); }

FoldSums class_sums(const Cells& cells, const LabelView& labels, std::span<const std::uint32_t> rows) {
  FoldSums sums(cells, labels.class_count());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t fold = fold_of(rows[i]);
    sums.count(cells.of[i], fold);
    sums.add(cells.of[i], fold, static_cast<std::size_t>(labels.values[rows[i]]), 1);
  }
  return sums;
}

std::vector<double> class_shares(const LabelView& labels, std::span<const std::uint32_t> rows) {
  std::vector<double> shares(labels.class_count());
  for (const std::uint32_t row : rows) {
    shares[static_cast<std::size_t>(labels.values[row])] += 1 / static_cast<double>(rows.size());
  }
  return shares;
}

/// The AUC of the cells' own order, whichever way is better.
double auc_of_order(const Cells& cells, const LabelView& labels, std::span<const std::uint32_t> rows) {
  std::vector<ScoredCell> scored(cells.count);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ScoredCell& cell = scored[cells.of[i]];
    cell.score = static_cast<double>(cells.of[i]);
    (labels.values[rows[i]] > 0 ? cell.positive : cell.negative) += 1;
  }
  const double auc = auc_of(std::move(scored));
  return std::max(auc, 1 - auc);
}

double auc_out_of_fold(const FoldSums& sums, double positive_share) {
  std::vector<ScoredCell> scored;
  for (std::size_t cell = 0; cell < sums.cells(); ++cell) {
    for (std::size_t fold = 0; fold < k_folds; ++fold) {
      if (sums.rows(cell, fold) > 0) {
        scored.push_back(
            {sums.others(cell, fold, 1, positive_share), sums.sum(cell, fold, 0), sums.sum(cell, fold, 1)});
      }
    }
  }
  return auc_of(std::move(scored));
}

double brier_share(const FoldSums& sums, const std::vector<double>& shares, std::size_t n) {
  double score = 0;
  for (std::size_t cell = 0; cell < sums.cells(); ++cell) {
    for (std::size_t fold = 0; fold < k_folds; ++fold) {
      const double rows = sums.rows(cell, fold);
      for (std::size_t k = 0; rows > 0 && k < shares.size(); ++k) {
        const double p = sums.others(cell, fold, k, shares[k]);
        const double hits = sums.sum(cell, fold, k);
        score += rows * p * p - 2 * p * hits + hits;
      }
    }
  }
  const double guessing =
      static_cast<double>(n) *
      (1 - std::inner_product(shares.begin(), shares.end(), shares.begin(), 0.0)); // Σ q(1 − q)
  return guessing > 0 ? 1 - score / guessing : 0;
}

double r_squared(const Cells& cells, const LabelView& labels, std::span<const std::uint32_t> rows) {
  double mean = 0;
  for (const std::uint32_t row : rows) {
    mean += labels.values[row] / static_cast<double>(rows.size());
  }
  FoldSums sums(cells, 2);
  double total = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double centred = labels.values[rows[i]] - mean;
    const std::size_t fold = fold_of(rows[i]);
    sums.count(cells.of[i], fold);
    sums.add(cells.of[i], fold, 0, centred);
    sums.add(cells.of[i], fold, 1, centred * centred);
    total += centred * centred;
  }
  double left = 0;
  for (std::size_t cell = 0; cell < sums.cells(); ++cell) {
    for (std::size_t fold = 0; fold < k_folds; ++fold) {
      const double p = sums.others(cell, fold, 0, 0);
      left += sums.sum(cell, fold, 1) - 2 * p * sums.sum(cell, fold, 0) + p * p * sums.rows(cell, fold);
    }
  }
  return total > 0 ? 1 - left / total : 0;
}

} // namespace

double auc_of(std::vector<ScoredCell> cells) {
  std::sort(cells.begin(), cells.end(),
            [](const ScoredCell& a, const ScoredCell& b) { return a.score < b.score; });
  double negative = 0;
  double positive = 0;
  double won = 0;
  for (std::size_t i = 0; i < cells.size();) {
    double tied_negative = 0;
    double tied_positive = 0;
    for (const double score = cells[i].score; i < cells.size() && cells[i].score == score; ++i) {
      tied_negative += cells[i].negative;
      tied_positive += cells[i].positive;
    }
    won += tied_positive * (negative + tied_negative / 2);
    negative += tied_negative;
    positive += tied_positive;
  }
  return negative > 0 && positive > 0 ? won / (negative * positive) : 0.5;
}

double predictive_power(const dataset::Column& column, const LabelView& labels,
                        std::span<const std::uint32_t> rows) {
  const bool ordered = column.is_numeric() && column.type != dataset::ColumnType::boolean;
  Cells cells = column.is_numeric() ? cells_of_numbers(column, rows) : cells_of_categories(column, rows);
  double by_order = 0;
  if (ordered && labels.task == Task::binary) {
    by_order = auc_of_order(cells, labels, rows);
  }
  if (ordered) {
    merge_cells(cells, rows.size());
  }
  if (!has_classes(labels.task)) {
    return r_squared(cells, labels, rows);
  }
  const std::vector<double> shares = class_shares(labels, rows);
  const FoldSums sums = class_sums(cells, labels, rows);
  return labels.task == Task::binary ? std::max(by_order, auc_out_of_fold(sums, shares[1]))
                                     : brier_share(sums, shares, rows.size());
}

} // namespace mlp::validation
