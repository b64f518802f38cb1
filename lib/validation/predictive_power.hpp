#pragma once

#include "dataset/table.hpp"
#include "validation/subject.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace mlp::validation {

/// How much one column alone says about the labels, on rows that it was not fitted on.
///
/// The column is cut into cells: up to 256 of equally many rows where it is a number or datetime, else one a
/// value (the 4,095 most frequent; the others share one); missing values are a cell of their own.
///
///   binary      the higher of two ROC AUC: that of the column's own order (either way; numbers and datetimes
///               only), and that of the positive share of a row's cell in the other four fifths of the rows
///   multiclass  the share of Brier's score that the class shares of a row's cell, in the other four fifths,
///               save against the class shares of all rows (1 − BS / BS of guessing; R² for classes)
///   regression, ranking (of the grade)
///               R² of the mean of a row's cell in the other four fifths
///
/// rows     [n] of the column and of `labels`, all labelled; fold = a hash of the row's number
/// returns  1 = the column tells all; AUC 0.5, R² and Brier's share 0 or below = nothing
[[nodiscard]] double predictive_power(const dataset::Column& column, const LabelView& labels,
                                      std::span<const std::uint32_t> rows);

/// ROC AUC of scores that rows share: `cells` of (score, negative rows, positive rows); ties count one half.
/// 0.5 where a class has no rows.
struct ScoredCell {
  double score = 0.0;
  double negative = 0.0;
  double positive = 0.0;
};
[[nodiscard]] double auc_of(std::vector<ScoredCell> cells);

} // namespace mlp::validation
