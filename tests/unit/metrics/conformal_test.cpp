#include "metrics/conformal.hpp"

#include "samples.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

using namespace mlp::metrics;

namespace {

std::vector<std::uint32_t> all_of(std::size_t rows) {
  std::vector<std::uint32_t> at(rows);
  std::iota(at.begin(), at.end(), 0U);
  return at;
}

test::Data noisy(std::size_t rows, std::uint64_t seed) {
  test::Data data;
  data.task = mlp::Task::regression;
  for (std::size_t row = 0; row < rows; ++row) {
    data.scores.push_back(10.0 * test::uniform(seed, 1, row));
    data.target.push_back(data.scores.back() + test::normal(seed, 2, row));
  }
  return data;
}

} // namespace

TEST_CASE("the limit is the ⌈(n + 1)·level⌉-th smallest misfit") {
  test::Data data;
  data.task = mlp::Task::regression;
  for (int i = 1; i <= 19; ++i) { // misfits 1 … 19
    data.scores.push_back(0.0);
    data.target.push_back(i % 2 == 0 ? i : -i);
  }
  const auto rule = conformal_rule(data.sample(), 0.9); // ⌈20 · .9⌉ = 18
  CHECK(rule.rank == 18);
  CHECK(rule.limit == 18.0);
  CHECK(conformal_rule(data.sample(), 0.95).rank == 19); // 20 · .95 is 19, not a little more
  CHECK(conformal_rule(data.sample(), 0.96).rank == 20);
  CHECK_FALSE(conformal_rule(data.sample(), 0.96).limit); // ⌈19.2⌉ = 20 > 19: everything is inside
  const auto rows = conformal_rows(conformal_rule(data.sample(), 0.96), data.sample());
  CHECK(coverage_of(rows, {}, all_of(19), 0.95)->share == 1.0);
}

TEST_CASE("the coverage to expect is Beta(k, n + 1 − k)") {
  test::Data data;
  data.task = mlp::Task::regression;
  data.scores.assign(9, 0.0);
  data.target = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  // k = ⌈10 · .9⌉ = 9: Beta(9, 1), whose distribution function is x⁹: quantiles .025^(1/9) and .975^(1/9)
  const auto rule = conformal_rule(data.sample(), 0.9);
  REQUIRE(rule.expected);
  CHECK(rule.expected->lower == doctest::Approx(std::pow(0.025, 1.0 / 9.0)).epsilon(1e-9));
  CHECK(rule.expected->upper == doctest::Approx(std::pow(0.975, 1.0 / 9.0)).epsilon(1e-9));
}

TEST_CASE("by simulation: coverage is 0.9 on average, whatever the noise") {
  double covered = 0.0;
  int inside = 0;
  constexpr int k_repeats = 100;
  for (std::uint64_t seed = 1; seed <= k_repeats; ++seed) {
    const auto calibration = noisy(200, seed);
    const auto fresh = noisy(1000, 1000 + seed);
    const auto rule = conformal_rule(calibration.sample(), 0.9);
    const double share = coverage_of(conformal_rows(rule, fresh.sample()), {}, all_of(1000), 0.95)->share;
    covered += share / k_repeats;
    inside += share > rule.expected->lower - 0.02 && share < rule.expected->upper + 0.02 ? 1 : 0;
  }
  // expected k/(n + 1) = 181/201 = .9005; of one repeat the standard deviation is .023, of the mean .0023
  CHECK(covered == doctest::Approx(0.9005).epsilon(0.009));
  CHECK(inside >= 93); // the Beta's 95% and a little for the 1,000 fresh rows' own luck
}

TEST_CASE("a set holds each class that is probable enough: both where the score is near one half") {
  test::Data fitted;
  fitted.target = {1, 1, 1, 1, 0, 0, 0, 0, 0};
  fitted.scores = {.95, .9, .85, .7, .05, .1, .15, .3, .4}; // misfits .05 … .3, .4
  const auto rule = conformal_rule(fitted.sample(), 0.8);   // ⌈10 · .8⌉ = 8: the 8th of 9 is .3
  CHECK(*rule.limit == doctest::Approx(0.3));
  test::Data fresh;
  fresh.target = {1, 0, 1};
  fresh.scores = {.9, .8, .5};
  const auto rows = conformal_rows(rule, fresh.sample());
  CHECK(rows[0].covered);
  CHECK(rows[0].size == 1);
  CHECK_FALSE(rows[1].covered);
  CHECK(rows[2].size == 0); // neither class reaches .7
  const auto coverage = *coverage_of(rows, {}, all_of(3), 0.95);
  CHECK(coverage.share == doctest::Approx(1.0 / 3.0));
  CHECK(coverage.mean_size == doctest::Approx(2.0 / 3.0));
  CHECK(coverage.empty == doctest::Approx(1.0 / 3.0));
}

