#include "metrics/temperature.hpp"

#include "base/error.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using doctest::Approx;
using namespace mlp::metrics;
using mlp::Task;

namespace {

Temperature fitted(const test::Data& data) {
  return fit_temperature(data.sample(), std::vector<bool>(data.target.size(), true));
}

test::Data ten_rows() {
  return {Task::multiclass,
          {0, 1, 0, 1, 2, 1, 0, 2, 0, 2},
          {.7, .2, .1, .1, .8,  .1,  .3, .3, .4, .6, .3,  .1,  .05, .15, .8,
           .2, .5, .3, .5, .25, .25, .1, .1, .8, .9, .05, .05, .25, .6,  .15},
          {},
          3};
}

} // namespace

TEST_CASE("fit_temperature: of three classes, equal to scipy's root of the likelihood's derivative") {
  // brentq on Σ w (1.2 E_q[log p] - log p of the truth - .2 E_p[log p]) over 1/T, scipy 1.13.1; .2 = 2 / 10
  auto data = ten_rows();
  CHECK(fitted(data).value == Approx(0.7668580145740458).epsilon(1e-12));
  data.weights = {1, 2, .5, 1.5, 1, 3, 2, 1, .25, 1};
  CHECK(fitted(data).value == Approx(0.6470016094387109).epsilon(1e-12));
}

TEST_CASE("fit_temperature: of two classes, the same") {
  const test::Data data{Task::binary, {1, 1, 0, 1, 0, 1, 0, 0}, {.9, .8, .7, .6, .4, .3, .35, .1}, {}};
  CHECK(fitted(data).value == Approx(0.9656931607817472).epsilon(1e-12));
}

TEST_CASE("fit_temperature: rows that take no part, or weigh nothing, change nothing") {
  auto data = ten_rows();
  const double without =
      fit_temperature(data.sample(), {true, true, true, true, true, true, true, true, true, false}).value;
  data.weights = {1, 1, 1, 1, 1, 1, 1, 1, 1, 0};
  CHECK(fitted(data).value == Approx(without).epsilon(1e-14));
  CHECK(without < fitted(ten_rows()).value); // the row left out was a surprise
}

TEST_CASE("fit_temperature: the temperature that made the outcomes is found") {
  // log-odds were doubled: T = 2, with a standard error of about 0.03
  test::Data data;
  for (std::size_t row = 0; row < 20000; ++row) {
    const double logit = 2.0 * test::normal(3, 2, row);
    data.target.push_back(test::uniform(3, 1, row) < 1.0 / (1.0 + std::exp(-logit)) ? 1.0 : 0.0);
    data.scores.push_back(1.0 / (1.0 + std::exp(-2.0 * logit)));
  }
  CHECK(fitted(data).value == Approx(2.0).epsilon(0.06));
}

TEST_CASE("fit_temperature: rows that are all right make no certain answers") {
  // two rows at their word bring .2 errors to 100 rows of .9 that are right: 102 q = 100 + 2 · .9, q = .99804
  test::Data data{Task::binary, std::vector<double>(100, 1.0), std::vector<double>(100, .9), {}};
  CHECK(tempered(fitted(data), .9) == Approx(101.8 / 102.0).epsilon(1e-12));
  data.scores.assign(100, .55); // q of 101.1 / 102 has 23 times the log-odds of .55: ten times is the most
  CHECK(fitted(data).value == k_lowest_temperature);
}

TEST_CASE("fit_temperature: a model that knows nothing, or the opposite, is refused") {
  const test::Data opposite{Task::binary, {0, 0, 1, 1}, {.9, .6, .4, .2}, {}};
  CHECK_THROWS_WITH_AS(
      static_cast<void>(fitted(opposite)),
      "cannot calibrate: on the validation part, the true class has no higher probability than the others",
      mlp::Error);
  const test::Data nothing{Task::binary, {0, 1}, {.5, .5}, {}};
  CHECK_THROWS_AS(static_cast<void>(fitted(nothing)), mlp::Error);
}

TEST_CASE("temper: by hand, also where a class has a probability of 0") {
  std::array<double, 3> p = {.64, .32, .04};
  temper({2.0}, p); // square roots .8, .5657, .2
  const double total = .8 + std::sqrt(.32) + .2;
  CHECK(p[0] == Approx(.8 / total).epsilon(1e-14));
  CHECK(p[2] == Approx(.2 / total).epsilon(1e-14));
  std::array<double, 3> certain = {0.0, 1.0, 0.0};
  temper({.1}, certain);
  CHECK(certain[1] == 1.0);
  CHECK(tempered({2.0}, .8) == Approx(2.0 / 3.0).epsilon(1e-14)); // odds 4 become 2
}
