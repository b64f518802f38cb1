#include "model/row_explanation.hpp"

#include "trained_model.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using mlp::Task;
using mlp::model::explain_row;
using mlp::model::nearest_changes;
using mlp::model::Predictor;
using mlp::test::xgboost;

namespace {

void check_additive(Task task, const std::string& target, const std::string& booster) {
  CAPTURE(target);
  CAPTURE(booster);
  const auto table = mlp::test::customers();
  const Predictor predictor(mlp::test::customer_model(task, target, booster), xgboost(), 1);
  for (std::uint32_t row = 0; row < 50; ++row) {
    const auto found = explain_row(predictor, predictor.encoded(table, {row}));
    double sum = found.base_value;
    for (const double contribution : found.contributions) {
      sum += contribution;
    }
    REQUIRE(found.contributions.size() == 3);
    REQUIRE(std::abs(sum - found.margin) <= 1e-5 * std::max(1.0, std::abs(found.margin)));
  }
}

} // namespace

TEST_CASE("contributions add up to the margin: of trees, dropped-out trees and a line, for every task") {
  check_additive(Task::binary, "left", "gbtree");
  check_additive(Task::binary, "left", "dart");
  check_additive(Task::multiclass, "kind", "gbtree");
  check_additive(Task::regression, "spend", "gbtree"); // margins of about 1,000
}

TEST_CASE("the margin is the log-odds of the score; of several classes the predicted one is explained") {
  const auto table = mlp::test::customers();
  const Predictor binary(mlp::test::customer_model(Task::binary, "left"), xgboost(), 1);
  const auto found = explain_row(binary, binary.encoded(table, {3}));
  CHECK(found.scores[0] == doctest::Approx(1.0 / (1.0 + std::exp(-found.margin))).epsilon(1e-6));
  const Predictor several(mlp::test::customer_model(Task::multiclass, "kind"), xgboost(), 1);
  for (std::uint32_t row = 0; row < 20; ++row) {
    const auto of_class = explain_row(several, several.encoded(table, {row}));
    REQUIRE(of_class.scores[of_class.output] ==
            *std::max_element(of_class.scores.begin(), of_class.scores.end()));
  }
}

TEST_CASE("the nearest change turns the decision, and a step less does not") {
  const auto table = mlp::test::steps();
  const Predictor predictor(mlp::test::step_model(), xgboost(), 1);
  const auto reference = predictor.encoded(table, mlp::test::all_rows(table));
  for (const std::uint32_t row : {0U, 19U}) { // x = 0 and x = 9
    const auto encoded = predictor.encoded(table, {row});
    const auto changes = nearest_changes(predictor, encoded, reference);
    REQUIRE(changes.size() == 1); // the idle feature turns nothing
    CHECK(changes[0].feature == 0);
    auto changed = encoded;
    changed[0] = changes[0].to;
    const bool before = predictor.scores_of_encoded(encoded)[0] >= 0.5;
    CHECK((predictor.scores_of_encoded(changed)[0] >= 0.5) != before);
    CHECK(changes[0].score == predictor.scores_of_encoded(changed)[0]);
    changed[0] = std::nextafterf(changes[0].to, encoded[0]);
    CHECK((predictor.scores_of_encoded(changed)[0] >= 0.5) == before);
    // from 0 up to the cut, all rows with 0 … 4 lie below (a half); from 9 down, those with 5 … 8 (0.4)
    CHECK(changes[0].distance == doctest::Approx(row == 0 ? 0.5 : 0.4));
  }
}

TEST_CASE("a missing number is moved from the median; an impossible threshold leaves no change") {
  const auto table = mlp::test::steps();
  auto artifact = mlp::test::step_model();
  const Predictor predictor(artifact, xgboost(), 1);
  const auto reference = predictor.encoded(table, mlp::test::all_rows(table));
  const std::vector<float> missing = {std::numeric_limits<float>::quiet_NaN(), 7.0F};
  const auto changes = nearest_changes(predictor, missing, reference);
  REQUIRE(changes.size() == 1);
  CHECK((changes[0].score >= 0.5) != (predictor.scores_of_encoded(missing)[0] >= 0.5));
  artifact.threshold = 1.5;
  CHECK(
      nearest_changes(Predictor(artifact, xgboost(), 1), std::vector<float>{9.0F, 7.0F}, reference).empty());
}

TEST_CASE("categories and booleans are tried in every other value; other tasks have no decision to turn") {
  const auto table = mlp::test::customers();
  const Predictor predictor(mlp::test::customer_model(Task::binary, "left"), xgboost(), 1);
  const auto all = predictor.encoded(table, mlp::test::all_rows(table));
  bool found_category = false;
  for (std::uint32_t row = 0; row < 100; ++row) {
    const auto encoded = predictor.encoded(table, {row});
    const bool before = predictor.scores_of_encoded(encoded)[0] >= 0.5;
    const auto changes = nearest_changes(predictor, encoded, all);
    for (std::size_t i = 0; i < changes.size(); ++i) {
      CHECK((changes[i].score >= 0.5) != before);
      CHECK((i == 0 || changes[i - 1].distance <= changes[i].distance));
      found_category = found_category || changes[i].feature == 1;
    }
  }
  CHECK(found_category);
  const Predictor regression(mlp::test::customer_model(Task::regression, "spend"), xgboost(), 1);
  CHECK(nearest_changes(regression, regression.encoded(table, {0}), all).empty());
}