TEST_CASE("several classes: the misfit is 1 − P(own class)") {
  test::Data data;
  data.task = mlp::Task::multiclass;
  data.classes = 3;
  data.target = {0, 1, 2};
  data.scores = {.8, .1, .1, .3, .6, .1, .25, .35, .4};
  const auto rule = conformal_rule(data.sample(), 0.75); // ⌈4 · .75⌉ = 3: the largest misfit, .6
  CHECK(*rule.limit == doctest::Approx(0.6));
  const auto rows = conformal_rows(rule, data.sample());
  CHECK(rows[2].covered);
  CHECK(rows[2].size == 1);
}

TEST_CASE("whole weights are rows that stand there more often, but for the row to come") {
  test::Data data;
  data.task = mlp::Task::regression;
  data.scores.assign(5, 0.0);
  data.target = {5, 1, 4, 2, 3};
  data.weights = {1, 6, 1, 2, 0}; // Σw = 10 of four rows, the one to come weighs 2.5
  // misfits 1, 2, 4, 5 have 6, 8, 9 and 10 of 12.5
  const auto limit_at = [&](double level) { return conformal_rule(data.sample(), level).limit; };
  CHECK(limit_at(.48) == 1.0);
  CHECK(limit_at(.49) == 2.0);
  CHECK(limit_at(.64) == 2.0);
  CHECK(limit_at(.72) == 4.0);
  CHECK(limit_at(.80) == 5.0);
  CHECK_FALSE(limit_at(.81));
  const auto rule = conformal_rule(data.sample(), .72);
  CHECK(rule.n == 4); // the row without weight is not there
  CHECK(rule.rank == 3);
}

TEST_CASE("equal weights, whatever they are, are as good as none") {
  auto data = noisy(200, 5);
  const auto plain = conformal_rule(data.sample(), .9);
  data.weights.assign(200, .3);
  const auto weighted = conformal_rule(data.sample(), .9);
  CHECK(weighted.limit == plain.limit);
  CHECK(weighted.rank == plain.rank);
  CHECK(weighted.expected->lower == doctest::Approx(plain.expected->lower).epsilon(1e-9));
}

TEST_CASE("by simulation: of a population of other shares, weights keep the promise that rows break") {
  // half of the rows are noisy, but only one in ten of the population: such a row weighs a ninth
  double weighted = 0.0;
  double plain = 0.0;
  constexpr int k_repeats = 60;
  const auto rows_of = [](std::size_t rows, std::uint64_t seed, double noisy_share) {
    test::Data data;
    data.task = mlp::Task::regression;
    for (std::size_t row = 0; row < rows; ++row) {
      const bool is_noisy = test::uniform(seed, 3, row) < noisy_share;
      data.scores.push_back(0.0);
      data.target.push_back((is_noisy ? 10.0 : 1.0) * test::normal(seed, 2, row));
      data.weights.push_back(is_noisy ? 1.0 : 9.0);
    }
    return data;
  };
  for (std::uint64_t seed = 1; seed <= k_repeats; ++seed) {
    auto calibration = rows_of(400, seed, .5);
    auto fresh = rows_of(1000, 1000 + seed, .1);
    const auto share = [&](const ConformalRule& rule) {
      return coverage_of(conformal_rows(rule, fresh.sample()), {}, all_of(1000), .95)->share / k_repeats;
    };
    weighted += share(conformal_rule(calibration.sample(), .9));
    calibration.weights.clear();
    plain += share(conformal_rule(calibration.sample(), .9));
  }
  CHECK(weighted == doctest::Approx(.9).epsilon(.012));
  CHECK(plain > .97);
}

TEST_CASE("coverage is a share of weight, with an interval of effective rows; weightless rows have none") {
  const std::vector<ConformalRow> rows = {{true, 1}, {false, 2}, {true, 0}, {true, 1}};
  const std::vector<double> weights = {1, 2, 3, 0};
  const auto coverage = coverage_of(rows, weights, all_of(4), .95);
  CHECK(coverage->share == doctest::Approx(4.0 / 6.0));
  CHECK(coverage->mean_size == doctest::Approx(5.0 / 6.0));
  CHECK(coverage->empty == doctest::Approx(.5));
  // (Σw)²/Σw² = 36/14
  CHECK(coverage->interval.lower == doctest::Approx(wilson_interval(4.0 / 6.0, 36.0 / 14.0, .95).lower));
  CHECK_FALSE(coverage_of(rows, weights, std::vector<std::uint32_t>{3}, .95));
}
