#include "metrics/bootstrap.hpp"

#include "base/error.hpp"
#include "metrics/sums.hpp"
#include "unit/metrics/samples.hpp"

#include <doctest/doctest.h>

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

namespace {

IntervalOptions options(std::int64_t replicates, unsigned threads = 1) {
  IntervalOptions result;
  result.replicates = replicates;
  result.seed = 11;
  result.threads = threads;
  return result;
}

} // namespace

TEST_CASE("bootstrap: each resample holds as many rows as the sample, each row times its weight") {
  const auto data = binary_data();
  const Rows rows = canonical(data.sample());
  const auto count = [&](RowWeights& weights, std::span<double> values) {
    values[0] = 0.0;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      values[0] += weights.all()[row] / rows.weights[row];
    }
  };
  auto replicates = bootstrap(rows, 1, count, options(50));
  for (std::size_t i = 0; i < 50; ++i) {
    CHECK(replicates.of_replicate(i)[0] == doctest::Approx(12.0));
  }
}

TEST_CASE("bootstrap: the spread of a resampled mean is σ/√n") {
  Data data{Task::regression, {}, {}, {}};
  for (std::uint64_t row = 0; row < 400; ++row) {
    data.target.push_back(0.0);
    data.scores.push_back(normal(5, 1, row));
  }
  const Rows rows = canonical(data.sample());
  const auto mean = [&](RowWeights& weights, std::span<double> values) {
    values[0] = weighted_mean(weights, rows.scores);
  };
  auto means = bootstrap(rows, 1, mean, options(2000)).defined(0);
  const double spread = estimate_mean(means, {}).standard_error * std::sqrt(2000.0);
  const double of_rows = estimate_mean(rows.scores, rows.weights).standard_error;
  CHECK(spread == doctest::Approx(of_rows).epsilon(0.06)); // 2000 draws tell a spread to 1.6%
}

TEST_CASE("bootstrap: the same on 1, 2 and 8 threads, another with another seed") {
  const auto data = binary_data();
  const Rows rows = canonical(data.sample());
  const auto mean = [&](RowWeights& weights, std::span<double> values) {
    values[0] = weighted_mean(weights, rows.target);
  };
  const auto one = bootstrap(rows, 1, mean, options(100, 1)).defined(0);
  CHECK(one == bootstrap(rows, 1, mean, options(100, 2)).defined(0));
  CHECK(one == bootstrap(rows, 1, mean, options(100, 8)).defined(0));
  IntervalOptions other = options(100);
  other.seed = 12;
  CHECK(one != bootstrap(rows, 1, mean, other).defined(0));
}

TEST_CASE("percentile_interval: nothing where more than 5% of the resamples leave it undefined") {
  Replicates replicates(100, 1);
  for (std::size_t i = 0; i < 100; ++i) {
    replicates.of_replicate(i)[0] = i < 5 ? std::nan("") : static_cast<double>(i);
  }
  CHECK(percentile_interval(replicates, 0, 0.95).has_value());
  replicates.of_replicate(5)[0] = std::nan("");
  CHECK_FALSE(percentile_interval(replicates, 0, 0.95).has_value());
  CHECK(why_no_interval(replicates, 0) ==
        "6 of 100 resamples leave it undefined, more than 5%: too few rows of some kind");
}

TEST_CASE("percentile_interval: the central share of the replicates") {
  Replicates replicates(101, 1);
  for (std::size_t i = 0; i <= 100; ++i) {
    replicates.of_replicate(i)[0] = static_cast<double>(i);
  }
  const auto interval = percentile_interval(replicates, 0, 0.9);
  REQUIRE(interval.has_value());
  CHECK(interval->lower == doctest::Approx(5.0));
  CHECK(interval->upper == doctest::Approx(95.0));
}

TEST_CASE("bootstrap: no replicates is refused") {
  const auto data = binary_data();
  CHECK_THROWS_AS(bootstrap(canonical(data.sample()), 1, {}, options(0)), mlp::Error);
}

TEST_CASE("bootstrap: progress is shown up to the last replicate, and an interrupt ends it") {
  struct Shown final : mlp::Progress {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    int finished = 0;
    void show(std::string_view, std::uint64_t now, std::uint64_t all, std::string_view,
              std::string_view) override {
      done = now;
      total = all;
    }
    void finish() override { ++finished; }
    void warn(std::string_view) override {}
  };
  const auto data = binary_data();
  const Rows rows = canonical(data.sample());
  const auto nothing = [](RowWeights&, std::span<double> values) { values[0] = 0.0; };
  for (const unsigned threads : {1U, 3U}) {
    Shown shown;
    mlp::Interrupt interrupt;
    IntervalOptions watched = options(50, threads);
    watched.progress = &shown;
    watched.interrupt = &interrupt;
    static_cast<void>(bootstrap(rows, 1, nothing, watched));
    CHECK(shown.done == 50);
    CHECK(shown.total == 50);
    CHECK(shown.finished == 1);
    interrupt.request();
    try {
      static_cast<void>(bootstrap(rows, 1, nothing, watched));
      FAIL("no error");
    } catch (const mlp::Error& error) {
      CHECK(error.code() == mlp::ErrorCode::interrupted);
    }
  }
}
