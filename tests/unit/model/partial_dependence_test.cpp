#include "model/partial_dependence.hpp"

#include "trained_model.hpp"

#include <doctest/doctest.h>

using mlp::Task;
using mlp::model::partial_dependence;
using mlp::model::Predictor;
using mlp::model::probe_of;
using mlp::test::xgboost;

TEST_CASE("where one feature decides, the dependence on it is the prediction itself") {
  const auto table = mlp::test::steps();
  const Predictor predictor(mlp::test::step_model(), xgboost(), 1);
  const auto rows = mlp::test::all_rows(table);
  const auto scores = predictor.scores(table, rows);
  const auto found = partial_dependence(*probe_of(predictor, table, rows), {}, 0);
  // 400 rows in equal shares of 0 … 9: the deciles (positions 0, 39, 79, …) of the sorted values are these
  // ten
  REQUIRE(found.points.size() == 10);
  for (std::size_t i = 0; i < 10; ++i) {
    CHECK(found.points[i].value == std::to_string(i));
    CHECK(found.points[i].means.at(0) == doctest::Approx(scores[2 * i])); // x = row % 20 / 2
  }
  const auto idle = partial_dependence(*probe_of(predictor, table, rows), {}, 1);
  REQUIRE(idle.points.size() == 1);
  CHECK(idle.points[0].value == "7");
}

TEST_CASE("weights weigh the rows that are averaged") {
  const auto table = mlp::test::steps();
  const Predictor predictor(mlp::test::step_model(), xgboost(), 1);
  const auto probe = probe_of(predictor, table, {0, 19});
  const auto scores = predictor.scores(table, {0, 19});
  const auto found = partial_dependence(*probe, std::vector<double>{3.0, 1.0}, 1);
  CHECK(found.points.at(0).means.at(0) == doctest::Approx((3.0 * scores[0] + scores[1]) / 4.0));
}

TEST_CASE("categories stand under their own text, a missing value is tried, each class has a mean") {
  const auto table = mlp::test::customers();
  const Predictor predictor(mlp::test::customer_model(Task::multiclass, "kind"), xgboost(), 1);
  const auto probe = probe_of(predictor, table, mlp::test::all_rows(table));
  const auto plan = partial_dependence(*probe, {}, 1);
  REQUIRE(plan.points.size() == 3);
  CHECK(plan.points[1].value == "b");
  for (const auto& point : plan.points) {
    REQUIRE(point.means.size() == 3);
    CHECK(point.means[0] + point.means[1] + point.means[2] == doctest::Approx(1.0));
  }
  CHECK(plan.points[1].means[0] > plan.points[0].means[0] + 0.1);              // plan b pulls towards "high"
  CHECK(partial_dependence(*probe, {}, 0).points.back().value == "(missing)"); // 5 % of the ages
}

TEST_CASE("where most rows share a value, the values beside it are tried all the same") {
  std::vector<double> x(400, 0.0);
  for (std::size_t row = 0; row < 20; ++row) {
    x[row] = 1.0 + static_cast<double>(row);
  }
  auto table = mlp::test::steps();
  table.columns[0].numbers = x;
  const Predictor predictor(mlp::test::step_model(), xgboost(), 1);
  const auto found = partial_dependence(*probe_of(predictor, table, mlp::test::all_rows(table)), {}, 0);
  CHECK(found.points.size() == 11); // deciles of 0, 1, …, 20
  CHECK(found.points[1].value == "2");
}
