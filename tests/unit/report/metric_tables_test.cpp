#include "report/metric_tables.hpp"

#include <doctest/doctest.h>

using namespace mlp;

namespace {

metrics::MetricValue value(const char* name, double number) {
  metrics::MetricValue result;
  result.name = name;
  result.value = number;
  result.n = 6514;
  return result;
}

metrics::MetricValue value(const char* name, double number, double lower, double upper) {
  metrics::MetricValue result = value(name, number);
  result.lower = lower;
  result.upper = upper;
  return result;
}

metrics::MetricValue absent(const char* name, const char* why) {
  metrics::MetricValue result;
  result.name = name;
  result.status = metrics::Status::undefined;
  result.why = why;
  return result;
}

evaluation::Evaluation example() {
  evaluation::Evaluation result;
  result.task = Task::binary;
  result.shown = {"roc_auc", "recall"};
  result.classes = {"<=50K", ">50K"};
  result.n = 6514;
  result.metrics = {value("roc_auc", 0.9274, 0.9206, 0.9331), value("recall", 0.6531, 0.6288, 0.6764),
                    absent("brier", "no rows"), value("skill_vs_dummy", 0.5, 0.48, 0.52)};
  result.dummy = {value("roc_auc", 0.5), value("recall", 0)};
  result.simple = {value("roc_auc", 0.9068), value("recall", 0.589)};
  result.slices = {{"sex=Female", {"sex"}, 2156, {value("roc_auc", 0.944), value("selection_rate", 0.083)}},
                   {"sex=Male", {"sex"}, 12, {absent("roc_auc", "few"), value("selection_rate", 0.251)}}};
  result.confusion = {{4700, 250}, {540, 1024}};
  return result;
}

} // namespace

TEST_CASE("the metrics table has value, interval, guessing and the simple model; thresholds are named") {
  CHECK(report::metrics_table(example()) ==
        "  metric            value   95% interval    guessing   simple model\n"
        "  roc_auc           0.927   0.921 – 0.933      0.500          0.907\n"
        "  recall (≥ 0.50)   0.653   0.629 – 0.676      0.000          0.589\n"
        "  skill_vs_dummy    0.500   0.480 – 0.520\n");
}

TEST_CASE("all metrics: an absent one says why; without a simple model its column is gone") {
  auto evaluation = example();
  evaluation.simple.clear();
  CHECK(report::metrics_table(evaluation, report::Rows::all) ==
        "  metric            value   95% interval         guessing\n"
        "  roc_auc           0.927   0.921 – 0.933           0.500\n"
        "  recall (≥ 0.50)   0.653   0.629 – 0.676           0.000\n"
        "  brier                 –   undefined: no rows          –\n"
        "  skill_vs_dummy    0.500   0.480 – 0.520\n");
}

TEST_CASE("the slice table has n, the metrics, and the share that is selected") {
  CHECK(report::slice_table(example()) == "  slice            n   roc_auc   selected\n"
                                          "  sex=Female   2,156     0.944      0.083\n"
                                          "  sex=Male        12         –      0.251\n");
  CHECK(report::slice_table(evaluation::Evaluation()) == "");
}

TEST_CASE("the confusion matrix has true classes as rows") {
  CHECK(report::confusion_table(example()) == "  true class   called <=50K   called >50K\n"
                                              "  <=50K               4,700           250\n"
                                              "  >50K                  540         1,024\n");
  CHECK(report::confusion_table(evaluation::Evaluation()) == "");
}
