#include "workflow/explaining.hpp"

#include "base/error.hpp"
#include "dataset/personal_data.hpp"
#include "dataset/queries.hpp"
#include "evaluation/dependence.hpp"
#include "model/boosting.hpp"
#include "model/feature_value.hpp"
#include "model/predictions.hpp"
#include "report/numbers.hpp"
#include "workflow/trained_rows.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

constexpr std::int64_t k_repeats = 10;
constexpr std::size_t k_reference_rows = 2000; // a distance is the share of rows between two values
constexpr std::uint64_t k_row_stream = 0;

LoadedModel chosen_model(Workspace& workspace, const std::string& text) {
  return load_model(workspace, text.empty() ? newest_model(workspace) : resolve_model(workspace, text));
}

/// The model to explain: one that mlp can look into.
LoadedModel explainable_model(Workspace& workspace, const std::string& text) {
  LoadedModel model = chosen_model(workspace, text);
  if (model.artifact.external) {
    throw Error(
        ErrorCode::input,
        "cannot explain {} {}: an external trainer made it, and its command would have to run for every "
        "shuffle of every feature",
        model.reference.name, model.reference.id.brief())
        .hint("explain it with the trainer's own tools; `mlp eval` shows by slices where it is weak");
  }
  return model;
}

/// The metric that importance is measured by: the primary one where it can be, else the loss.
std::string metric_of(const config::Project& project, Task task) {
  const std::string& primary = project.evaluation.metrics.front();
  const auto* const info = metrics::find_metric(task, primary);
  return info != nullptr && metrics::can_steer(*info) ? primary : std::string(model::loss_of(task));
}

template <typename Value>
std::vector<Value> gathered(const std::vector<Value>& values, const std::vector<std::uint32_t>& at) {
  std::vector<Value> result;
  result.reserve(at.size());
  for (std::size_t i = 0; i < at.size() && !values.empty(); ++i) {
    result.push_back(values[at[i]]);
  }
  return result;
}

OpenedData row_data(Workspace& workspace, const config::Project& project, const LoadedModel& model,
                    const std::string& text) {
  const auto options = model_read_options(workspace, project, model.artifact);
  if (!text.empty()) {
    return open_data(workspace, text, options);
  }
  OpenedData data;
  data.version = tested_dataset(model.run.body);
  data.name = model.run.body["dataset_name"].string_or();
  data.table = dataset::read_version(data.version, data.name, options, workspace.store());
  return data;
}

std::size_t position_of(const OpenedData& data, std::int64_t row) {
  if (row >= 1 && row <= static_cast<std::int64_t>(data.table.rows)) {
    return static_cast<std::size_t>(row - 1);
  }
  const std::string hint = fmt::format("give a number from 1, the first data row, to {}", data.table.rows);
  if (row < 1) {
    throw Error(ErrorCode::usage, "--row {}: rows are counted from 1", row).hint(hint);
  }
  throw Error(ErrorCode::not_found, "there is no row {}: {} {} has {} rows", row, data.name,
              data.version.brief(), report::thousands(static_cast<std::int64_t>(data.table.rows)))
      .hint(hint);
}

Json importance_json(const model::Importance& importance) {
  return Json::object(
      {{"value", importance.value},
       {"ci", importance.lower ? Json::array({*importance.lower, *importance.upper}) : Json()},
       {"why", importance.why}});
}

Json feature_json(const model::FeatureExplanation& feature) {
  Json json = Json::object({{"feature", feature.name}, {"importance", importance_json(feature.importance)}});
  json["splits"] = feature.use ? Json(feature.use->splits) : Json();
  json["gain"] = feature.use ? Json(feature.use->gain) : Json();
  json["cover"] = feature.use ? Json(feature.use->cover) : Json();
  return json;
}

Json dependence_json(const model::PartialDependence& dependence, const std::string& name) {
  Json points = Json::array();
  for (const model::DependencePoint& point : dependence.points) {
    points.push_back(Json::object({{"value", point.value}, {"means", point.means}}));
  }
  return Json::object({{"feature", name}, {"points", std::move(points)}});
}

Json change_json(const model::Feature& feature, const model::Change& change) {
  return Json::object(
      {{"feature", feature.name},
       {"to", model::value_text(feature, change.to)},
       {"from_on", change.from_on ? Json(model::value_text(feature, *change.from_on)) : Json()},
       {"below", change.below ? Json(model::value_text(feature, *change.below)) : Json()},
       {"distance", change.distance},
       {"score", change.score}});
}

