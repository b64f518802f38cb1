#include "metrics/intervals.hpp"

#include "unit/metrics/samples.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using doctest::Approx;

TEST_CASE("wilson_interval: published numbers, and no end beyond 0 or 1") {
  // evaluation.md, section 13: 8/10 .4901625-.9433178; 0/10 0-.2775328
  const Interval most = wilson_interval(0.8, 10, 0.95);
  CHECK(most.lower == Approx(.4901625).epsilon(1e-7));
  CHECK(most.upper == Approx(.9433178).epsilon(1e-7));
  const Interval none = wilson_interval(0.0, 10, 0.95);
  CHECK(none.lower == 0.0);
  CHECK(none.upper == Approx(.2775328).epsilon(1e-6));
  CHECK(wilson_interval(1.0, 10, 0.95).upper == 1.0);
}

TEST_CASE("estimate_mean: s/√n for equal weights, rows outside are left out") {
  const double outside = std::nan("");
  // 1, 2, 3, 6: mean 3, s² = (4 + 1 + 0 + 9)/3, standard error √(14/3/4)
  const auto estimate =
      estimate_mean(std::array{1.0, outside, 2.0, 3.0, 6.0}, std::array{1.0, 9.0, 1.0, 1.0, 1.0});
  CHECK(estimate.mean == Approx(3.0));
  CHECK(estimate.effective_rows == Approx(4.0));
  CHECK(estimate.standard_error == Approx(std::sqrt(14.0 / 12.0)));
}

TEST_CASE("mean_interval: by hand with t of three degrees of freedom") {
  const auto interval = mean_interval({3.0, 0.5, 4.0}, 0.95);
  CHECK(interval.upper == Approx(3.0 + 0.5 * 3.1824463052837078));
  CHECK(interval.lower == Approx(3.0 - 0.5 * 3.1824463052837078));
}

TEST_CASE("quantile: type 7, as numpy's default") {
  std::array values = {4.0, 1.0, 3.0, 2.0};
  // numpy.quantile([1, 2, 3, 4], .4) = 1 + .4·3 = 2.2
  CHECK(quantile(values, 0.4) == Approx(2.2));
  CHECK(quantile(values, 0.0) == 1.0);
  CHECK(quantile(values, 1.0) == 4.0);
}

TEST_CASE("wilson_interval: covers the true share about 95 times in 100") {
  int covered = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    double hits = 0.0;
    for (std::uint64_t row = 0; row < 50; ++row) {
      hits += uniform(seed, 7, row) < 0.1 ? 1.0 : 0.0;
    }
    const auto interval = wilson_interval(hits / 50.0, 50.0, 0.95);
    covered += interval.lower <= 0.1 && 0.1 <= interval.upper ? 1 : 0;
  }
  CHECK(covered >= 930);
  CHECK(covered <= 990); // exact coverage at n = 50, p = .1 is .970
}
