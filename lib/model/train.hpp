#pragma once

#include "base/progress.hpp"
#include "config/project.hpp"
#include "dataset/roles.hpp"
#include "dataset/split.hpp"
#include "dataset/table.hpp"
#include "model/artifact.hpp"
#include "xgb/booster.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace mlp::model {

/// Parameters against our own list for the loaded XGBoost: unknown ones (nearest known), wrong type, out of
/// range, combinations (categories with `exact`), objective that does not fit the task. Positions point into
/// mlp.yaml.
[[nodiscard]] std::vector<config::Finding> check_params(const config::Project& project,
                                                        const std::string& file);

struct CurvePoint {
  std::int64_t round = 0;
  std::map<std::string, double> values; ///< "train log_loss", "valid roc_auc", …
};

struct TrainOptions {
  unsigned threads = 1;
  Progress* progress = nullptr;
  const Interrupt* interrupt = nullptr;
};

/// What a calibrator does to the validation rows, each judged by one that was fitted to other rows.
struct CalibrationEffect {
  Calibration method = Calibration::none;
  std::int64_t rows = 0;
  double loss_before = 0.0; ///< log_loss
  double loss_after = 0.0;
};

/// How an external trainer did its work. Nobody promises that it would do the same again.
struct ExternalRun {
  double seconds = 0.0;    ///< of the training command
  std::string log;         ///< the end of what it wrote to its streams
  std::uint64_t bytes = 0; ///< of the model's files
};

struct TrainResult {
  Artifact artifact;
  std::map<std::string, Json> params; ///< as resolved and handed to XGBoost
  std::int64_t rounds = 0;            ///< trained
  std::int64_t best_round = 0;        ///< rounds kept in the artefact
  bool stopped_early = false;
  std::vector<CurvePoint> curve;
  std::string valid_metric; ///< name of the metric that stopped training
  std::optional<double> valid_value;
  std::optional<CalibrationEffect> calibration; ///< where mlp.yaml asks for one
  double trainer_seconds = 0.0;                 ///< inside XGBoost, or of the external command
  std::optional<ExternalRun> external;
};

/// Whether the validation part can fit the calibrator that mlp.yaml asks for: known before the long work.
/// throws Error{input} with what would help
void require_calibratable(const dataset::Table& table, const dataset::Split& split,
                          const dataset::Roles& roles, const config::Project& project);

/// Trains on the train part; the validation part stops it early by the primary metric (or the nearest that
/// XGBoost can compute each round; computed by our own metrics where it has none). Same inputs give the same
/// artefact on any number of threads. A calibrator is fitted to the validation part, last of all. throws
/// Error{interrupted}, Error{input}
[[nodiscard]] TrainResult train(const dataset::Table& table, const dataset::Split& split,
                                const dataset::Roles& roles, const config::Project& project,
                                const xgb::Library& library, const TrainOptions& options);

/// The simple model beside it: regularised linear or logistic regression (gblinear on standardised numbers
/// and one-hot categories, missing = mean). Returns predictions for `rows` of `scored` in metrics::Sample's
/// layout.
[[nodiscard]] std::vector<double>
simple_model_scores(const dataset::Table& train_table, const std::vector<std::uint32_t>& train_rows,
                    const dataset::Table& scored, const std::vector<std::uint32_t>& rows,
                    const dataset::Roles& roles, const config::Project& project, const xgb::Library& library,
                    unsigned threads);

} // namespace mlp::model
