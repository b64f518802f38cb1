#include "model/train.hpp"

#include "base/error.hpp"
#include "dataset/queries.hpp"
#include "metrics/metric.hpp"
#include "model/boosting.hpp"
#include "model/encoding.hpp"
#include "model/resolve_params.hpp"
#include "model/training_data.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mlp::model {
namespace {

using Rows = std::vector<std::uint32_t>;

/// XGBoost's Python package cannot take names with these letters, so such a model goes without names.
bool are_legal(const std::vector<xgb::FeatureColumn>& columns) {
  return std::none_of(columns.begin(), columns.end(), [](const xgb::FeatureColumn& column) {
    return column.name.find_first_of("[]<") != std::string::npos;
  });
}

/// All that training reads, bound together.
struct Source {
  const dataset::Table& table;
  const dataset::Roles& roles;
  const config::Project& project;
  const xgb::Library& library;
  const TrainOptions& options;
  dataset::Target target;
};

enum class ForTraining { no, yes };

/// `queries` of each row, ascending from 0; `weights` of the rows may be empty: a query weighs their mean.
void set_queries(xgb::Matrix& matrix, const Rows& queries, const std::vector<double>& weights) {
  std::vector<std::uint32_t> sizes(queries.back() + std::size_t{1}, 0);
  std::vector<double> sums(sizes.size(), 0.0);
  for (std::size_t i = 0; i < queries.size(); ++i) {
    ++sizes[queries[i]];
    sums[queries[i]] += weights.empty() ? 1.0 : weights[i];
  }
  matrix.set_groups(sizes);
  if (!weights.empty()) {
    std::vector<float> of_query;
    for (std::size_t query = 0; query < sizes.size(); ++query) {
      of_query.push_back(static_cast<float>(sums[query] / sizes[query]));
    }
    matrix.set_weights(of_query);
  }
}

BoostingPart make_part(const Source& source, const Encoder& encoder,
                       const std::vector<xgb::FeatureColumn>& columns, const Rows& rows,
                       ForTraining purpose) {
  auto target = gathered(source.target.values, rows);
  auto weights = weights_of(source.table, source.roles, rows);
  const bool ranks = source.project.model.task == Task::ranking;
  xgb::Matrix matrix(source.library, encoder.encode(rows, source.options.threads), rows.size(), columns,
                     source.options.threads);
  matrix.set_labels(std::vector<float>(target.begin(), target.end()));
  const bool balanced = purpose == ForTraining::yes && source.project.model.balanced;
  auto queries = ranks ? dataset::query_numbers(source.table, source.project, rows) : Rows();
  if (ranks) {
    set_queries(matrix, queries, weights);
    return {std::move(matrix), std::move(target), std::move(weights), std::move(queries)};
  }
  const auto handed = balanced ? balanced_weights(target, weights, source.target.classes.size()) : weights;
  if (!handed.empty()) {
    matrix.set_weights(std::vector<float>(handed.begin(), handed.end()));
  }
  return {std::move(matrix), std::move(target), std::move(weights)};
}

/// The rows of a part in the order in which they are handed over.
Rows part_rows(const Source& source, const Rows& rows) {
  const bool ranks = source.project.model.task == Task::ranking;
  return ranks ? dataset::rows_by_query(source.table, source.project, rows) : rows;
}

Artifact artifact_of(const Source& source, std::vector<Feature> features, xgb::Booster& booster) {
  const auto columns = feature_columns(features);
  if (are_legal(columns)) {
    booster.set_feature_names(columns);
  }
  Artifact artifact = untrained_artifact(source.target, source.roles, source.project, std::move(features));
  artifact.booster = booster.save_ubj();
  return artifact;
}

metrics::Sample sample_of(const Source& source, const BoostingPart& part, const std::vector<double>& scores) {
  metrics::Sample sample;
  sample.task = source.project.model.task;
  sample.target = part.target;
  sample.scores = scores;
  sample.weights = part.weights;
  sample.classes = sample.task == Task::multiclass ? source.target.classes.size() : 1;
  return sample;
}

void calibrate(const Source& source, const BoostingPart& valid, const xgb::Booster& booster,
               TrainResult& result) {
  const Calibration method = source.project.model.calibrate;
  const std::size_t classes =
      source.project.model.task == Task::multiclass ? source.target.classes.size() : 1;
  const auto scores = scores_of(source.project.model.task, classes, booster.predict(valid.matrix));
  const metrics::Sample sample = sample_of(source, valid, scores);
  result.artifact.calibrator = metrics::fit_calibrator(method, sample);
  const auto elsewhere = metrics::cross_fitted_scores(method, sample);
  const metrics::Sample calibrated = sample_of(source, valid, elsewhere);
  result.calibration = CalibrationEffect{method, static_cast<std::int64_t>(sample.rows()),
                                         *metrics::measure("log_loss", sample).value,
                                         *metrics::measure("log_loss", calibrated).value};
}

/// XGBoost 1.7 draws the pairs of a ranking per thread: another number of threads would make another model.
unsigned threads_of(const Source& source) {
  const bool draws_per_thread =
      source.project.model.task == Task::ranking && source.library.version().starts_with("1.");
  return draws_per_thread ? 1U : source.options.threads;
}

BoostingPlan plan_of(const Source& source, const std::map<std::string, Json>& params) {
  const auto& project = source.project;
  BoostingPlan plan;
  plan.task = project.model.task;
  plan.classes = plan.task == Task::multiclass ? source.target.classes.size() : 1;
  plan.rounds = project.model.rounds;
  plan.patience = project.model.early_stopping;
  plan.metric = stopping_metric(project);
  plan.threshold = project.evaluation.decision.threshold;
  plan.params = param_texts(params);
  plan.params["nthread"] = std::to_string(threads_of(source));
  if (plan.task == Task::multiclass) {
    plan.class_names = source.target.classes;
  }
  plan.progress = source.options.progress;
  plan.interrupt = source.options.interrupt;
  return plan;
}

/// What may do where a method needs more rows than there are.
std::string_view undemanding(Calibration method, std::size_t classes) {
  switch (method) {
  case Calibration::isotonic:
    return name_of(Calibration::platt);
  case Calibration::platt:
    return name_of(classes > 2 ? Calibration::temperature : Calibration::none);
  default:
    return name_of(Calibration::none);
  }
}

} // namespace

