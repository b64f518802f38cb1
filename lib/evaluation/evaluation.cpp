#include "evaluation/evaluation.hpp"

#include <algorithm>

namespace mlp::evaluation {
namespace {

metrics::IntervalOptions interval_options(const config::Project& project, const Effort& effort) {
  metrics::IntervalOptions options;
  options.level = project.evaluation.confidence;
  options.replicates = project.evaluation.bootstrap;
  options.seed = static_cast<std::uint64_t>(project.evaluation.seed);
  options.threads = effort.threads;
  options.progress = effort.progress;
  options.interrupt = effort.interrupt;
  return options;
}

std::vector<metrics::MetricValue> plain_values(const std::vector<std::string>& names,
                                               const metrics::Sample& sample) {
  std::vector<metrics::MetricValue> values;
  values.reserve(names.size());
  for (const std::string& name : names) {
    values.push_back(metrics::measure(name, sample));
  }
  return values;
}

std::vector<double> gather(const std::vector<double>& values, const std::vector<std::uint32_t>& at,
                           std::size_t width) {
  std::vector<double> result;
  if (values.empty()) {
    return result;
  }
  result.reserve(at.size() * width);
  for (const std::uint32_t i : at) {
    const auto first = values.begin() + static_cast<std::ptrdiff_t>(i * width);
    result.insert(result.end(), first, first + static_cast<std::ptrdiff_t>(width));
  }
  return result;
}

SliceResult evaluate_slice(const Scored& scored, const Slice& slice, const std::vector<std::string>& names,
                           const metrics::IntervalOptions& options) {
  Scored part;
  part.task = scored.task;
  part.classes = scored.classes;
  part.threshold = scored.threshold;
  part.target = gather(scored.target, slice.at, 1);
  part.weights = gather(scored.weights, slice.at, 1);
  part.model = gather(scored.model, slice.at, scored.model.size() / scored.target.size());
  SliceResult result{slice.label, slice.columns, static_cast<std::int64_t>(slice.at.size()), {}};
  const bool weightless = !part.weights.empty() && std::all_of(part.weights.begin(), part.weights.end(),
                                                               [](double w) { return w == 0; });
  if (weightless) {
    for (const std::string& name : names) {
      metrics::MetricValue value;
      value.name = name;
      value.status = metrics::Status::undefined;
      value.n = result.n;
      value.why = "every row of this slice has weight 0";
      result.metrics.push_back(value);
    }
    return result;
  }
  result.metrics = metrics::measure_with_intervals(names, sample_of(part, part.model), options);
  return result;
}

Json metric_list(const std::vector<metrics::MetricValue>& values) {
  Json list = Json::array();
  for (const metrics::MetricValue& value : values) {
    list.push_back(metrics::to_json(value));
  }
  return list;
}

} // namespace

metrics::Sample sample_of(const Scored& scored, const std::vector<double>& scores) {
  metrics::Sample sample;
  sample.task = scored.task;
  sample.target = scored.target;
  sample.scores = scores;
  sample.weights = scored.weights;
  sample.classes = scored.task == Task::multiclass ? scored.classes.size() : 1;
  sample.threshold = scored.threshold;
  return sample;
}

const metrics::MetricValue* Evaluation::find(std::string_view name) const {
  const auto found =
      std::find_if(metrics.begin(), metrics.end(), [&](const auto& value) { return value.name == name; });
  return found == metrics.end() ? nullptr : &*found;
}

Evaluation evaluate(const Scored& scored, const std::vector<Slice>& slices, const config::Project& project,
                    const Effort& effort) {
  const metrics::Sample model = sample_of(scored, scored.model);
  metrics::validate(model);
  const metrics::IntervalOptions options = interval_options(project, effort);
  const std::vector<std::string> names = metrics::metric_names(scored.task);

  Evaluation result;
  result.task = scored.task;
  result.classes = scored.classes;
  result.threshold = scored.threshold;
  result.n = static_cast<std::int64_t>(scored.target.size());
  result.shown = project.evaluation.metrics;
  result.primary = result.shown.front();
  std::vector<metrics::Rival> rivals = {{"skill_vs_dummy", sample_of(scored, scored.dummy)}};
  result.dummy = plain_values(names, rivals.front().sample);
  if (!scored.simple.empty()) {
    rivals.push_back({"skill_vs_simple", sample_of(scored, scored.simple)});
    result.simple = plain_values(names, rivals.back().sample);
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
    for (const metrics::MetricValue& value : slice.metrics) {
      Json item = metrics::to_json(value);
      item["slice"] = slice.label;
      item["slice_columns"] = Json(slice.columns);
      list.push_back(std::move(item));
    }
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
