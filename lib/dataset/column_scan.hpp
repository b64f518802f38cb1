#pragma once

#include "dataset/cell_reading.hpp"
#include "dataset/column_facts.hpp"
#include "dataset/distribution.hpp"
#include "dataset/number_scan.hpp"
#include "dataset/text_scan.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// The values of every n-th row of those that looked_at_step tells, as the rows go by.
template <typename Value> class RowSample {
public:
  /// The next row whose value is to be added.
  [[nodiscard]] std::uint64_t next() const { return values_.size() * step_; }
  void add(Value value) {
    values_.push_back(std::move(value));
    if (looked_at_step(next()) > step_) {
      for (std::size_t i = 0; 2 * i < values_.size(); ++i) {
        values_[i] = std::move(values_[2 * i]);
      }
      values_.resize((values_.size() + 1) / 2);
      step_ *= 2;
    }
  }
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }

private:
  std::vector<Value> values_;
  std::uint64_t step_ = 1;
};

/// One column of a table that goes by: what its profile, its findings and its type need of the values, as one
/// reader reads them.
class ColumnScan {
public:
  ColumnScan(ColumnPlan plan, const MissingTokens& missing);

  /// Takes column i of a piece. Chunks are counted from `chunks_before`, rows from `rows_before`.
  void add(const CellReading& piece, std::size_t i, std::size_t chunks_before, std::uint64_t rows_before);

  /// The place of the first value that is not of the type; empty where there is none. From there on the
  /// column need not be read.
  [[nodiscard]] const std::string& misfit() const { return misfit_; }
  [[nodiscard]] ChunkPlace misfit_place() const { return misfit_place_; }
  /// As what the column is to be read again from the beginning; nothing where it is as it will be.
  [[nodiscard]] std::optional<ColumnPlan> better_plan() const;
  [[nodiscard]] CellReader reader() const { return reader_; }
  [[nodiscard]] const ColumnPlan& plan() const { return plan_; }
  [[nodiscard]] std::uint64_t missing_seen() const { return texts_.missing_seen(); }
  /// Of the values of all rows in order: two columns whose hashes differ are not the same.
  [[nodiscard]] std::uint64_t hash() const;

  /// The column's profile and facts, after the last piece; notes are appended. `rows`: of the table;
  /// `personal`: what a person declared.
  ColumnFacts describe(ColumnProfile& profile, std::uint64_t rows, std::optional<bool> personal,
                       std::vector<std::string>& notes);
  /// How its values are distributed, after describe() set `profile`.
  [[nodiscard]] Distribution distribution(const ColumnProfile& profile) const;

private:
  void add_numbers(const CellReading& piece, std::size_t i, std::size_t chunks_before,
                   std::uint64_t rows_before);
  void add_texts(const CellReading& piece, std::size_t i, std::size_t chunks_before,
                 std::uint64_t rows_before);
  template <typename Bits> void hash_rows(std::uint64_t first, std::size_t rows, const Bits& bits_of_row);
  void settle_words(Column& shown, std::vector<std::string>& notes) const;
  /// The values that are looked at one by one, as a column like `shown`.
  [[nodiscard]] Column sample_of(const Column& shown) const;

  ColumnPlan plan_;
  CellReader reader_;
  const MissingTokens* missing_;
  NumberScan numbers_;
  TextScan texts_;
  std::string misfit_; ///< place
  ChunkPlace misfit_place_;
  std::string beyond_;      ///< place of the first number that no double holds
  std::size_t misfits_ = 0; ///< rows whose value is missing because it did not fit
  std::uint64_t first_misfit_ = 0;
  bool whole_ = true;                     ///< all numbers
  bool thousandths_ = true;               ///< all numbers are in_thousandths; looked at where the plan asks
  std::array<std::uint64_t, 4> hashes_{}; ///< of every fourth row, from the first to the fourth on
  RowSample<double> sampled_numbers_;
  RowSample<std::string> sampled_texts_;
};

} // namespace mlp::dataset
