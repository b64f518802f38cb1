#include "workflow/pairing.hpp"

#include "base/error.hpp"
#include "evaluation/dependence.hpp"
#include "evaluation/label_metrics.hpp"
#include "metrics/multiple_tests.hpp"
#include "workflow/seed_spread.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace mlp::workflow {
namespace {

/// Of each side of an interval of this level.
double alpha_of(double level) { return 0.5 * (1.0 - level); }

/// The test parts that a model was evaluated on, as dataset and split.
std::set<std::string> looked_at(Workspace& workspace, const ContentId& model) {
  std::set<std::string> parts;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind == "evaluation" && entry.model == model.hex()) {
      const Json body = workspace.ledger().read(entry.id).body;
      if (body["part"].string_or() == "test") {
        parts.insert(body["dataset"].string_or() + body["split"].string_or());
      }
    }
  }
  return parts;
}

bool share_a_part(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& part) { return b.contains(part); });
}

metrics::IntervalOptions options_of(Workspace& workspace, const config::Project& project) {
  const Context& context = workspace.context();
  return evaluation::interval_options(project, {context.threads, &context.progress, &context.interrupt});
}

/// Whether another seed might have made as much of a difference; null where nobody knows.
Json within_seeds(const metrics::Difference& difference, const std::optional<double>& deviation) {
  if (!deviation || difference.status != metrics::Status::ok) {
    return {};
  }
  return std::abs(difference.delta) <= *deviation;
}

} // namespace

metrics::Sample Pair::first_sample() const { return evaluation::model_sample_of(scored); }

metrics::Sample Pair::second_sample() const {
  metrics::Sample sample = evaluation::sample_of(scored, second);
  sample.threshold = second_threshold;
  sample.features = second_features;
  return sample;
}

Pair score_both(Workspace& workspace, const config::Project& project, const LoadedModel& first,
                const LoadedModel& second) {
  Pair pair;
  pair.test = test_rows(workspace, project, {&first, &second}, "");
  if (second.artifact.classes != first.artifact.classes || second.artifact.target != first.artifact.target) {
    throw Error(ErrorCode::input, "{} predicts '{}' with other classes", second.reference.name,
                second.artifact.target);
  }
  pair.scored.task = first.artifact.task;
  pair.scored.classes = first.artifact.classes;
  pair.scored.threshold = first.artifact.threshold;
  pair.scored.target = pair.test.target;
  pair.scored.weights = pair.test.weights;
  evaluation::set_dependence(pair.scored, pair.test.table, pair.test.rows, project);
  evaluation::set_costs(pair.scored, pair.test.table, pair.test.rows, project);
  pair.scored.model = score(workspace, first, pair.test);
  pair.second = score(workspace, second, pair.test);
  pair.second_threshold = second.artifact.threshold;
  pair.scored.features = first.artifact.features.size();
  pair.second_features = second.artifact.features.size();
  return pair;
}

std::vector<metrics::Difference> compare_by_metrics(Workspace& workspace, const config::Project& project,
                                                    const metrics::Sample& candidate,
                                                    const metrics::Sample& champion, bool labels_only) {
  std::vector<metrics::Difference> differences;
  for (const std::string& name : project.evaluation.metrics) {
    const metrics::MetricInfo* info = metrics::find_metric(candidate.task, name);
    const bool is_known = !labels_only || evaluation::is_label_metric(candidate.task, name);
    if (info != nullptr && info->direction != metrics::Direction::neither && is_known) {
      differences.push_back(metrics::compare(name, candidate, champion,
                                             alpha_of(project.evaluation.confidence),
                                             options_of(workspace, project)));
    }
  }
  return differences;
}

ModelComparison compare_pair(Workspace& workspace, const config::Project& project, const Pair& pair) {
  ModelComparison comparison;
  comparison.n = static_cast<std::int64_t>(pair.test.rows.size());
  comparison.level = project.evaluation.confidence;
  comparison.differences = compare_by_metrics(workspace, project, pair.second_sample(), pair.first_sample(),
                                              pair.scored.labels_only);
  std::vector<double> p_values;
  for (const metrics::Difference& difference : comparison.differences) {
    p_values.push_back(difference.p_value.value_or(1.0));
  }
  comparison.adjusted_p = metrics::holm(p_values);
  comparison.seed_deviations.resize(comparison.differences.size());
  return comparison;
}

std::optional<ModelComparison> compare_models(Workspace& workspace, const Reference& first,
                                              const Reference& second, std::string& why) {
  if (first.id == second.id || !workspace.has_project()) {
    why = first.id == second.id ? "" : "not within a project";
    return std::nullopt;
  }
  if (!share_a_part(looked_at(workspace, first.id), looked_at(workspace, second.id))) {
    why = "to compare them on the same rows, run `mlp eval` for both";
    return std::nullopt;
  }
  const config::Project& project = workspace.project();
  const LoadedModel left = load_model(workspace, first);
  const LoadedModel right = load_model(workspace, second);
  const Pair pair = score_both(workspace, project, left, right);
  ModelComparison comparison = compare_pair(workspace, project, pair);
  for (std::size_t i = 0; i < comparison.differences.size(); ++i) {
    comparison.seed_deviations[i] =
        recorded_deviation(left.run.body, right.run.body, comparison.differences[i].metric);
  }
  return comparison;
}

Json to_json(const ModelComparison& comparison) {
  Json metrics = Json::array();
  for (std::size_t i = 0; i < comparison.differences.size(); ++i) {
    const metrics::Difference& difference = comparison.differences[i];
    const bool ok = difference.status == metrics::Status::ok;
    metrics.push_back(Json::object({{"name", difference.metric},
                                    {"left", difference.champion},
                                    {"right", difference.candidate},
                                    {"delta", ok ? Json(difference.delta) : Json()},
                                    {"ci", ok ? Json::array({difference.lower, difference.upper}) : Json()},
                                    {"p", difference.p_value},
                                    {"p_holm", difference.p_value ? Json(comparison.adjusted_p[i]) : Json()},
                                    {"method", difference.method},
                                    {"seed_deviation", comparison.seed_deviations[i]},
                                    {"within_seeds", within_seeds(difference, comparison.seed_deviations[i])},
                                    {"n", difference.n},
                                    {"status", metrics::name_of(difference.status)},
                                    {"why", metrics::decide(difference, metrics::DecisionMode::superiority,
                                                            0.0, alpha_of(comparison.level))
                                                .why}}));
  }
  return Json::object({{"n", comparison.n}, {"level", comparison.level}, {"metrics", std::move(metrics)}});
}

} // namespace mlp::workflow
