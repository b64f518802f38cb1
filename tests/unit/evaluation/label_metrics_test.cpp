#include "evaluation/label_metrics.hpp"

#include <doctest/doctest.h>

using mlp::Task;
using mlp::evaluation::Evaluation;
using mlp::metrics::MetricValue;
using mlp::metrics::Status;

namespace {

/// Every metric of the task with a value and an interval.
Evaluation measured(Task task) {
  Evaluation evaluation;
  evaluation.task = task;
  for (const std::string& name : mlp::metrics::metric_names(task)) {
    MetricValue value;
    value.name = name;
    value.value = 0.5;
    value.lower = 0.25;
    value.upper = 0.75;
    evaluation.metrics.push_back(value);
  }
  evaluation.slices.push_back({"a=b", {"a"}, 3, evaluation.metrics});
  return evaluation;
}

Status status_of(const std::vector<MetricValue>& values, const std::string& name) {
  for (const MetricValue& value : values) {
    if (value.name == name) {
      CHECK(value.value.has_value() == (value.status == Status::ok));
      CHECK(value.lower.has_value() == value.value.has_value());
      CHECK(value.why.empty() == (value.status == Status::ok));
      return value.status;
    }
  }
  FAIL("no metric ", name);
  return Status::ok;
}

} // namespace

TEST_CASE("labels alone: what the confusion matrix gives stands, all else is undefined, in slices too") {
  Evaluation binary = measured(Task::binary);
  keep_label_metrics(binary);
  for (const std::vector<MetricValue>* values : {&binary.metrics, &binary.slices[0].metrics}) {
    for (const std::string name :
         {"recall", "precision", "mcc", "selection_rate", "cost", "value_per_1000"}) {
      CHECK(status_of(*values, name) == Status::ok);
    }
    for (const std::string name :
         {"roc_auc", "log_loss", "brier", "average_precision", "calibration_slope"}) {
      CHECK(status_of(*values, name) == Status::undefined);
    }
  }
  Evaluation multiclass = measured(Task::multiclass);
  keep_label_metrics(multiclass);
  CHECK(status_of(multiclass.metrics, "macro_f1") == Status::ok);
  CHECK(status_of(multiclass.metrics, "log_loss") == Status::undefined);
}