void require_calibratable(const dataset::Table& table, const dataset::Split& split,
                          const dataset::Roles& roles, const config::Project& project) {
  const Calibration method = project.model.calibrate;
  if (method == Calibration::none) {
    return;
  }
  const Rows rows = split.rows_of(dataset::Part::valid);
  const dataset::Target target = dataset::target_of(table, project);
  const auto problem = metrics::calibration_problem(method, gathered(target.values, rows),
                                                    weights_of(table, roles, rows), target.classes.size());
  if (problem) {
    throw Error(ErrorCode::input, "cannot calibrate ({}): {}", name_of(method), *problem)
        .hint(fmt::format("set `model.calibrate: {}` in mlp.yaml, or give `split.valid` a greater share",
                          undemanding(method, target.classes.size())));
  }
}

TrainResult train(const dataset::Table& table, const dataset::Split& split, const dataset::Roles& roles,
                  const config::Project& project, const xgb::Library& library, const TrainOptions& options) {
  const Source source{table, roles, project, library, options, dataset::target_of(table, project)};
  const Rows train_rows = part_rows(source, split.rows_of(dataset::Part::train));
  const Rows valid_rows = part_rows(source, split.rows_of(dataset::Part::valid));
  const auto weights = weights_of(table, roles, train_rows);
  const auto target = gathered(source.target.values, train_rows);
  require_trainable(roles, project.model.task, target, weights);
  require_calibratable(table, split, roles, project);

  auto features = learn_features(table, train_rows, roles, project, options.threads);
  const std::size_t classes = source.target.classes.size();
  TrainResult result;
  result.params = resolve_params(project, {features, classes, weighted_mean(target, weights)});

  const Encoder encoder(features, table);
  const auto columns = feature_columns(features);
  const BoostingPart train_part = make_part(source, encoder, columns, train_rows, ForTraining::yes);
  std::optional<BoostingPart> valid_part;
  if (!valid_rows.empty()) {
    valid_part.emplace(make_part(source, encoder, columns, valid_rows, ForTraining::no));
  }
  const auto plan = plan_of(source, result.params);
  Boosted boosted = boost(library, train_part, valid_part ? &*valid_part : nullptr, plan);

  result.artifact = artifact_of(source, std::move(features), boosted.booster);
  if (project.model.calibrate != Calibration::none) {
    calibrate(source, *valid_part, boosted.booster, result);
  }
  result.rounds = boosted.rounds;
  result.best_round = boosted.best_round;
  result.stopped_early = boosted.stopped_early;
  result.curve = std::move(boosted.curve);
  result.valid_metric = valid_part ? plan.metric : "";
  result.valid_value = boosted.best_value;
  result.trainer_seconds = boosted.seconds;
  return result;
}

} // namespace mlp::model
