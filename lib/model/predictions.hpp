#pragma once

#include "base/task.hpp"
#include "dataset/table.hpp"
#include "model/artifact.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mlp::model {

/// A predictions file: CSV, one line per input row, in input order.
///
///     row                                    1 = the first data row of the input
///     <id column>                            where the model names one and the input has it
///     prediction,probability                 binary: the class's own text; P(positive)
///     prediction,probability_<class>,…       multiclass
///     prediction                             regression
///     invalid                                0 or 1, where asked for: the row does not fit the model's
///     schema
///
/// Numbers are the shortest form that reads back as the same double. A rejected row has empty predictions.
struct PredictionLayout {
  Task task = Task::binary;
  std::vector<std::string> classes;
  double threshold = 0.5; ///< binary: positive is called at P ≥ threshold
  std::optional<std::string> id_column;
  bool has_invalid = false; ///< with the column `invalid`
};

/// Of a model's predictions for this input: the id column is kept where the input has it.
[[nodiscard]] PredictionLayout layout_of(const Artifact& artifact, const dataset::Table& input);

/// Predictions of some rows of one table, or of one piece of it.
struct PredictedRows {
  const dataset::Table& table;
  std::span<const std::uint32_t> rows;         ///< of `table`
  std::span<const double> scores;              ///< in metrics::Sample's layout
  std::int64_t rows_before = 0;                ///< in the input, before `table`: of a piece
  const std::vector<bool>* invalid = nullptr;  ///< [rows]; null: none
  const std::vector<bool>* rejected = nullptr; ///< [rows]; null: none
};

void append_predictions_header(std::string& out, const PredictionLayout& layout);
void append_predictions(std::string& out, const PredictionLayout& layout, const PredictedRows& predicted);

/// The text of the class that a row is called: P ≥ threshold, or the first of the most probable classes.
[[nodiscard]] const std::string& predicted_class(const PredictionLayout& layout,
                                                 std::span<const double> scores);

} // namespace mlp::model
