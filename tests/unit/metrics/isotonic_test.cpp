#include "metrics/isotonic.hpp"

#include <doctest/doctest.h>

#include <vector>

using mlp::metrics::fit_isotonic;
using mlp::metrics::interpolated;

namespace {

std::vector<double> fitted(const std::vector<double>& outcomes, const std::vector<double>& scores,
                           std::vector<double> weights = {}) {
  weights.resize(scores.size(), 1.0);
  const auto map = fit_isotonic(outcomes, scores, weights);
  std::vector<double> values;
  for (const double score : scores) {
    values.push_back(interpolated(map, score));
  }
  return values;
}

} // namespace

TEST_CASE("scikit-learn's seven points: violators are pooled to their mean") {
  // sklearn test_isotonic_regression: 3 7 5 9 8 7 10 → 3 6 6 8 8 8 10; here divided by 20
  const std::vector<double> y = {.15, .35, .25, .45, .4, .35, .5};
  const std::vector<double> expected = {.15, .3, .3, .4, .4, .4, .5};
  const auto found = fitted(y, {.1, .2, .3, .4, .5, .6, .7});
  for (std::size_t i = 0; i < y.size(); ++i) {
    CHECK(found[i] == doctest::Approx(expected[i]).epsilon(1e-12));
  }
}

TEST_CASE("equal scores are one point, weighted; between points it is linear, outside level") {
  // at .2: (1·1 + 3·0)/4 = .25; at .6: .75
  const auto map = fit_isotonic(std::vector<double>{1, 0, .75}, std::vector<double>{.2, .2, .6},
                                std::vector<double>{1, 3, 1});
  CHECK(interpolated(map, .2) == doctest::Approx(.25));
  CHECK(interpolated(map, .4) == doctest::Approx(.5));
  CHECK(interpolated(map, 0.0) == doctest::Approx(.25));
  CHECK(interpolated(map, 1.0) == doctest::Approx(.75));
}

TEST_CASE("no probability is 0 or 1: a pool of n rows without a case counts as 1/(n + 2)") {
  // pools 0 0 0 | 1 0 | 1 1: 1/(3 + 2), 1/2, (2 + 1)/(2 + 2)
  const auto found = fitted({0, 0, 0, 1, 0, 1, 1}, {.1, .2, .3, .4, .5, .6, .7});
  CHECK(found[0] == doctest::Approx(.2));
  CHECK(found[2] == doctest::Approx(.2));
  CHECK(found[3] == doctest::Approx(.5));
  CHECK(found[4] == doctest::Approx(.5));
  CHECK(found[6] == doctest::Approx(.75));
}

TEST_CASE("what stands for 0 or 1 never passes the pool beside it") {
  // pools 0 (1 row) | .1 of outcomes | 1 (1 row): 1/3 would pass .1, and 2/3 would fall below .9
  const auto found = fitted({0, .1, .9, 1}, {.1, .2, .3, .4});
  CHECK(found[0] == doctest::Approx(.1));
  CHECK(found[3] == doctest::Approx(.9));
}
