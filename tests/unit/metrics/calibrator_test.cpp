#include "metrics/calibrator.hpp"

#include "base/error.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

using namespace mlp::metrics;
using mlp::Calibration;

namespace {

double sigmoid(double x) { return 1.0 / (1.0 + std::exp(-x)); }

/// Scores that are too extreme: the log-odds are twice what the outcomes follow.
test::Data extreme(std::size_t rows, std::uint64_t seed) {
  test::Data data;
  for (std::size_t row = 0; row < rows; ++row) {
    const double logit = 2.0 * test::normal(seed, 2, row);
    data.target.push_back(test::uniform(seed, 1, row) < sigmoid(logit) ? 1.0 : 0.0);
    data.scores.push_back(sigmoid(2.0 * logit));
  }
  return data;
}

double loss(const test::Data& data, const std::vector<double>& scores) {
  Sample sample = data.sample();
  sample.scores = scores;
  return *measure("log_loss", sample).value;
}

} // namespace

TEST_CASE("platt: scikit-learn's three rows of LibSVM") {
  // sklearn test_sigmoid_calibration: f = 5, −4, 1 with y = 1, −1, −1 gives P = 1/(1 + exp(A·f + B)) with
  // A = −0.20261354391187855, B = 0.65236314980010512 (LibSVM's own Newton stops at three digits)
  test::Data data;
  data.target = {1, 0, 0};
  data.scores = {sigmoid(5.0), sigmoid(-4.0), sigmoid(1.0)};
  const auto found = fit_calibrator(Calibration::platt, data.sample());
  const auto line = std::get<LogitLine>(found.maps.at(0));
  CHECK(line.slope == doctest::Approx(0.20261354391187855).epsilon(1e-3));
  CHECK(line.intercept == doctest::Approx(-0.65236314980010512).epsilon(1e-3));
  // at the greatest likelihood the residuals sum to 0, plainly and times f; targets (1 + 1)/(1 + 2), 1/(2 +
  // 2)
  const std::array<double, 3> f = {5.0, -4.0, 1.0};
  const std::array<double, 3> t = {2.0 / 3.0, 0.25, 0.25};
  double plain = 0.0;
  double times_f = 0.0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double residual = t.at(i) - calibrated(found.maps[0], sigmoid(f.at(i)));
    plain += residual;
    times_f += residual * f.at(i);
  }
  CHECK(std::abs(plain) < 1e-9);
  CHECK(std::abs(times_f) < 1e-9);
}

TEST_CASE("platt finds the line that made the outcomes") {
  const auto data = extreme(20000, 3);
  const auto line = std::get<LogitLine>(fit_calibrator(Calibration::platt, data.sample()).maps.at(0));
  // log-odds were doubled, so the slope is 1/2; its standard error here is about 0.008
  CHECK(line.slope == doctest::Approx(0.5).epsilon(0.05));
  CHECK(std::abs(line.intercept) < 0.08);
}

TEST_CASE("scores that rank the wrong way round are refused, not reversed") {
  auto data = extreme(2000, 4);
  for (double& score : data.scores) {
    score = 1.0 - score;
  }
  CHECK_THROWS_AS(static_cast<void>(fit_calibrator(Calibration::platt, data.sample())), mlp::Error);
}

TEST_CASE("calibrating lowers the loss of rows that it was not fitted to, by every method") {
  const auto fitted = extreme(4000, 5);
  const auto fresh = extreme(4000, 6);
  for (const Calibration method : {Calibration::platt, Calibration::isotonic, Calibration::temperature}) {
    auto scores = fresh.scores;
    calibrate(fit_calibrator(method, fitted.sample()), 1, scores);
    CHECK(loss(fresh, scores) < loss(fresh, fresh.scores) - 0.05);
    // the ranking stays: AUC moves by ties alone
    Sample sample = fresh.sample();
    const double before = *measure("roc_auc", sample).value;
    sample.scores = scores;
    CHECK(*measure("roc_auc", sample).value == doctest::Approx(before).epsilon(0.01));
  }
}

TEST_CASE("cross-fitted scores tell what fresh rows will: fitting and judging on the same ones flatters") {
  const auto data = extreme(1000, 7);
  auto flattered = data.scores;
  calibrate(fit_calibrator(Calibration::isotonic, data.sample()), 1, flattered);
  const auto honest = cross_fitted_scores(Calibration::isotonic, data.sample());
  CHECK(honest == cross_fitted_scores(Calibration::isotonic, data.sample()));
  CHECK(loss(data, honest) > loss(data, flattered) + 0.005);
}

TEST_CASE("several classes: one map each, and the results add up to one") {
  test::Data data;
  data.task = mlp::Task::multiclass;
  data.classes = 3;
  for (std::size_t row = 0; row < 600; ++row) {
    const std::size_t label = row % 3;
    data.target.push_back(static_cast<double>(label));
    std::array<double, 3> scores = {0.2, 0.2, 0.2};
    scores.at(test::uniform(1, 0, row) < 0.7 ? label : (label + 1) % 3) = 0.6;
    data.scores.insert(data.scores.end(), scores.begin(), scores.end());
  }
  const auto calibrator = fit_calibrator(Calibration::platt, data.sample());
  REQUIRE(calibrator.maps.size() == 3);
  auto scores = data.scores;
  calibrate(calibrator, 3, scores);
  for (std::size_t row = 0; row < 600; ++row) {
    REQUIRE(scores[3 * row] + scores[3 * row + 1] + scores[3 * row + 2] ==
            doctest::Approx(1.0).epsilon(1e-15));
  }
  // 0.6 was right in 7 rows of 10
  CHECK(*std::max_element(scores.begin(), scores.end()) == doctest::Approx(0.7).epsilon(0.1));
}

TEST_CASE("what cannot be fitted says why: too few rows, or a class of too few") {
  const std::vector<double> balanced = [] {
    std::vector<double> target(999, 0.0);
    std::fill(target.begin(), target.begin() + 400, 1.0);
    return target;
  }();
  CHECK_FALSE(calibration_problem(Calibration::platt, balanced, {}, 2));
  CHECK(calibration_problem(Calibration::isotonic, balanced, {}, 2) ==
        "isotonic regression needs 1000 validation rows, there are 999");
  const std::vector<double> rare = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  CHECK(calibration_problem(Calibration::platt, rare, {}, 2) ==
        "each class needs 10 validation rows, one has 1");
  CHECK(calibration_problem(Calibration::temperature, rare, {}, 2) ==
        "it needs 10 validation rows of other classes than the largest, there are 1");
  // a class without any row is no hindrance to what has one number for all of them
  CHECK_FALSE(calibration_problem(Calibration::temperature, balanced, {}, 3));
  CHECK(calibration_problem(Calibration::platt, balanced, {}, 3));
  const std::vector<double> weights(999, 0.0);
  CHECK(calibration_problem(Calibration::platt, balanced, weights, 2) ==
        "each class needs 10 validation rows, one has 0");
}
