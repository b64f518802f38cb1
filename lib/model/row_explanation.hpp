#pragma once

#include "model/predict.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace mlp::model {

/// Why the model says what it says of one row.
struct RowExplanation {
  std::vector<double> scores;        ///< [k] as predicted
  std::size_t output = 0;            ///< what is explained: of several classes, the predicted one
  double margin = 0.0;               ///< XGBoost's own sum: log-odds (binary), or the prediction
  double base_value = 0.0;           ///< the margin of a row of which nothing is known
  std::vector<double> contributions; ///< [features] base_value + Σ = margin, but for float32's rounding
};

/// SHAP values of one encoded row, on the margin's scale. A calibrator acts after them: it is monotone, so it
/// changes no sign.
/// source  Lundberg et al. 2020, From local explanations to global understanding (TreeSHAP, path-dependent)
[[nodiscard]] RowExplanation explain_row(const Predictor& predictor, std::span<const float> row);

/// A change of one feature alone after which a binary decision is the other one.
struct Change {
  std::size_t feature = 0;
  float to = 0.0F;              ///< the nearest such value
  std::optional<float> from_on; ///< of a number: the answer is the same for values from here on …
  std::optional<float> below;   ///< … and below this
  double distance = 0.0; ///< share of the reference rows between the two values, or of other categories
  double score = 0.0;    ///< P(positive) after it
};

/// For each feature that can turn the decision (score ≥ threshold) on its own, its nearest such value; the
/// nearest change first. A number is tried in every interval between two split points of the trees, in which
/// the model cannot tell values apart, so none is overlooked; a category and a boolean in every other value.
/// A distance is the share of the reference rows between the old and the new number (from their median, where
/// the row has none), or the share of the rows that have another value than the new category. It says what
/// the model would answer, not what would happen to a person. Binary tasks and trees only: else empty.
/// reference  [rows × features], at least one row
[[nodiscard]] std::vector<Change> nearest_changes(const Predictor& predictor, std::span<const float> row,
                                                  std::span<const float> reference);

} // namespace mlp::model
