#pragma once

#include "model/explanation.hpp"
#include "model/row_explanation.hpp"
#include "workflow/scoring.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

struct ExplainRequest {
  std::string model;               ///< REF; empty = the newest
  std::string data;                ///< path or REF; empty = the model's own
  std::optional<std::int64_t> row; ///< 1 = the first data row; absent = the model as a whole
};

/// What a model has learned, measured on its test part or on other labelled data.
struct ExplainModelResult {
  std::string name;
  ContentId model;
  ContentId dataset;
  std::string dataset_name;
  std::string part; ///< test, or all of other data
  std::int64_t rows = 0;
  std::int64_t rows_used = 0;           ///< at most k_most_explained_rows, drawn at random
  std::optional<std::int64_t> clusters; ///< values of the column of role group, drawn whole for the intervals
  std::int64_t repeats = 0;
  double level = 0.95;
  std::int64_t seed = 0;
  metrics::MetricValue score; ///< the metric on the rows used
  model::ModelExplanation explanation;
};

/// Rows on which features are shuffled: with more, the interval shrinks little and the wait grows.
inline constexpr std::size_t k_most_explained_rows = 10000;

/// Records nothing and is no look at the test set: no decision can rest on it, and promotion counts only
/// evaluations. throws what test_rows() throws
[[nodiscard]] ExplainModelResult explain_model(Workspace& workspace, const ExplainRequest& request);
[[nodiscard]] Json to_json(const ExplainModelResult& result);

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