/// The rows that importance is measured on: all, or a draw where they are many; of a ranking whole queries.
std::vector<std::uint32_t> explained_positions(std::size_t rows, const std::vector<std::uint32_t>& queries,
                                               std::uint64_t seed) {
  if (queries.empty() || rows <= k_most_explained_rows) {
    return model::sample_positions(rows, k_most_explained_rows, seed, k_row_stream);
  }
  const std::size_t count = *std::ranges::max_element(queries) + std::size_t{1};
  const std::size_t most = std::max<std::size_t>(1, count * k_most_explained_rows / rows);
  std::vector<bool> drawn(count, false);
  for (const std::uint32_t query : model::sample_positions(count, most, seed, k_row_stream)) {
    drawn[query] = true;
  }
  std::vector<std::uint32_t> positions;
  for (std::uint32_t at = 0; at < rows; ++at) {
    if (drawn[queries[at]]) {
      positions.push_back(at);
    }
  }
  return positions;
}

/// Which features of the model are somebody's data: their values are not shown.
std::vector<bool> personal_features(const model::Artifact& artifact, const dataset::Table& table) {
  std::vector<bool> personal;
  for (const model::Feature& feature : artifact.features) {
    personal.push_back(dataset::personal_data(table.column(feature.name)).has_value());
  }
  return personal;
}

/// Which of these rows belong together by a column of role group (of a ranking, its queries); empty where
/// none does.
std::vector<std::uint32_t> clusters_of(const dataset::Table& table, const std::vector<std::uint32_t>& rows,
                                       const config::Project& project) {
  evaluation::Scored belonging;
  evaluation::set_dependence(belonging, table, rows, project);
  return belonging.dependence == metrics::Dependence::clusters ? belonging.places
                                                               : std::vector<std::uint32_t>();
}

} // namespace

ExplainModelResult explain_model(Workspace& workspace, const ExplainRequest& request) {
  const Context& context = workspace.context();
  const config::Project& project = workspace.project();
  const LoadedModel model = explainable_model(workspace, request.model);
  const TestRows test = test_rows(workspace, project, {&model}, request.data);
  const auto seed = static_cast<std::uint64_t>(project.evaluation.seed);
  const std::vector<std::uint32_t> queries = model.artifact.task == Task::ranking
                                                 ? dataset::query_numbers(test.table, project, test.rows)
                                                 : std::vector<std::uint32_t>();
  const auto at = explained_positions(test.rows.size(), queries, seed);
  const std::vector<double> target = gathered(test.target, at);
  const std::vector<double> weights = gathered(test.weights, at);
  const model::Predictor predictor(model.artifact, workspace.xgboost(), context.threads);
  const std::vector<float> encoded = predictor.encoded(test.table, gathered(test.rows, at));
  const std::vector<double> scores = predictor.scores_of_encoded(encoded);

  metrics::Sample sample;
  sample.task = model.artifact.task;
  sample.target = target;
  sample.scores = scores;
  sample.weights = weights;
  sample.classes = sample.task == Task::multiclass ? model.artifact.classes.size() : 1;
  sample.threshold = model.artifact.threshold;
  const std::vector<std::uint32_t> clusters = clusters_of(test.table, gathered(test.rows, at), project);
  if (!clusters.empty()) {
    sample.dependence = metrics::Dependence::clusters;
    sample.places = clusters;
  }
  if (sample.task == Task::multiclass) {
    sample.class_names = model.artifact.classes;
  }

  ExplainModelResult result;
  result.name = model.reference.name;
  result.model = model.reference.id;
  result.dataset = test.dataset;
  result.dataset_name = test.dataset_name;
  result.part = test.part;
  result.rows = static_cast<std::int64_t>(test.rows.size());
  result.rows_used = static_cast<std::int64_t>(at.size());
  if (!clusters.empty()) {
    result.clusters = std::int64_t{1} + *std::ranges::max_element(clusters);
  }
  result.repeats = k_repeats;
  result.level = project.evaluation.confidence;
  result.seed = project.evaluation.seed;
  const std::string metric = metric_of(project, sample.task);
  result.score = metrics::measure(metric, sample);
  result.explanation = model::explain_model(predictor, encoded, sample, metric,
                                            {.repeats = k_repeats,
                                             .level = result.level,
                                             .seed = seed,
                                             .threads = context.threads,
                                             .progress = &context.progress,
                                             .interrupt = &context.interrupt});
  const std::vector<bool> personal = personal_features(model.artifact, test.table);
  std::erase_if(result.explanation.dependence,
                [&](const model::PartialDependence& of) { return personal[of.feature]; });
  return result;
}

