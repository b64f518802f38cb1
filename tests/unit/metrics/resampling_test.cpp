#include "metrics/resampling.hpp"

#include "base/error.hpp"
#include "metrics/bootstrap.hpp"
#include "metrics/comparison.hpp"
#include "metrics/registry.hpp"
#include "unit/metrics/samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace mlp::metrics;
using mlp::Task;
using mlp::metrics::test::normal;

namespace {

Rows rows_of(std::size_t n, Dependence dependence, std::vector<std::uint32_t> places,
             std::size_t groups = 0) {
  Rows rows;
  rows.target.resize(n);
  rows.dependence = dependence;
  rows.places = std::move(places);
  rows.groups = groups;
  return rows;
}

std::vector<std::uint32_t> upwards(std::size_t n) {
  std::vector<std::uint32_t> places(n);
  std::iota(places.begin(), places.end(), 0U);
  return places;
}

std::vector<std::uint8_t> drawn(const Rows& rows, std::uint64_t replicate) {
  Resampler resampler(rows);
  const auto counts = resampler.draw(7, replicate);
  return {counts.begin(), counts.end()};
}

/// How often the interval of the mean error, which is truly 0, holds 0.
struct Coverage {
  double with = 0.0;    ///< knowing how the rows depend on each other
  double without = 0.0; ///< taking them for independent
};

Coverage coverage(Dependence dependence, const std::vector<std::uint32_t>& places, int runs,
                  const auto& errors_of_run) {
  Coverage coverage;
  const std::vector<std::string> names = {"bias"};
  for (int run = 0; run < runs; ++run) {
    const std::vector<double> scores = errors_of_run(static_cast<std::uint64_t>(run));
    const std::vector<double> target(scores.size(), 0.0);
    Sample sample;
    sample.task = Task::regression;
    sample.target = target;
    sample.scores = scores;
    IntervalOptions options;
    options.replicates = 300;
    options.seed = static_cast<std::uint64_t>(run);
    const auto holds = [&] {
      const auto value = measure_with_intervals(names, sample, options).front();
      return *value.lower <= 0.0 && 0.0 <= *value.upper ? 1.0 / runs : 0.0;
    };
    coverage.without += holds();
    sample.dependence = dependence;
    sample.places = places;
    coverage.with += holds();
  }
  return coverage;
}

} // namespace

TEST_CASE("independent rows: as many draws as rows, another set each replicate, the same each time") {
  const Rows rows = rows_of(1000, Dependence::none, {});
  const auto counts = drawn(rows, 3);
  CHECK(std::accumulate(counts.begin(), counts.end(), 0) == 1000);
  CHECK(drawn(rows, 3) == counts);
  CHECK(drawn(rows, 4) != counts);
}

TEST_CASE("clusters are drawn whole: as many as there are") {
  std::vector<std::uint32_t> clusters(300);
  for (std::size_t row = 0; row < clusters.size(); ++row) {
    clusters[row] = static_cast<std::uint32_t>(row % 20); // 20 of 15 rows each
  }
  const auto counts = drawn(rows_of(300, Dependence::clusters, clusters, 20), 1);
  CHECK(std::accumulate(counts.begin(), counts.end(), 0) == 300);
  for (std::size_t row = 20; row < counts.size(); ++row) {
    CHECK(counts[row] == counts[row - 20]);
  }
}

TEST_CASE("blocks of rows that follow each other in time are drawn, round the end, n rows in all") {
  const std::size_t n = 1003; // blocks of 11: 91 whole ones and one of 2
  const auto counts = drawn(rows_of(n, Dependence::time, upwards(n)), 1);
  CHECK(std::accumulate(counts.begin(), counts.end(), 0) == 1003);
  int changes = 0;
  for (std::size_t i = 0; i < n; ++i) {
    changes += counts[i] != counts[(i + 1) % n] ? 1 : 0;
  }
  CHECK(changes <= 2 * 92);
  // on average each place is covered once, the last as often as the first
  double first = 0;
  double last = 0;
  const Rows rows = rows_of(n, Dependence::time, upwards(n));
  Resampler resampler(rows);
  for (std::uint64_t replicate = 0; replicate < 4000; ++replicate) {
    const auto replicated = resampler.draw(9, replicate);
    first += replicated.front() / 4000.0;
    last += replicated.back() / 4000.0;
  }
  CHECK(first == doctest::Approx(1.0).epsilon(0.06)); // standard error 1/sqrt(4000) = 0.016
  CHECK(last == doctest::Approx(1.0).epsilon(0.06));
}

TEST_CASE(
    "clusters: 95% intervals hold the truth nearly 95% of the time, and far less where they are ignored") {
  std::vector<std::uint32_t> clusters(400);
  for (std::size_t row = 0; row < clusters.size(); ++row) {
    clusters[row] = static_cast<std::uint32_t>(row / 10);
  }
  const auto found = coverage(Dependence::clusters, clusters, 200, [&](std::uint64_t run) {
    std::vector<double> errors(clusters.size());
    for (std::size_t row = 0; row < errors.size(); ++row) {
      errors[row] =
          normal(run, 1, clusters[row]) + normal(run, 2, row); // half of the variance is the cluster's
    }
    return errors;
  });
  CHECK(found.with > 0.89);
  CHECK(found.without < 0.75);
}

