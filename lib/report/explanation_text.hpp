#pragma once

#include "model/explanation.hpp"
#include "model/row_explanation.hpp"

#include <string>
#include <vector>

namespace mlp::report {

/// One line a feature, the most important first, then the dependence of the first of them. `level`: of the
/// interval. Of several classes, the dependence of each is a column; more than four are left to `--json`.
///
///       feature    importance   95% interval    splits   gain   cover
///       tenure          0.182   0.120 – 0.244       31   12.4    81.2
[[nodiscard]] std::string model_explanation_text(const model::ModelExplanation& explanation, double level);

/// A row's explanation with what it is about; spans and references must outlive the call.
struct ExplainedRow {
  const model::Artifact& artifact;
  const std::vector<std::string>& values; ///< [features] as written; "" = missing
  const model::RowExplanation& explanation;
  const std::vector<model::Change>& changes;
};

/// The base value, each feature's contribution (the largest first) and the margin that they add up to; of a
/// binary model the nearest changes that would turn its decision.
[[nodiscard]] std::string row_explanation_text(const ExplainedRow& row);

} // namespace mlp::report
