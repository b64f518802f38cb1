#pragma once

#include "base/progress.hpp"
#include "config/project.hpp"
#include "dataset/roles.hpp"
#include "dataset/split.hpp"
#include "dataset/table.hpp"
#include "model/artifact.hpp"
#include "model/predict.hpp"
#include "model/train.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mlp::model {

/// Where an external trainer's commands work, and what they may take.
struct ExternalPlace {
  std::filesystem::path folder; ///< absolute, and empty but for the files of a model to predict with
  unsigned threads = 1;
  std::optional<std::int64_t> timeout_seconds;
  Progress* progress = nullptr;
  const Interrupt* interrupt = nullptr;
};

/// Below ExternalPlace::folder: what the trainer wrote (MLP_MODEL_DIR), and the project's files that the
/// command `predict` names.
inline constexpr const char* k_external_model = "model";
inline constexpr const char* k_external_files = "files";

/// Runs the command of `project.model.external` in the project's folder on the train and validation parts, by
/// the contract of `mlp help trainer`, and takes what it wrote into MLP_MODEL_DIR as the model. The model
/// then predicts the validation part (else up to 1,000 training rows), so that one that cannot is refused
/// here. Files go into the store; they are seen only once the artefact is stored.
/// throws Error{input}: a command that fails, is too slow, writes no model or lies in its predictions;
/// Error{environment} for a program that is not there; Error{interrupted}
[[nodiscard]] TrainResult train_external(const dataset::Table& table, const dataset::Split& split,
                                         const dataset::Roles& roles, const config::Project& project,
                                         const std::filesystem::path& project_folder,
                                         store::ObjectStore& store, const ExternalPlace& place);

/// Writes an external model's files below `folder`; those of the project are made executable.
void place_external_files(const ExternalModel& model, const store::ObjectStore& store,
                          const std::filesystem::path& folder);

/// A model that an external command predicts with. Its files stand in `place.folder`.
class ExternalPredictor {
public:
  ExternalPredictor(Artifact artifact, ExternalPlace place);

  [[nodiscard]] const Artifact& artifact() const { return artifact_; }
  [[nodiscard]] std::map<std::string, dataset::ColumnType> types() const;

  /// As Predictor::scores; the command runs once for all rows.
  /// throws Error{input} where it fails, is too slow, or does not predict each row once; Error{environment}
  [[nodiscard]] std::vector<double> scores(const dataset::Table& table,
                                           const std::vector<std::uint32_t>& rows,
                                           InputReport* report = nullptr,
                                           std::vector<bool>* invalid = nullptr) const;

private:
  Artifact artifact_;
  ExternalPlace place_;
};

} // namespace mlp::model
