#include "base/error.hpp"
#include "metrics/metric.hpp"
#include "unit/metrics/samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

namespace {

IntervalOptions options(unsigned threads = 1, std::int64_t replicates = 200) {
  IntervalOptions result;
  result.threads = threads;
  result.replicates = replicates;
  result.seed = 3;
  return result;
}

std::string as_json(const std::vector<MetricValue>& values) {
  std::string text;
  for (const MetricValue& value : values) {
    text += to_json(value).dump() + "\n";
  }
  return text;
}

MetricValue one(const std::string& name, const Data& data, std::int64_t replicates = 200) {
  return measure_with_intervals(std::vector{name}, data.sample(), options(1, replicates)).front();
}

/// The same rows in another order.
Data shuffled(const Data& data) {
  Data result = data;
  const std::size_t rows = data.target.size();
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t from = (row * 7 + 3) % rows; // 7 is coprime to the sizes used here
    result.target[row] = data.target[from];
    for (std::size_t k = 0; k < data.classes; ++k) {
      result.scores[row * data.classes + k] = data.scores[from * data.classes + k];
    }
    if (!data.weights.empty()) {
      result.weights[row] = data.weights[from];
    }
  }
  return result;
}

/// Those that the samples here can have: they have no costs.
std::vector<std::string> names_without_costs(Task task) {
  std::vector<std::string> names = metric_names(task);
  std::erase_if(names, needs_costs);
  return names;
}

} // namespace

TEST_CASE("measure_with_intervals: the same JSON for shuffled rows and any number of threads") {
  for (const Data& data :
       {random_binary(500, 0.3, 1.0, 1), binary_data(), multiclass_data(), regression_data()}) {
    const auto names = metric_names(data.task);
    const auto expected = as_json(measure_with_intervals(names, data.sample(), options(1)));
    CHECK(as_json(measure_with_intervals(names, data.sample(), options(2))) == expected);
    CHECK(as_json(measure_with_intervals(names, data.sample(), options(16))) == expected);
    CHECK(as_json(measure_with_intervals(names, shuffled(data).sample(), options(1))) == expected);
  }
}

TEST_CASE("measure_with_intervals: every metric's value is measure()'s and lies within its interval") {
  const auto data = random_binary(500, 0.3, 1.0, 2);
  const auto names = names_without_costs(Task::binary);
  const auto values = measure_with_intervals(names, data.sample(), options());
  for (std::size_t i = 0; i < names.size(); ++i) {
    CAPTURE(names[i]);
    CHECK(values[i].name == names[i]);
    REQUIRE(values[i].value.has_value());
    CHECK(*values[i].value == *measure(names[i], data.sample()).value);
    CHECK(values[i].n == 500);
    CHECK(values[i].n_pos == std::ranges::count(data.target, 1.0));
    CHECK(values[i].method == find_metric(Task::binary, names[i])->interval);
    if (values[i].method != IntervalMethod::none) {
      REQUIRE(values[i].lower.has_value());
      CHECK(*values[i].lower <= *values[i].value);
      CHECK(*values[i].value <= *values[i].upper);
    }
  }
}

TEST_CASE("measure_with_intervals: a metric's interval does not depend on which others were asked for") {
  const auto data = random_binary(100, 0.3, 1.0, 9);
  const auto names = names_without_costs(Task::binary);
  const auto all = measure_with_intervals(names, data.sample(), options());
  const auto f1 = one("f1", data);
  const auto at = static_cast<std::size_t>(std::ranges::find(names, "f1") - names.begin());
  CHECK(to_json(f1).dump() == to_json(all[at]).dump());
}

TEST_CASE("measure_with_intervals: accuracy's interval is Wilson's, of the effective rows under weights") {
  Data data{Task::binary, {1, 1, 1, 1, 0, 0, 0, 0, 1, 0}, {1, 1, 1, 1, 0, 0, 0, 0, 0, 1}, {}};
  const auto plain = one("accuracy", data); // 8 of 10
  CHECK(plain.method == IntervalMethod::wilson);
  CHECK(*plain.lower == doctest::Approx(.4901625).epsilon(1e-6));
  CHECK(*plain.upper == doctest::Approx(.9433178).epsilon(1e-6));
  data.weights = {1, 1, 1, 1, 1, 1, 1, 1, 1, 3};
  const auto weighted = one("accuracy", data);
  CHECK(*weighted.upper - *weighted.lower > *plain.upper - *plain.lower);
}

