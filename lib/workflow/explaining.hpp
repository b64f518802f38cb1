#pragma once

#include "model/explanation.hpp"
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
/// Of a model whose command predicts: each row is asked for once a shuffle.
inline constexpr std::size_t k_most_explained_rows_outside = 2000;

/// Records nothing and is no look at the test set: no decision can rest on it, and promotion counts only
/// evaluations. throws what test_rows() throws
[[nodiscard]] ExplainModelResult explain_model(Workspace& workspace, const ExplainRequest& request);
[[nodiscard]] Json to_json(const ExplainModelResult& result);

/// The model of this REF; the newest where it is empty.
[[nodiscard]] LoadedModel model_to_explain(Workspace& workspace, const std::string& text);

/// Which features of the model are somebody's data: their values are not shown. [features]
[[nodiscard]] std::vector<bool> personal_features(const model::Artifact& artifact,
                                                  const dataset::Table& table);

} // namespace mlp::workflow
