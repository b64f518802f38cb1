#pragma once

#include "dataset/split.hpp"
#include "workflow/scoring.hpp"

#include <vector>

namespace mlp::workflow {

/// What a model knows of the rows of a table.
struct TrainedRows {
  std::vector<bool> trained; ///< it was trained or stopped on them
  std::vector<bool> alike;   ///< other cases, with the features and target of a row that it was trained on
};

/// Flags the rows of `table` with the features and target of a row that a model was trained or stopped on.
/// throws Error{input} where the table lacks the target or a feature, Error{not_found} where this store lacks
/// the run's fingerprints
void mark_alike(Workspace& workspace, const LoadedModel& model, const dataset::Table& table,
                std::vector<bool>& alike);

/// Which rows of `test.table` the model was trained on. Of the dataset that it was trained on, split as then,
/// its split says so, and no row of the test part is one: where few features have few values, many cases look
/// the same, and to leave out those whose target was seen would leave the surprising ones. In other data they
/// are the rows that look the same, and have the same id where both tables have the id column.
/// throws as mark_alike
[[nodiscard]] TrainedRows trained_rows(Workspace& workspace, const config::Project& project,
                                       const LoadedModel& model, const TestRows& test);

} // namespace mlp::workflow
