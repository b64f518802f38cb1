#pragma once

#include "model/given_predictions.hpp"
#include "workflow/scoring.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

/// What stands in for a model where predictions come without one: what mlp.yaml asks (task, target, classes,
/// threshold), the project's data as they are now, and the rows that its split trains on, which nobody may
/// be judged by. Its `run` was never recorded, and its artefact predicts nothing.
[[nodiscard]] LoadedModel stand_in(Workspace& workspace, const config::Project& project);

/// Predictions from a file, held against labelled rows.
struct OutsidePredictions {
  std::string name;
  std::string path;           ///< as the user wrote it
  ContentId object;           ///< the file's bytes, kept in the store
  std::vector<double> scores; ///< of the rows that are left in TestRows
  bool labels_only = false;
  std::string matched_by;   ///< id, row or order
  std::int64_t rows = 0;    ///< in the file
  std::int64_t outside = 0; ///< of them, rows that are not to be scored (not in the test part, trained on)
  std::int64_t empty = 0;   ///< rows to be scored whose prediction is empty
  std::int64_t not_predicted = 0; ///< rows to be scored that the file lacks
  std::int64_t unlike_prediction =
      0; ///< binary: rows whose `prediction` is not what threshold and probability say
  std::optional<std::int64_t> unlike_model; ///< rows that the named model itself predicts differently
  double largest_difference = 0;            ///< between a score and the named model's

  /// Every row is predicted, exactly as the named model predicts it: as good as an evaluation of the model.
  [[nodiscard]] bool reproduced() const { return unlike_model == 0 && empty == 0 && not_predicted == 0; }
};

struct OutsideRequest {
  std::string file;      ///< path
  std::string name;      ///< what to call them; empty = the file's stem
  bool of_model = false; ///< a model was named: they are compared with its own
};

/// Reads and keeps the file, and leaves in `test` the rows that it predicts.
/// throws Error{input} as model::read_predictions and match_predictions do, and where no row is left;
/// Error{not_found} where there is no such file
[[nodiscard]] OutsidePredictions take_predictions(Workspace& workspace, const OutsideRequest& request,
                                                  const LoadedModel& model, TestRows& test);

/// What a person should know of how the file met the rows.
[[nodiscard]] std::vector<Check> checks_of(const OutsidePredictions& given, const TestRows& test);

/// As records and documents hold it.
[[nodiscard]] Json to_json(const OutsidePredictions& given);

/// Whether a recorded evaluation (its index entry) measured a model, and not a file of predictions.
[[nodiscard]] bool measured_a_model(const ledger::Entry& evaluation);

} // namespace mlp::workflow
