#pragma once

#include "base/progress.hpp"
#include "base/task.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::model {

/// How far the class probabilities of a row may be from adding up to 1: rounded ones are judged as they are.
inline constexpr double k_probability_sum_tolerance = 0.001;

/// What given predictions are predictions of.
struct PredictedTarget {
  Task task = Task::binary;
  std::string name;
  std::vector<std::string> classes;     ///< binary {negative, positive}; multiclass; regression empty
  std::optional<std::string> id_column; ///< by which rows may be matched
};

/// A predictions file from anywhere, one entry for each of its rows. Format: predictions.hpp; columns stand
/// in any order, others are ignored, and `row`, the id column, and (beside probabilities) `prediction` may be
/// absent.
struct GivenPredictions {
  std::string name; ///< of the file, for messages
  std::size_t rows = 0;
  std::vector<std::string> ids;          ///< [rows], or empty: no id column
  std::vector<std::int64_t> row_numbers; ///< [rows], 1 = the first data row; or empty: no column `row`
  std::vector<double> scores;            ///< [rows·k] in metrics::Sample's layout; of labels alone 0 and 1
  std::vector<std::int32_t> called;      ///< [rows] index of the class in `prediction`; or empty
  std::vector<bool> empty;               ///< [rows] without a prediction, as of rejected rows
  bool labels_only = false;              ///< classes without probabilities
};

struct ReadEffort {
  unsigned threads = 1;
  Progress* progress = nullptr;
  const Interrupt* interrupt = nullptr;
};

/// throws Error{input} naming file and row, with what would help: no rows, no columns of predictions, a class
/// without its column or a column without its class, an unknown label, a value that is no finite number, a
/// probability outside of [0, 1], probabilities that do not add up to 1, a row predicted in part, an empty
/// id, a row number below 1; and as dataset::read_table
[[nodiscard]] GivenPredictions read_predictions(const std::string& name, std::string_view bytes,
                                                const PredictedTarget& target, const ReadEffort& effort);

/// The labelled data that predictions are held against.
struct PredictedData {
  const dataset::Table& table;
  std::string name;                       ///< for messages
  std::string remedy;                     ///< what to do about predictions of other rows
  const std::vector<std::uint32_t>& part; ///< rows of `table` that are to be scored, ascending
  bool part_has_files = false; ///< somebody may have the part in a file of its own (`mlp data split`)
};

struct PredictionMatch {
  std::vector<std::int64_t> entry_of; ///< [table.rows] index of the row's prediction; −1 = none
  std::string by;                     ///< id, row or order
};

/// Which prediction is of which row: by the id column; by `row` where there is no id, or the data's ids are
/// not unique; else by order, where there are as many predictions as rows of the data, or of the part.
/// throws Error{input}: an id or row that the data lack, or that is predicted twice; too few or too many
/// predictions for the order; row numbers that count the part's rows instead of the data's
[[nodiscard]] PredictionMatch match_predictions(const GivenPredictions& given, const PredictedTarget& target,
                                                const PredictedData& data);

} // namespace mlp::model
