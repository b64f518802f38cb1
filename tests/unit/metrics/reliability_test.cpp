#include "metrics/reliability.hpp"

#include "samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace mlp::metrics;

namespace {

/// Scores are uniform; an outcome is positive with the score, plus `bias`, as its chance.
test::Data simulated(std::size_t rows, std::uint64_t seed, double bias = 0.0) {
  test::Data data;
  for (std::size_t row = 0; row < rows; ++row) {
    data.scores.push_back(0.1 + 0.8 * test::uniform(seed, 1, row));
    data.target.push_back(test::uniform(seed, 2, row) < data.scores.back() + bias ? 1.0 : 0.0);
  }
  return data;
}

} // namespace

TEST_CASE("ten bins of equal size, lowest scores first, each with Wilson's interval") {
  // scores .05, .15, … .95, ten rows each; in bin i, i of ten are positive
  test::Data data;
  for (int bin = 0; bin < 10; ++bin) {
    for (int row = 0; row < 10; ++row) {
      data.scores.push_back(0.05 + 0.1 * bin);
      data.target.push_back(row < bin ? 1.0 : 0.0);
    }
  }
  const auto found = reliability(data.sample(), {});
  REQUIRE(found.bins.size() == 10);
  CHECK(found.bins[8].n == 10);
  CHECK(found.bins[8].mean_score == doctest::Approx(0.85));
  CHECK(found.bins[8].observed == doctest::Approx(0.8));
  // Wilson of 8/10, as statsmodels has it
  CHECK(found.bins[8].interval.lower == doctest::Approx(0.4901625).epsilon(1e-6));
  CHECK(found.bins[8].interval.upper == doctest::Approx(0.9433178).epsilon(1e-6));
  CHECK(found.error == doctest::Approx(0.05)); // every bin is .05 off
  CHECK_FALSE(found.largest_gap);              // no bin has 50 rows
}

TEST_CASE("a perfectly calibrated model has an error above zero, and an excess error of about zero") {
  // evaluation table: at 500 rows the mean raw error is .047 (its scores), excess must be around 0
  double raw = 0.0;
  double excess = 0.0;
  int rejected = 0;
  constexpr int k_models = 40;
  for (std::uint64_t seed = 1; seed <= k_models; ++seed) {
    const auto found = reliability(simulated(500, seed).sample(), {});
    raw += found.error / k_models;
    excess += found.excess / k_models;
    rejected += found.p_value < 0.05 ? 1 : 0;
  }
  CHECK(raw > 0.04);
  CHECK(raw < 0.06);
  CHECK(std::abs(excess) < 0.006); // the standard deviation of one is about .011, of the mean of 40 .0018
  CHECK(rejected <= 7);            // 2 expected; 8 or more have a chance below 1 in 1,000
}

TEST_CASE("a model that is 0.1 too low everywhere is found out") {
  const auto found = reliability(simulated(2000, 3, 0.1).sample(), {});
  CHECK(found.excess > 0.05);
  CHECK(found.p_value == doctest::Approx(1.0 / 1001.0)); // no draw of 1,000 is as bad
  REQUIRE(found.largest_gap);
  CHECK(*found.largest_gap > 0.1);
}

TEST_CASE("large bins are drawn from the normal distribution, to the same effect") {
  // 30,000 rows: ten bins of 3,000, each with a variance of at least 3,000 · .1 · .9 = 270 > 100. Expected
  // error of a calibrated model: mean of |N(0, p(1 − p)/3000)| = √(2/π)·√(p(1 − p)/3000), about .0063
  const auto found = reliability(simulated(30000, 5).sample(), {});
  CHECK(found.error - found.excess == doctest::Approx(0.0063).epsilon(0.05));
  CHECK(std::abs(found.excess) < 0.006);
}

TEST_CASE("neither threads nor the order of rows move a number; the seed moves the simulation alone") {
  auto data = simulated(300, 7);
  const auto one = reliability(data.sample(), {.threads = 1});
  const auto two = reliability(data.sample(), {.threads = 2});
  CHECK(one.excess == two.excess);
  std::reverse(data.target.begin(), data.target.end());
  std::reverse(data.scores.begin(), data.scores.end());
  CHECK(reliability(data.sample(), {}).excess == one.excess);
  const auto seeded = reliability(data.sample(), {.seed = 9});
  CHECK(seeded.error == one.error);
  CHECK(seeded.excess != one.excess);
}

TEST_CASE("rows of one score are one bin; rows without weight count nothing") {
  test::Data data;
  data.target = {1, 0, 1, 0, 0};
  data.scores = {0.4, 0.4, 0.4, 0.4, 0.9};
  data.weights = {1, 1, 1, 1, 0};
  const auto found = reliability(data.sample(), {});
  REQUIRE(found.bins.size() == 1);
  CHECK(found.bins[0].observed == doctest::Approx(0.5));
  CHECK(found.error == doctest::Approx(0.1));
}
