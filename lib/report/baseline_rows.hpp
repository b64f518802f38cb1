#pragma once

#include "report/evaluation_view.hpp"

#include <string>
#include <vector>

namespace mlp::report {

/// The model beside another way to decide, by one metric: texts for a table.
struct BaselineRow {
  std::string instead; ///< "one question: tenure < 30"; empty where it is the row above's
  std::string metric;
  std::string model;
  std::string other;
  std::string better_by; ///< + is better for the model
  std::string interval;  ///< of it, or why there is none
};

/// One a compared metric of each baseline, in the document's order; empty in one of an earlier version.
[[nodiscard]] std::vector<BaselineRow> baseline_rows(const EvaluationView& view);

/// The same as a table for a terminal; empty where nothing was compared.
[[nodiscard]] std::string baseline_table(const EvaluationView& view);

/// "95% interval": by the level at which the document's intervals were made.
[[nodiscard]] std::string interval_header(const EvaluationView& view);

} // namespace mlp::report
