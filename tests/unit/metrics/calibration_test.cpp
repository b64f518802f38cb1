#include "metrics/calibration.hpp"

#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

TEST_CASE("calibration_slope, calibration_intercept: equal to logistic regression on weighted rows") {
  // scikit-learn 1.9.1 LogisticRegression(C=inf) on the logit of binary_data's scores; scipy's brentq on the
  // score equation with the slope held at 1
  check_values(binary_data().sample(),
               {{"calibration_slope", 0.5132362444442518}, {"calibration_intercept", -0.3197479906369062}});
}

TEST_CASE("calibration: outcomes drawn from their own probabilities have slope 1 and intercept 0") {
  Data data;
  for (std::uint64_t row = 0; row < 20'000; ++row) {
    data.scores.push_back(uniform(3, 1, row));
    data.target.push_back(uniform(3, 2, row) < data.scores.back() ? 1.0 : 0.0);
  }
  const std::vector<double> weights(data.target.size(), 1.0);
  const auto slope = calibration_slope(data.target, data.scores, weights);
  const auto intercept = calibration_intercept(data.target, data.scores, weights);
  REQUIRE(slope.has_value());
  REQUIRE(intercept.has_value());
  CHECK(std::abs(slope->value - 1.0) < 4.0 * slope->standard_error);
  CHECK(std::abs(intercept->value) < 4.0 * intercept->standard_error);
  // standard errors of a well-specified model: information per row E[p(1-p)] = 1/6 for p uniform, so
  // 1/sqrt(20000/6) = .0173 for the intercept alone
  CHECK(intercept->standard_error == doctest::Approx(0.0173).epsilon(0.03));
}

TEST_CASE("calibration: too extreme probabilities have a slope below 1") {
  Data data;
  for (std::uint64_t row = 0; row < 5'000; ++row) {
    const double z = normal(4, 1, row);
    data.target.push_back(uniform(4, 2, row) < 1.0 / (1.0 + std::exp(-z)) ? 1.0 : 0.0);
    data.scores.push_back(1.0 / (1.0 + std::exp(-2.0 * z))); // twice the logit: slope 1/2
  }
  CHECK(*measure("calibration_slope", data.sample()).value == doctest::Approx(0.5).epsilon(0.1));
}

TEST_CASE("calibration: no finite slope where a threshold separates the classes") {
  const Data separated{Task::binary, {0, 0, 1, 1}, {.1, .2, .3, .4}, {}};
  check_undefined(separated.sample(), "calibration_slope",
                  "only one class or score is present, or a threshold separates the classes");
  const Data one_score{Task::binary, {0, 1}, {.3, .3}, {}};
  check_undefined(one_score.sample(), "calibration_slope",
                  "only one class or score is present, or a threshold separates the classes");
  // half are positive, so the logit of .3 must move by its own size: ln(7/3)
  check_values(one_score.sample(), {{"calibration_intercept", std::log(7.0 / 3.0)}});
  const Data one_class{Task::binary, {1, 1}, {.3, .6}, {}};
  check_undefined(one_class.sample(), "calibration_intercept", "only one class is present");
}

TEST_CASE("ece: by hand, a group of equal scores is not cut") {
  // ten rows of .2 of which 3 are positive, ten of .8 of which 8 are: (10·.1 + 10·0)/20
  Data data;
  for (int i = 0; i < 10; ++i) {
    data.scores.push_back(.2);
    data.target.push_back(i < 3 ? 1.0 : 0.0);
    data.scores.push_back(.8);
    data.target.push_back(i < 8 ? 1.0 : 0.0);
  }
  check_values(data.sample(), {{"ece", 0.05}});
}

TEST_CASE("ece: a perfectly calibrated model has about .047 at 500 rows, by its bias alone") {
  // evaluation.md, section 4: mean over draws of 10 equal-mass bins is .047 at n = 500
  double total = 0.0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Data data;
    for (std::uint64_t row = 0; row < 500; ++row) {
      data.scores.push_back(uniform(seed, 1, row));
      data.target.push_back(uniform(seed, 2, row) < data.scores.back() ? 1.0 : 0.0);
    }
    total += *measure("ece", data.sample()).value / 100.0;
  }
  CHECK(total == doctest::Approx(0.047).epsilon(0.1));
}
