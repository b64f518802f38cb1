#pragma once

#include "base/content_id.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "dataset/table.hpp"
#include "metrics/calibrator.hpp"
#include "store/object_store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::model {

/// One input of the booster, in its column order.
struct Feature {
  std::string name;
  dataset::ColumnType type = dataset::ColumnType::number;
  std::vector<std::string> categories; ///< of a category: code = index; sorted by bytes
  std::vector<std::string> spellings;  ///< of a boolean: {false's text, true's text}
  std::optional<double> min;           ///< of the training rows: outside is reported at prediction time
  std::optional<double> max;
};

/// A model that a program of the user's made and another one predicts with, in place of a booster.
struct ExternalModel {
  std::string predict;                ///< the command, as `sh -c` takes it
  std::vector<store::TreeItem> files; ///< model/…: what the trainer wrote; files/…: what `predict` names
};

/// All that prediction needs, and nothing volatile: its content is the model's id.
struct Artifact {
  Task task = Task::binary;
  std::string target;
  std::vector<std::string> classes;    ///< binary {negative, positive}; multiclass; regression empty
  std::optional<std::string> positive; ///< binary
  double threshold = 0.5;
  std::optional<metrics::Calibrator>
      calibrator;                       ///< acts on the booster's probabilities, before the threshold
  std::optional<std::string> id_column; ///< repeated in predictions where the input has it
  std::vector<Feature> features;
  std::string booster; ///< model.ubj; empty where `external`
  std::optional<ExternalModel> external;
};

[[nodiscard]] std::string features_json(const Artifact& artifact); ///< canonical, with a final newline
/// Of an external model the files are left to load_artifact.
/// throws Error{corrupt}; Error{input} for a newer version
[[nodiscard]] Artifact parse_artifact(std::string_view features, std::string booster);

/// The id the artefact has, stored or not.
[[nodiscard]] ContentId artifact_id(const Artifact& artifact);
ContentId store_artifact(const Artifact& artifact, store::ObjectStore& store);
/// throws Error{not_found} where the store lacks the bytes, Error{corrupt}
[[nodiscard]] Artifact load_artifact(const ContentId& id, const store::ObjectStore& store);

} // namespace mlp::model
