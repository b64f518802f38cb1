#pragma once

#include "dataset/column_plan.hpp"
#include "dataset/column_settle.hpp"
#include "parquet/parquet.hpp"

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

namespace mlp::dataset {

/// A column to be read from Parquet files that hold values of this kind.
struct ParquetPlan {
  ColumnPlan plan;
  parquet::Kind kind = parquet::Kind::number;
};

/// Columns of a table on their way from the batches of Parquet files, which come in the order of their rows.
class ParquetColumns {
public:
  /// `missing` must outlive it.
  ParquetColumns(const std::vector<ParquetPlan>& plans, const MissingTokens& missing, unsigned threads);

  /// Takes a batch of these columns. `name`: of the file, which must outlive this; `first_row`: of the batch
  /// in it. throws Error{input} for text that is no UTF-8
  void add(const parquet::Batch& batch, const std::string& name, std::size_t first_row);
  /// Finishes the columns: take_column() gives them from then on.
  [[nodiscard]] std::vector<Settled> settle();
  [[nodiscard]] Column take_column(std::size_t i) { return std::move(columns_[i].column); }
  [[nodiscard]] std::size_t rows() const { return ranges_.empty() ? 0 : ranges_.back().end; }
  /// "data.parquet, row 7"
  [[nodiscard]] std::string name_place(ChunkPlace place) const;

private:
  struct Gathered {
    ColumnPlan plan;
    bool as_numbers = false; ///< else as texts
    Column column;
    std::deque<ColumnPart> parts; ///< one a batch; its dictionary must not move, which would copy its texts
  };
  struct BatchPlace {
    const std::string* name = nullptr;
    std::size_t first_row = 0;
  };
  void add_numbers(Gathered& to, const parquet::Batch& batch, std::size_t index) const;
  void add_texts(Gathered& to, const parquet::Batch& batch, std::size_t index) const;
  [[nodiscard]] Settled settle(Gathered& gathered) const;

  const MissingTokens& missing_;
  std::vector<double> missing_numbers_;
  unsigned threads_;
  std::vector<Gathered> columns_;
  std::vector<RowRange> ranges_; ///< of the batches
  std::vector<BatchPlace> places_;
};

} // namespace mlp::dataset
