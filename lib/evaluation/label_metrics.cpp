#include "evaluation/label_metrics.hpp"

#include "metrics/registry.hpp"

#include <set>

namespace mlp::evaluation {
namespace {

std::set<std::string, std::less<>> label_metrics(Task task) {
  std::set<std::string, std::less<>> names;
  const auto add = [&](const metrics::Family& family) {
    for (const metrics::MetricInfo& info : family.metrics) {
      names.emplace(info.name);
    }
  };
  if (task == Task::binary) {
    add(metrics::binary_threshold());
    add(metrics::binary_costs());
  } else if (task == Task::multiclass) {
    add(metrics::multiclass_confusion());
  }
  return names;
}

void undefine(metrics::MetricValue& value) {
  value.status = metrics::Status::undefined;
  value.value.reset();
  value.lower.reset();
  value.upper.reset();
  value.method = metrics::IntervalMethod::none;
  value.why = "the predictions are labels without probabilities";
}

} // namespace

bool is_label_metric(Task task, std::string_view metric) {
  const auto* const info = metrics::find_metric(task, metric);
  return info != nullptr && label_metrics(task).contains(info->name);
}

void keep_label_metrics(Task task, std::vector<metrics::MetricValue>& values) {
  const auto kept = label_metrics(task);
  for (metrics::MetricValue& value : values) {
    const auto* const info = metrics::find_metric(task, value.name);
    if (info == nullptr || !kept.contains(info->name)) {
      undefine(value);
    }
  }
}

void keep_label_metrics(Evaluation& evaluation) {
  keep_label_metrics(evaluation.task, evaluation.metrics);
  for (SliceResult& slice : evaluation.slices) {
    keep_label_metrics(evaluation.task, slice.metrics);
  }
}

} // namespace mlp::evaluation