TEST_CASE("time: intervals of autocorrelated errors are honest with blocks, and far too narrow without") {
  const auto found = coverage(Dependence::time, upwards(600), 200, [](std::uint64_t run) {
    std::vector<double> errors(600);
    double error = 0.0;
    for (std::size_t i = 0; i < errors.size(); ++i) {
      error = 0.6 * error + normal(run, 3, i);
      errors[i] = error;
    }
    return errors;
  });
  CHECK(found.with > 0.84);
  CHECK(found.without < 0.75);
}

TEST_CASE("every interval of clustered rows is the cluster bootstrap's, and no order of rows changes it") {
  mlp::metrics::test::Data data = mlp::metrics::test::random_binary(300, 0.4, 1.0, 5);
  std::vector<std::uint32_t> clusters(300);
  for (std::size_t row = 0; row < clusters.size(); ++row) {
    clusters[row] = static_cast<std::uint32_t>(row % 30);
  }
  const std::vector<std::string> names = {"roc_auc", "accuracy", "log_loss", "f1"};
  IntervalOptions options;
  options.replicates = 200;
  Sample sample = data.sample();
  sample.dependence = Dependence::clusters;
  sample.places = clusters;
  const auto values = measure_with_intervals(names, sample, options);
  for (const auto& value : values) {
    CHECK(value.method == IntervalMethod::cluster_bootstrap);
    CHECK(*value.lower < *value.value);
  }
  std::ranges::reverse(data.target);
  std::ranges::reverse(data.scores);
  std::ranges::reverse(clusters);
  Sample reversed = data.sample();
  reversed.dependence = Dependence::clusters;
  reversed.places = clusters;
  const auto again = measure_with_intervals(names, reversed, options);
  for (std::size_t i = 0; i < names.size(); ++i) {
    CHECK(mlp::metrics::to_json(again[i]) == mlp::metrics::to_json(values[i]));
  }
  std::ranges::fill(clusters, 0U);
  CHECK(measure_with_intervals(names, reversed, options).front().status == Status::insufficient);
}

TEST_CASE("two models on clustered rows are compared by the paired cluster bootstrap") {
  const auto data = mlp::metrics::test::random_binary(300, 0.4, 1.0, 5);
  auto other = data;
  for (double& score : other.scores) {
    score = 0.5 * score + 0.2;
  }
  std::vector<std::uint32_t> clusters = upwards(300);
  Sample candidate = data.sample();
  Sample champion = other.sample();
  for (Sample* sample : {&candidate, &champion}) {
    sample->dependence = Dependence::clusters;
    sample->places = clusters;
  }
  IntervalOptions options;
  options.replicates = 200;
  CHECK(compare("accuracy", candidate, champion, 0.05, options).method == "paired_cluster_bootstrap");
  champion.dependence = Dependence::none;
  champion.places = {};
  CHECK_THROWS_AS(static_cast<void>(compare("accuracy", candidate, champion, 0.05, options)), mlp::Error);
}

TEST_CASE("time: errors that persist are resampled in blocks, also where the losses show nothing") {
  // ten days too high by 1, ten too low: each squared error is 1, and each mean of errors 0 or far from it
  const std::vector<std::string> names = {"bias"};
  std::vector<double> target;
  std::vector<double> scores;
  for (std::uint64_t row = 0; row < 400; ++row) {
    target.push_back(normal(4, 5, row));
    scores.push_back(target.back() + (row / 10 % 2 == 0 ? 1.0 : -1.0));
  }
  Sample sample;
  sample.task = Task::regression;
  sample.target = target;
  sample.scores = scores;
  sample.dependence = Dependence::time;
  const auto places = upwards(400);
  sample.places = places;
  IntervalOptions options;
  options.replicates = 200;
  CHECK(measure_with_intervals(names, sample, options).front().method == IntervalMethod::block_bootstrap);
  for (std::uint64_t row = 0; row < 400; ++row) {
    scores[row] = target[row] + (normal(9, 6, row) > 0 ? 1.0 : -1.0);
  }
  sample.scores = scores;
  CHECK(measure_with_intervals(names, sample, options).front().method == IntervalMethod::normal);
}

TEST_CASE("ks_stat: resamples exceed it, so its interval is their percentiles reflected about it") {
  // Of 200 rows whose positive scores lie one standard deviation higher, the percentile interval held the
  // true value in 77 % of 300 simulations and this one in 90 %; of 2,000 rows in 87 and 94 %.
  std::vector<double> target;
  std::vector<double> scores;
  for (std::uint64_t row = 0; row < 200; ++row) {
    target.push_back(row % 3 == 0 ? 1.0 : 0.0);
    scores.push_back(0.5 + 0.1 * (normal(9, 1, row) + target.back()));
  }
  Sample sample;
  sample.target = target;
  sample.scores = scores;
  IntervalOptions options;
  options.replicates = 400;
  const std::vector<std::string> names = {"ks_stat"};
  const MetricValue value = measure_with_intervals(names, sample, options).front();
  CHECK(value.method == IntervalMethod::basic_bootstrap);
  const Rows rows = canonical(sample);
  const PreparedFamily family = prepare_one("ks_stat", rows);
  const auto resampled = bootstrap(
      rows, 1,
      [&](RowWeights& weights, std::span<double> values) { family.statistic->evaluate(weights, values); },
      options);
  const auto percentiles = percentile_interval(resampled, 0, options.level);
  CHECK(*value.lower == doctest::Approx(2.0 * *value.value - percentiles->upper));
  CHECK(*value.upper == doctest::Approx(2.0 * *value.value - percentiles->lower));
  CHECK(percentiles->lower + percentiles->upper > 2.0 * *value.value);
}
