#include "metrics/independent.hpp"

#include <doctest/doctest.h>

#include <cmath>

using doctest::Approx;
using namespace mlp::metrics;

namespace {

Interval newcombe(double first, double m, double second, double n) {
  return difference_interval(first, wilson_interval(first, m, 0.95), second,
                             wilson_interval(second, n, 0.95));
}

} // namespace

TEST_CASE("difference_interval: Newcombe's 1998 table II, method 10") {
  // 56/70 − 48/80: 0.0524 to 0.3339; 9/10 − 3/10: 0.1705 to 0.8090; 10/10 − 0/10: 0.6075 to 1
  const Interval common = newcombe(56.0 / 70, 70, 48.0 / 80, 80);
  CHECK(common.lower == Approx(.0524).epsilon(.001));
  CHECK(common.upper == Approx(.3339).epsilon(.001));
  const Interval few = newcombe(.9, 10, .3, 10);
  CHECK(few.lower == Approx(.1705).epsilon(.001));
  CHECK(few.upper == Approx(.8090).epsilon(.001));
  const Interval extreme = newcombe(1.0, 10, 0.0, 10);
  CHECK(extreme.lower == Approx(.6075).epsilon(.001));
  CHECK(extreme.upper == 1.0);
}

TEST_CASE("difference_interval: exchanging the two turns it round") {
  const Interval forth = newcombe(.3, 50, .5, 80);
  const Interval back = newcombe(.5, 80, .3, 50);
  CHECK(forth.lower == Approx(-back.upper));
  CHECK(forth.upper == Approx(-back.lower));
}

TEST_CASE("ratio_interval: the log method by hand") {
  // 15/100 against 30/100: ln ½ ± 1.95996·√(1/15 − 1/100 + 1/30 − 1/100) = −.6931 ± .5544
  const auto interval = ratio_interval({.15, 100}, {.30, 100}, .95);
  REQUIRE(interval);
  const double half = 1.959964 * std::sqrt(1.0 / 15 + 1.0 / 30 - 2.0 / 100);
  CHECK(interval->lower == Approx(.5 * std::exp(-half)));
  CHECK(interval->upper == Approx(.5 * std::exp(half)));
}

TEST_CASE("ratio_interval: a first share of 0 is bounded above, a second one leaves no ratio") {
  const auto none = ratio_interval({0.0, 100}, {.30, 100}, .95);
  REQUIRE(none);
  CHECK(none->lower == 0.0);
  // ½ of 100.5 rows: ln(.004975/.3) + 1.95996·√(2 − 1/100.5 + 1/30 − 1/100) = −4.0993 + 2.7812
  CHECK(none->upper == Approx(std::exp(-4.0993 + 2.7812)).epsilon(.001));
  CHECK_FALSE(ratio_interval({.15, 100}, {0.0, 100}, .95));
}

TEST_CASE("two_proportion_p: the pooled z-test by hand, and 1 where nothing varies") {
  // 15/100 and 30/100: pooled .225, z = .15/√(.225·.775·.02) = 2.5400, p = .01109
  CHECK(two_proportion_p({.15, 100}, {.30, 100}) == Approx(.011085).epsilon(.001));
  CHECK(two_proportion_p({0.0, 100}, {0.0, 50}) == 1.0);
  CHECK(two_proportion_p({.2, 100}, {.2, 50}) == Approx(1.0));
}