Json to_json(const ExplainModelResult& result) {
  Json features = Json::array();
  for (const auto& feature : result.explanation.features) {
    features.push_back(feature_json(feature));
  }
  Json dependence = Json::array();
  for (const auto& of : result.explanation.dependence) {
    for (const auto& feature : result.explanation.features) {
      if (feature.feature == of.feature) {
        dependence.push_back(dependence_json(of, feature.name));
      }
    }
  }
  return Json::object({{"schema", "mlp.explanation/1"},
                       {"about", "model"},
                       {"model", result.model.hex()},
                       {"name", result.name},
                       {"dataset", result.dataset.hex()},
                       {"dataset_name", result.dataset_name},
                       {"part", result.part},
                       {"n", result.rows},
                       {"rows_used", result.rows_used},
                       {"clusters", result.clusters},
                       {"metric", metrics::to_json(result.score)},
                       {"repeats", result.repeats},
                       {"level", result.level},
                       {"seed", result.seed},
                       {"features", std::move(features)},
                       {"outputs", result.explanation.outputs},
                       {"partial_dependence", std::move(dependence)}});
}

ExplainRowResult explain_row(Workspace& workspace, const ExplainRequest& request) {
  const LoadedModel model = explainable_model(workspace, request.model);
  const OpenedData data = row_data(workspace, workspace.project(), model, request.data);
  const auto row = static_cast<std::uint32_t>(position_of(data, *request.row));
  const dataset::Table& table = data.table;
  const model::Predictor predictor(model.artifact, workspace.xgboost(), workspace.context().threads);
  const std::vector<float> encoded = predictor.encoded(table, {row});

  ExplainRowResult result;
  result.name = model.reference.name;
  result.model = model.reference.id;
  result.dataset = data.version;
  result.dataset_name = data.name;
  result.row = *request.row;
  result.artifact = model.artifact;
  result.artifact.booster.clear();
  const std::vector<bool> personal = personal_features(model.artifact, table);
  for (std::size_t i = 0; i < personal.size(); ++i) {
    const dataset::Column& column = table.column(model.artifact.features[i].name);
    result.values.push_back(dataset::shown_text(column, row, personal[i]));
  }
  if (table.find(model.artifact.target) != nullptr) {
    const dataset::Column& target = table.column(model.artifact.target);
    result.label = target.missing(row) ? std::nullopt : std::optional(target.text(row));
    std::vector<bool> trained(table.rows, false);
    mark_alike(workspace, model, table, trained);
    result.is_trained_on = trained[row];
  }
  result.explanation = model::explain_row(predictor, encoded);
  const auto& scores = result.explanation.scores;
  result.prediction = has_classes(model.artifact.task)
                          ? model::predicted_class(model::layout_of(model.artifact, table), scores)
                          : shortest(scores[0]);
  const auto reference = model::sample_positions(table.rows, k_reference_rows, 0, k_row_stream);
  result.changes = model::nearest_changes(predictor, encoded, predictor.encoded(table, reference));
  std::erase_if(result.changes, [&](const model::Change& change) { return personal[change.feature]; });
  return result;
}

Json to_json(const ExplainRowResult& result) {
  const model::Artifact& artifact = result.artifact;
  const bool has_class = has_classes(artifact.task);
  Json contributions = Json::array();
  for (std::size_t i = 0; i < artifact.features.size(); ++i) {
    contributions.push_back(
        Json::object({{"feature", artifact.features[i].name},
                      {"value", result.values[i].empty() ? Json() : Json(result.values[i])},
                      {"contribution", result.explanation.contributions[i]}}));
  }
  Json changes = Json::array();
  for (const model::Change& change : result.changes) {
    changes.push_back(change_json(artifact.features[change.feature], change));
  }
  const std::size_t explained = artifact.task == Task::binary ? 1 : result.explanation.output;
  return Json::object({{"schema", "mlp.explanation/1"},
                       {"about", "row"},
                       {"model", result.model.hex()},
                       {"name", result.name},
                       {"dataset", result.dataset.hex()},
                       {"dataset_name", result.dataset_name},
                       {"row", result.row},
                       {"trained_on", result.is_trained_on},
                       {"label", result.label},
                       {"prediction", result.prediction},
                       {"scores", result.explanation.scores},
                       {"classes", artifact.classes},
                       {"threshold", artifact.task == Task::binary ? Json(artifact.threshold) : Json()},
                       {"class", has_class ? Json(artifact.classes[explained]) : Json()},
                       {"margin", result.explanation.margin},
                       {"base_value", result.explanation.base_value},
                       {"contributions", std::move(contributions)},
                       {"changes", std::move(changes)}});
}

} // namespace mlp::workflow
