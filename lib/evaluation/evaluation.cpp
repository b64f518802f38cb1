#include "evaluation/evaluation.hpp"

#include "evaluation/label_metrics.hpp"
#include "os/threads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mlp::evaluation {
namespace {

/// The task's metrics (those of money where the rows have costs), those of mlp.yaml with other parameters,
/// and those of each class.
std::vector<std::string> measured_names(const Scored& scored, const config::Project& project) {
  std::vector<std::string> names = metrics::metric_names(scored.task);
  if (!scored.has_costs()) {
    std::erase_if(names, metrics::needs_costs);
  }
  if (scored.task == Task::multiclass && scored.classes.size() <= k_most_classes_measured) {
    for (const char* metric : {"precision", "recall", "f1"}) {
      for (const std::string& name : scored.classes) {
        names.push_back(fmt::format("{}@{}", metric, name));
      }
    }
  }
  return metrics::joined(std::move(names), project.evaluation.metrics);
}

QueryCounts count_queries(const Scored& scored) {
  std::vector<bool> has_relevant(*std::ranges::max_element(scored.places) + std::size_t{1}, false);
  for (std::size_t row = 0; row < scored.target.size(); ++row) {
    has_relevant[scored.places[row]] = has_relevant[scored.places[row]] || scored.target[row] > 0.0;
  }
  return {static_cast<std::int64_t>(has_relevant.size()), std::ranges::count(has_relevant, false)};
}

Json to_json(const QueryCounts& queries) {
  return Json::object({{"n", queries.n}, {"without_relevant", queries.without_relevant}});
}

Json metric_list(const std::vector<metrics::MetricValue>& values) {
  Json list = Json::array();
  for (const metrics::MetricValue& value : values) {
    list.push_back(metrics::to_json(value));
  }
  return list;
}

} // namespace

const metrics::MetricValue* Evaluation::find(std::string_view name) const {
  const auto found =
      std::find_if(metrics.begin(), metrics.end(), [&](const auto& value) { return value.name == name; });
  return found == metrics.end() ? nullptr : &*found;
}

std::vector<std::string> slice_metrics(Task task, std::vector<std::string> shown) {
  if (task == Task::binary && std::find(shown.begin(), shown.end(), "selection_rate") == shown.end()) {
    shown.emplace_back("selection_rate");
  }
  return shown;
}

Evaluation evaluate(const Scored& scored, const std::vector<Slice>& slices, const config::Project& project,
                    const Effort& effort, const std::optional<RuleScores>& rule) {
  const metrics::Sample model = model_sample_of(scored);
  metrics::validate(model);
  const metrics::IntervalOptions options = interval_options(project, effort);
  const std::vector<std::string> names = measured_names(scored, project);

  Evaluation result;
  result.task = scored.task;
  result.classes = scored.classes;
  result.threshold = scored.threshold;
  result.n = static_cast<std::int64_t>(scored.target.size());
  result.shown = project.evaluation.metrics;
  result.primary = result.shown.front();
  if (scored.task == Task::ranking) {
    result.queries = count_queries(scored);
  }
  std::vector<metrics::Rival> rivals = {{"skill_vs_dummy", sample_of(scored, scored.dummy)}};
  std::vector<std::pair<std::vector<metrics::MetricValue>*, metrics::Sample>> others = {
      {&result.dummy, rivals.front().sample}};
  if (!scored.simple.empty()) {
    rivals.push_back({"skill_vs_simple", sample_of(scored, scored.simple)});
    others.emplace_back(&result.simple, rivals.back().sample);
  }
  if (!scored.stump.empty()) {
    rivals.push_back({"skill_vs_stump", sample_of(scored, scored.stump)});
    others.emplace_back(&result.stump, rivals.back().sample);
  }
  const Scored by_rule = rule ? scored_by_rule(scored, *rule) : Scored();
  if (rule) {
    others.emplace_back(&result.current_rule, sample_of(by_rule, by_rule.model));
  }
  os::parallel_for(others.size(), effort.threads,
                   [&](std::size_t i) { *others[i].first = metrics::measure_all(names, others[i].second); });
  if (rule && rule->labels_only) {
    keep_label_metrics(scored.task, result.current_rule);
  }
  result.comparisons = compare_with_baselines(scored, rule, project, effort);
  result.metrics = metrics::measure_with_rivals(names, model, rivals, options);
  if (has_classes(scored.task)) {
    result.confusion = metrics::confusion_matrix(model);
  }

  const auto slice_names = slice_metrics(scored.task, result.shown);
  result.slices = evaluate_slices(scored, slices, slice_names, options);
  return result;
}

Json to_json(const Evaluation& evaluation) {
  Json list = metric_list(evaluation.metrics);
  for (const SliceResult& slice : evaluation.slices) {
    append_json(slice, list);
  }
  Json confusion;
  if (!evaluation.confusion.empty()) {
    confusion = Json::object({{"classes", evaluation.classes}, {"counts", evaluation.confusion}});
  }
  Json baselines = Json::object({{"dummy", metric_list(evaluation.dummy)}});
  if (!evaluation.simple.empty()) {
    baselines["simple"] = metric_list(evaluation.simple);
  }
  if (!evaluation.stump.empty()) {
    baselines["stump"] = metric_list(evaluation.stump);
  }
  if (!evaluation.current_rule.empty()) {
    baselines["current_rule"] = metric_list(evaluation.current_rule);
  }
  return Json::object({{"task", name_of(evaluation.task)},
                       {"primary", evaluation.primary},
                       {"shown", evaluation.shown},
                       {"threshold", evaluation.task == Task::binary ? Json(evaluation.threshold) : Json()},
                       {"n", evaluation.n},
                       {"queries", evaluation.queries ? to_json(*evaluation.queries) : Json()},
                       {"metrics", std::move(list)},
                       {"baselines", std::move(baselines)},
                       {"comparisons", to_json(evaluation.comparisons)},
                       {"confusion", std::move(confusion)}});
}

} // namespace mlp::evaluation
