#include "workflow/explaining.hpp"

#include "base/error.hpp"
#include "dataset/personal_data.hpp"
#include "dataset/queries.hpp"
#include "evaluation/dependence.hpp"
#include "model/boosting.hpp"
#include "model/predictions.hpp"
#include "report/numbers.hpp"
#include "workflow/scorer.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

constexpr std::int64_t k_repeats = 10;
constexpr std::uint64_t k_row_stream = 0;

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

/// The rows that importance is measured on: all, or a draw where they are many; of a ranking whole queries.
std::vector<std::uint32_t> explained_positions(std::size_t rows, std::size_t most_rows,
                                               const std::vector<std::uint32_t>& queries,
                                               std::uint64_t seed) {
  if (queries.empty() || rows <= most_rows) {
    return model::sample_positions(rows, most_rows, seed, k_row_stream);
  }
  const std::size_t count = *std::ranges::max_element(queries) + std::size_t{1};
  const std::size_t most = std::max<std::size_t>(1, count * most_rows / rows);
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

/// What is told of the rows when a model is judged on them.
struct JudgedRows {
  std::vector<std::uint32_t> rows; ///< of the table
  std::vector<double> target;
  std::vector<double> weights;
  evaluation::Scored dependence; ///< its members of that name alone
};

JudgedRows judged_rows(const TestRows& test, const config::Project& project,
                       const std::vector<std::uint32_t>& at) {
  JudgedRows judged{gathered(test.rows, at), gathered(test.target, at), gathered(test.weights, at), {}};
  evaluation::set_dependence(judged.dependence, test.table, judged.rows, project);
  return judged;
}

metrics::Sample sample_of(const model::Artifact& artifact, const JudgedRows& judged,
                          const std::vector<double>& scores) {
  metrics::Sample sample;
  sample.task = artifact.task;
  sample.target = judged.target;
  sample.scores = scores;
  sample.weights = judged.weights;
  sample.threshold = artifact.threshold;
  sample.dependence = judged.dependence.dependence;
  sample.places = judged.dependence.places;
  if (artifact.task == Task::multiclass) {
    sample.classes = artifact.classes.size();
    sample.class_names = artifact.classes;
  }
  return sample;
}

} // namespace

LoadedModel model_to_explain(Workspace& workspace, const std::string& text) {
  return load_model(workspace, text.empty() ? newest_model(workspace) : resolve_model(workspace, text));
}

std::vector<bool> personal_features(const model::Artifact& artifact, const dataset::Table& table) {
  std::vector<bool> personal;
  for (const model::Feature& feature : artifact.features) {
    personal.push_back(dataset::personal_data(table.column(feature.name)).has_value());
  }
  return personal;
}

ExplainModelResult explain_model(Workspace& workspace, const ExplainRequest& request) {
  const Context& context = workspace.context();
  const config::Project& project = workspace.project();
  const LoadedModel model = model_to_explain(workspace, request.model);
  const TestRows test = test_rows(workspace, project, {&model}, request.data);
  const auto seed = static_cast<std::uint64_t>(project.evaluation.seed);
  const std::vector<std::uint32_t> queries = model.artifact.task == Task::ranking
                                                 ? dataset::query_numbers(test.table, project, test.rows)
                                                 : std::vector<std::uint32_t>();
  const std::size_t most_rows =
      model.artifact.external ? k_most_explained_rows_outside : k_most_explained_rows;
  const auto at = explained_positions(test.rows.size(), most_rows, queries, seed);
  const JudgedRows judged = judged_rows(test, project, at);
  const Scorer scorer(workspace, model.artifact);
  const std::unique_ptr<model::Probe> probe = scorer.probe(test.table, judged.rows);
  const std::vector<double> scores = probe->scores();
  const metrics::Sample sample = sample_of(model.artifact, judged, scores);

  ExplainModelResult result;
  result.name = model.reference.name;
  result.model = model.reference.id;
  result.dataset = test.dataset;
  result.dataset_name = test.dataset_name;
  result.part = test.part;
  result.rows = static_cast<std::int64_t>(test.rows.size());
  result.rows_used = static_cast<std::int64_t>(at.size());
  if (sample.dependence == metrics::Dependence::clusters) {
    result.clusters = std::int64_t{1} + *std::ranges::max_element(sample.places);
  }
  result.repeats = k_repeats;
  result.level = project.evaluation.confidence;
  result.seed = project.evaluation.seed;
  const std::string metric = metric_of(project, sample.task);
  result.score = metrics::measure(metric, sample);
  result.explanation = model::explain_model(*probe, sample, metric,
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

} // namespace mlp::workflow
