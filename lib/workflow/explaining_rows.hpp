#pragma once

#include "model/row_explanation.hpp"
#include "workflow/explaining.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

/// Why the model says what it says of one row.
struct ExplainRowResult {
  std::string name;
  ContentId model;
  ContentId dataset;
  std::string dataset_name;
  std::int64_t row = 0;
  bool is_trained_on = false;       ///< or on a row that is the same
  model::Artifact artifact;         ///< its booster left empty
  std::vector<std::string> values;  ///< [features] as written; "" = missing; of personal ones no value
  std::string prediction;           ///< the class's own text; of a regression the number
  std::optional<std::string> label; ///< absent where the data have none
  model::RowExplanation explanation;
  std::vector<model::Change> changes; ///< the nearest one first
};

/// throws Error{not_found} where there is no such row; Error{input} where columns are missing or do not fit
[[nodiscard]] ExplainRowResult explain_row(Workspace& workspace, const ExplainRequest& request);
[[nodiscard]] Json to_json(const ExplainRowResult& result);

} // namespace mlp::workflow
