#include "evaluation/evaluation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mlp::evaluation {
namespace {

/// The task's metrics, those of mlp.yaml with other parameters, and those of each class.
std::vector<std::string> measured_names(const Scored& scored, const config::Project& project) {
  std::vector<std::string> names = metrics::metric_names(scored.task);
  if (scored.task == Task::multiclass && scored.classes.size() <= k_most_classes_measured) {
    for (const char* metric : {"precision", "recall", "f1"}) {
      for (const std::string& name : scored.classes) {
        names.push_back(fmt::format("{}@{}", metric, name));
      }
    }
  }
  return metrics::joined(std::move(names), project.evaluation.metrics);
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

Evaluation evaluate(const Scored& scored, const std::vector<Slice>& slices, const config::Project& project,
                    const Effort& effort) {
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
  std::vector<metrics::Rival> rivals = {{"skill_vs_dummy", sample_of(scored, scored.dummy)}};
  result.dummy = metrics::measure_all(names, rivals.front().sample);
  if (!scored.simple.empty()) {
    rivals.push_back({"skill_vs_simple", sample_of(scored, scored.simple)});
    result.simple = metrics::measure_all(names, rivals.back().sample);
  }
  result.metrics = metrics::measure_with_rivals(names, model, rivals, options);
  if (scored.task != Task::regression) {
    result.confusion = metrics::confusion_matrix(model);
  }

  std::vector<std::string> slice_names = result.shown;
  if (scored.task == Task::binary &&
      std::find(slice_names.begin(), slice_names.end(), "selection_rate") == slice_names.end()) {
    slice_names.emplace_back("selection_rate");
  }
  for (const Slice& slice : slices) {
    result.slices.push_back(evaluate_slice(scored, slice, slice_names, options));
  }
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
  return Json::object({{"task", name_of(evaluation.task)},
                       {"primary", evaluation.primary},
                       {"shown", evaluation.shown},
                       {"threshold", evaluation.task == Task::binary ? Json(evaluation.threshold) : Json()},
                       {"n", evaluation.n},
                       {"metrics", std::move(list)},
                       {"baselines", std::move(baselines)},
                       {"confusion", std::move(confusion)}});
}

} // namespace mlp::evaluation
