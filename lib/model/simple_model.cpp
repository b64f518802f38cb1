#include "base/error.hpp"
#include "model/boosting.hpp"
#include "model/encoding.hpp"
#include "model/linear_design.hpp"
#include "model/train.hpp"
#include "model/training_data.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace mlp::model {
namespace {

using Rows = std::vector<std::uint32_t>;

constexpr std::size_t k_rows_at_once = 1U << 16U;
constexpr int k_rounds = 60;
constexpr const char* k_ridge =
    "0.0001"; // per row, as XGBoost counts it: enough to keep rare categories tame

/// The target as it is fitted: a regression's (and a grade) is standardised, because steps are counted in
/// units of one.
struct FittedTarget {
  std::vector<float> labels;
  double mean = 0.0;
  double scale = 1.0;
};

FittedTarget fitted_target(Task task, const std::vector<double>& values, const Rows& rows) {
  FittedTarget target;
  if (!has_classes(task)) {
    double sum = 0.0;
    for (const std::uint32_t row : rows) {
      sum += values[row];
    }
    target.mean = sum / static_cast<double>(rows.size());
    double squares = 0.0;
    for (const std::uint32_t row : rows) {
      squares += (values[row] - target.mean) * (values[row] - target.mean);
    }
    const double deviation = std::sqrt(squares / static_cast<double>(rows.size()));
    target.scale = deviation > 0.0 ? deviation : 1.0;
  }
  for (const std::uint32_t row : rows) {
    target.labels.push_back(static_cast<float>((values[row] - target.mean) / target.scale));
  }
  return target;
}

std::map<std::string, std::string> linear_params(Task task, std::size_t classes, unsigned threads) {
  std::map<std::string, std::string> params = {{"booster", "gblinear"},
                                               {"updater", "coord_descent"},
                                               {"feature_selector", "cyclic"},
                                               {"eta", "1"},
                                               {"lambda", k_ridge},
                                               {"nthread", std::to_string(threads)}};
  switch (task) {
  case Task::binary:
    params["objective"] = "binary:logistic";
    break;
  case Task::multiclass:
    params["objective"] = "multi:softprob";
    params["num_class"] = std::to_string(classes);
    break;
  case Task::regression:
  case Task::ranking: // pointwise: the grade of each row by itself
    params["objective"] = "reg:squarederror";
    params["base_score"] = "0";
    break;
  }
  return params;
}

} // namespace

std::vector<double> simple_model_scores(const dataset::Table& train_table,
                                        const std::vector<std::uint32_t>& train_rows,
                                        const dataset::Table& scored, const std::vector<std::uint32_t>& rows,
                                        const dataset::Roles& roles, const config::Project& project,
                                        const xgb::Library& library, unsigned threads) {
  const Task task = project.model.task;
  const auto target = dataset::target_of(train_table, project);
  const std::size_t classes = task == Task::multiclass ? target.classes.size() : 1;
  const Rows fitted_rows = thinned_rows(train_rows);
  const auto features = learn_features(train_table, fitted_rows, roles, project, threads);
  const auto encoded = Encoder(features, train_table).encode(fitted_rows, threads);
  const LinearDesign design(features, encoded);

  xgb::Matrix matrix(library, design.rows_of(encoded), threads);
  const FittedTarget fitted = fitted_target(task, target.values, fitted_rows);
  matrix.set_labels(fitted.labels);
  if (const auto weights = weights_of(train_table, roles, fitted_rows); !weights.empty()) {
    matrix.set_weights(std::vector<float>(weights.begin(), weights.end()));
  }
  xgb::Booster booster(library, {&matrix}, linear_params(task, classes, threads));
  for (int round = 0; round < k_rounds; ++round) {
    booster.update(round, matrix);
  }

  const Encoder encoder(features, scored);
  std::vector<double> scores;
  scores.reserve(rows.size() * classes);
  for (std::size_t first = 0; first < rows.size(); first += k_rows_at_once) {
    const auto chunk = std::span(rows).subspan(first, std::min(k_rows_at_once, rows.size() - first));
    const xgb::Matrix part(library, design.rows_of(encoder.encode(chunk, threads)), threads);
    for (const double score : scores_of(task, classes, booster.predict(part))) {
      scores.push_back(fitted.mean + fitted.scale * score);
    }
  }
  return scores;
}

} // namespace mlp::model
