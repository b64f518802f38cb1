#include "metrics/registry.hpp"
#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

TEST_CASE("threshold metrics: equal to scikit-learn on weighted rows") {
  // scikit-learn 1.9.1 on binary_data; fpr and fnr are 1 - specificity and 1 - recall
  check_values(binary_data().sample(), {{"accuracy", 0.6},
                                        {"balanced_accuracy", 0.595959595959596},
                                        {"precision", 0.5555555555555556},
                                        {"recall", 0.5555555555555556},
                                        {"specificity", 0.6363636363636364},
                                        {"npv", 0.6363636363636364},
                                        {"f1", 0.5555555555555556},
                                        {"mcc", 0.1919191919191919},
                                        {"kappa", 0.19191919191919193},
                                        {"fpr", 1.0 - 0.6363636363636364},
                                        {"fnr", 1.0 - 0.5555555555555556},
                                        {"prevalence", 6.75 / 15.0},
                                        {"selection_rate", 6.75 / 15.0}});
}

TEST_CASE("threshold metrics: scikit-learn's documented examples") {
  const Data correlated{Task::binary, {1, 1, 1, 0}, {1, 0, 1, 1}, {}};
  check_values(correlated.sample(), {{"mcc", -1.0 / 3.0}});
  const Data balanced{Task::binary, {0, 1, 0, 0, 1, 0}, {0, 1, 0, 0, 0, 1}, {}};
  check_values(balanced.sample(), {{"balanced_accuracy", 0.625}});
}

TEST_CASE("f2: recall counts four times as much as precision") {
  // tp 1, fp 1, fn 2: 5·1 / (5·1 + 4·2 + 1) = 5/14
  const Data data{Task::binary, {1, 1, 1, 0, 0}, {.9, .1, .1, .9, .1}, {}};
  check_values(data.sample(), {{"f2", 5.0 / 14.0}});
}

TEST_CASE("threshold metrics: 0/0 is undefined and says why, where scikit-learn answers 0") {
  const Data none_called{Task::binary, {1, 0}, {.1, .2}, {}};
  check_undefined(none_called.sample(), "precision", "no row is called positive at this threshold");
  check_undefined(none_called.sample(), "mcc", "targets or calls are all of one class");
  check_undefined(none_called.sample(), "kappa", "targets or calls are all of one class");
  check_values(none_called.sample(), {{"recall", 0.0}, {"f1", 0.0}}); // 0/1 and 0/(0 + 0 + 1): no 0/0
  const Data none_positive{Task::binary, {0, 0}, {.1, .2}, {}};
  check_undefined(none_positive.sample(), "recall", "there is no positive row");
  check_undefined(none_positive.sample(), "balanced_accuracy", "only one class is present");
  check_undefined(none_positive.sample(), "f1", "no row is positive or called so");
  const Data none_negative{Task::binary, {1, 1}, {.9, .8}, {}};
  check_undefined(none_negative.sample(), "fpr", "there is no negative row");
  check_undefined(none_negative.sample(), "npv", "no row is called negative at this threshold");
}

TEST_CASE("threshold metrics: a row of weight 0 counts for nothing") {
  const Data data{Task::binary, {1, 0}, {.9, .9}, {1, 0}};
  check_values(data.sample(), {{"precision", 1.0}});
  check_undefined(data.sample(), "fpr", "there is no negative row");
}

TEST_CASE("threshold metrics: proportions are the means of their row values") {
  const auto data = binary_data();
  const Rows rows = canonical(data.sample());
  for (const MetricInfo& info : metrics_of(Task::binary)) {
    if (info.interval != IntervalMethod::wilson) {
      continue;
    }
    CAPTURE(info.name);
    const auto values = prepare_one(info.name, rows).statistic->row_values(0);
    double sum = 0.0;
    double weight = 0.0;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (values[row] == values[row]) { // not NaN: in the denominator
        sum += rows.weights[row] * values[row];
        weight += rows.weights[row];
      }
    }
    CHECK(sum / weight == doctest::Approx(*measure(info.name, data.sample()).value));
  }
}

TEST_CASE("fbeta@beta: equal to scikit-learn's fbeta_score; of 2 it is f2, of 1 it is f1") {
  Data data = binary_data();
  // recall and precision are both 5/9 with these weights, so any mean of them is; unweighted 4/6 and 4/6
  check_values(data.sample(), {{"fbeta@0.5", 0.5555555555555556}, {"fbeta@3", 0.5555555555555556}});
  data.threshold = 0.65; // three of the four called are positive: precision 3/4, recall 3/6
  data.weights.clear();
  // scikit-learn: 1.25 · 3/4 · 1/2 / (0.25 · 3/4 + 1/2) = 0.6818…
  check_values(data.sample(), {{"fbeta@0.5", 0.6818181818181818}, {"precision", 0.75}, {"recall", 0.5}});
  CHECK(*measure("fbeta@2", data.sample()).value == *measure("f2", data.sample()).value);
  CHECK(*measure("fbeta@1", data.sample()).value == doctest::Approx(*measure("f1", data.sample()).value));
}
