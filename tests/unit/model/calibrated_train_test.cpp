#include "base/error.hpp"
#include "trained_model.hpp"

#include <doctest/doctest.h>

#include <cmath>

using mlp::Calibration;
using mlp::Task;
using mlp::model::Predictor;
using mlp::test::xgboost;

namespace {

mlp::model::TrainResult trained(Task task, const std::string& target, Calibration calibrate,
                                unsigned threads = 1) {
  auto project = mlp::test::project_for(task, target, "log_loss");
  project.model.calibrate = calibrate;
  project.data.positive = task == Task::binary ? std::optional<std::string>("yes") : std::nullopt;
  project.model.params["eta"] = 1.0; // learns noise: too sure of itself
  const auto table = mlp::test::customers();
  mlp::model::TrainOptions options;
  options.threads = threads;
  return mlp::model::train(table, mlp::test::split_in_turn(table.rows), mlp::test::customer_roles(target),
                           project, xgboost(), options);
}

} // namespace

TEST_CASE("a calibrated model's scores are its booster's, through the calibrator") {
  const auto table = mlp::test::customers();
  const auto result = trained(Task::binary, "left", Calibration::platt);
  REQUIRE(result.artifact.calibrator);
  const auto line = std::get<mlp::metrics::LogitLine>(result.artifact.calibrator->maps.at(0));
  CHECK(line.slope < 0.9); // too sure: pulled towards the middle
  const Predictor calibrated(result.artifact, xgboost(), 1);
  const auto encoded = calibrated.encoded(table, {0, 1, 2, 3});
  const auto raw = calibrated.booster_scores_of_encoded(encoded);
  const auto scores = calibrated.scores(table, {0, 1, 2, 3});
  for (std::size_t i = 0; i < 4; ++i) {
    const double logit = std::log(raw[i] / (1.0 - raw[i]));
    CHECK(scores[i] == doctest::Approx(1.0 / (1.0 + std::exp(-line.intercept - line.slope * logit))));
  }
}

TEST_CASE("calibrating changes nothing but the calibrator; it is told what it is worth, on any threads") {
  const auto plain = trained(Task::binary, "left", Calibration::none);
  const auto platt = trained(Task::binary, "left", Calibration::platt);
  CHECK(plain.artifact.booster == platt.artifact.booster);
  CHECK_FALSE(plain.calibration);
  REQUIRE(platt.calibration);
  CHECK(platt.calibration->rows == 200); // split_in_turn: a quarter of 800
  CHECK(platt.calibration->loss_after < platt.calibration->loss_before);
  CHECK(mlp::model::features_json(platt.artifact) ==
        mlp::model::features_json(trained(Task::binary, "left", Calibration::platt, 2).artifact));
}

TEST_CASE("several classes are calibrated one against the rest") {
  const auto result = trained(Task::multiclass, "kind", Calibration::platt);
  REQUIRE(result.artifact.calibrator);
  CHECK(result.artifact.calibrator->maps.size() == 3);
  const auto table = mlp::test::customers();
  const auto scores = Predictor(result.artifact, xgboost(), 1).scores(table, {5});
  CHECK(scores[0] + scores[1] + scores[2] == doctest::Approx(1.0).epsilon(1e-15));
}

TEST_CASE("one temperature acts on all classes together, and leaves the most probable one") {
  const auto result = trained(Task::multiclass, "kind", Calibration::temperature);
  REQUIRE(result.artifact.calibrator);
  REQUIRE(result.artifact.calibrator->maps.size() == 1);
  const double t = std::get<mlp::metrics::Temperature>(result.artifact.calibrator->maps[0]).value;
  CHECK(t != 1.0);
  CHECK(result.calibration->loss_after == doctest::Approx(result.calibration->loss_before).epsilon(0.1));
  const Predictor predictor(result.artifact, xgboost(), 1);
  const auto table = mlp::test::customers();
  const auto raw = predictor.booster_scores_of_encoded(predictor.encoded(table, {5}));
  const auto scores = predictor.scores(table, {5});
  const double total = std::pow(raw[0], 1.0 / t) + std::pow(raw[1], 1.0 / t) + std::pow(raw[2], 1.0 / t);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(scores[k] == doctest::Approx(std::pow(raw[k], 1.0 / t) / total).epsilon(1e-12));
  }
}

TEST_CASE("too few validation rows for isotonic regression are refused before the work") {
  CHECK_THROWS_WITH_AS(
      static_cast<void>(trained(Task::binary, "left", Calibration::isotonic)),
      "cannot calibrate (isotonic): isotonic regression needs 1000 validation rows, there are 200",
      mlp::Error);
}