TEST_CASE("measure_with_intervals: weights turn DeLong, few rows turn the t interval into a bootstrap") {
  CHECK(one("roc_auc", random_binary(100, 0.3, 1.0, 4)).method == IntervalMethod::delong);
  CHECK(one("roc_auc", binary_data()).method == IntervalMethod::bootstrap);
  CHECK(one("log_loss", random_binary(50, 0.3, 1.0, 4)).method == IntervalMethod::normal);
  CHECK(one("log_loss", random_binary(49, 0.3, 1.0, 4)).method == IntervalMethod::bootstrap);
}

TEST_CASE("measure_with_intervals: too few rows of a kind are insufficient, without a value") {
  Data data{Task::binary, std::vector<double>(30, 0.0), std::vector<double>(30, 0.1), {}};
  data.target[0] = 1.0;
  data.scores[0] = 0.9;
  const auto auc = one("roc_auc", data);
  CHECK(auc.status == Status::insufficient);
  CHECK_FALSE(auc.value.has_value());
  CHECK(auc.why == "a class has only one row: an interval needs two");
  // a resample misses the one positive row with probability (29/30)^30 = .36
  const auto precision = one("average_precision", data);
  CHECK(precision.status == Status::insufficient);
  CHECK(precision.why.find("resamples leave it undefined") != std::string::npos);
}

TEST_CASE("measure_with_intervals: one row has a value of accuracy and no interval of F1") {
  const Data data{Task::binary, {1}, {.9}, {}};
  CHECK(one("accuracy", data).status == Status::ok);
  CHECK(one("f1", data).status == Status::insufficient);
}

TEST_CASE("measure_with_intervals: an undefined metric has no interval") {
  const Data data{Task::binary, {1, 0}, {.1, .2}, {}};
  const auto precision = one("precision", data);
  CHECK(precision.status == Status::undefined);
  CHECK(precision.method == IntervalMethod::none);
  CHECK_FALSE(precision.lower.has_value());
}

TEST_CASE("measure_with_intervals: shuffled labels leave an AUC whose interval holds .5") {
  auto data = random_binary(400, 0.4, 2.0, 6);
  std::vector<double> labels;
  for (std::size_t row = 0; row < 400; ++row) {
    labels.push_back(uniform(6, 9, row) < 0.4 ? 1.0 : 0.0);
  }
  data.target = labels;
  const auto auc = one("roc_auc", data);
  CHECK(*auc.lower < 0.5);
  CHECK(*auc.upper > 0.5);
}

TEST_CASE("measure_with_intervals: the bootstrap of F1 at a prevalence of 20% covers about 95 in 100") {
  // the truth from 100,000 rows of the same kind
  Data large = random_binary(100'000, 0.2, 1.5, 1);
  large.threshold = 0.6;
  const double truth = *measure("f1", large.sample()).value;
  int covered = 0;
  for (std::uint64_t seed = 1000; seed < 1120; ++seed) {
    Data data = random_binary(200, 0.2, 1.5, seed);
    data.threshold = 0.6;
    const auto f1 = one("f1", data, 200);
    covered += *f1.lower <= truth && truth <= *f1.upper ? 1 : 0;
  }
  CHECK(covered >= 120 * 0.89); // three standard errors of 120 trials are .06
  CHECK(covered <= 120 * 0.995);
}

TEST_CASE("measure_with_intervals: a level outside (0, 1) is refused") {
  IntervalOptions wrong;
  wrong.level = 1.0;
  const auto data = binary_data();
  const std::vector<std::string> names = {"f1"};
  CHECK_THROWS_AS(measure_with_intervals(names, data.sample(), wrong), mlp::Error);
}
