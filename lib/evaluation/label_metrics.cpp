#include "evaluation/label_metrics.hpp"

#include "metrics/registry.hpp"

#include <set>

namespace mlp::evaluation {
namespace {

/// The metrics that read nothing but which class each row is called.
std::set<std::string, std::less<>> label_metrics(Task task) {
  const metrics::Family family =
      task == Task::binary ? metrics::binary_threshold() : metrics::multiclass_confusion();
  std::set<std::string, std::less<>> names;
  for (const metrics::MetricInfo& info : family.metrics) {
    names.emplace(info.name);
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

void keep_label_metrics(Evaluation& evaluation) {
  const auto kept = label_metrics(evaluation.task);
  const auto keep = [&](std::vector<metrics::MetricValue>& values) {
    for (metrics::MetricValue& value : values) {
      const auto* const info = metrics::find_metric(evaluation.task, value.name);
      if (info == nullptr || !kept.contains(info->name)) {
        undefine(value);
      }
    }
  };
  keep(evaluation.metrics);
  for (SliceResult& slice : evaluation.slices) {
    keep(slice.metrics);
  }
}

} // namespace mlp::evaluation
