#pragma once

#include "report/evaluation_view.hpp"

#include <string>
#include <vector>

namespace mlp::report {

/// A slice in which the model is worse than elsewhere, as rows that were not searched confirm: texts.
struct WeakSliceRow {
  std::string slice;
  std::string n;
  std::string loss;
  std::string more; ///< than in the other rows
  std::string q;
};

/// The confirmed ones, the most striking first.
[[nodiscard]] std::vector<WeakSliceRow> weak_slice_rows(const EvaluationView& view);
/// "Of 120 slices that were searched, 2 are …": what the table says; why where nothing was searched.
[[nodiscard]] std::string weak_slice_summary(const EvaluationView& view);
/// Both for a terminal; empty of a document that has none.
[[nodiscard]] std::string weak_slice_table(const EvaluationView& view);

} // namespace mlp::report
