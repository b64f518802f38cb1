#include "model/predict.hpp"

#include "base/error.hpp"
#include "model/train.hpp"
#include "sample_table.hpp"
#include "support/xgboost.hpp"

#include <doctest/doctest.h>

using mlp::Task;
using mlp::model::InputReport;
using mlp::model::Predictor;
using mlp::test::all_rows;
using mlp::test::customers;
using mlp::test::xgboost;

namespace {

mlp::model::Artifact model_of(Task task, const std::string& target, const std::string& booster = "gbtree") {
  auto project = mlp::test::project_for(task, target, task == Task::regression ? "rmse" : "log_loss");
  project.data.positive = task == Task::binary ? std::optional<std::string>("yes") : std::nullopt;
  project.model.params["booster"] = booster;
  const auto table = customers();
  return mlp::model::train(table, mlp::test::split_in_turn(table.rows), mlp::test::customer_roles(target),
                           project, xgboost(), {})
      .artifact;
}

} // namespace

TEST_CASE("scores do not depend on threads, on which rows are asked for, or on the order of columns") {
  const auto artifact = model_of(Task::binary, "left");
  auto table = customers();
  const auto all = Predictor(artifact, xgboost(), 1).scores(table, all_rows(table));
  CHECK(Predictor(artifact, xgboost(), 2).scores(table, all_rows(table)) == all);
  CHECK(Predictor(artifact, xgboost(), 1).scores(table, {5, 700}) == std::vector<double>{all[5], all[700]});
  std::swap(table.columns[0], table.columns[2]);
  CHECK(Predictor(artifact, xgboost(), 1).scores(table, all_rows(table)) == all);
  CHECK(Predictor(artifact, xgboost(), 1).scores(table, {}).empty());
}

TEST_CASE("class probabilities add up to one as doubles do") {
  const Predictor predictor(model_of(Task::multiclass, "kind"), xgboost(), 1);
  const auto table = customers();
  const auto scores = predictor.scores(table, all_rows(table));
  REQUIRE(scores.size() == 3 * table.rows);
  for (std::size_t first = 0; first < scores.size(); first += 3) {
    REQUIRE(scores[first] + scores[first + 1] + scores[first + 2] == doctest::Approx(1.0).epsilon(1e-15));
  }
}

TEST_CASE("dart predicts as well, through a matrix") {
  const Predictor predictor(model_of(Task::regression, "spend", "dart"), xgboost(), 1);
  const auto table = customers();
  const double score = predictor.scores(table, {3}).at(0);
  CHECK(score == doctest::Approx(table.column("spend").numbers[3]).epsilon(0.1));
}

TEST_CASE("odd input is counted by column and flagged by row") {
  auto table = customers();
  auto& age = table.columns[0];
  age.numbers = std::vector<double>(table.rows, 40.0);
  age.numbers[0] = 500.0;
  age.numbers[1] = mlp::test::k_missing_number;
  table.columns[1] = mlp::test::categories("plan", {"a", "z"}, std::vector<std::int32_t>(table.rows, 0));
  table.columns[1].codes[2] = 1;
  InputReport report;
  std::vector<bool> invalid;
  static_cast<void>(
      Predictor(model_of(Task::binary, "left"), xgboost(), 2).scores(table, {0, 1, 2, 3}, &report, &invalid));
  CHECK(report.rows == 4);
  CHECK(report.invalid_rows == 2);
  CHECK(report.out_of_range == std::map<std::string, std::int64_t>{{"age", 1}});
  CHECK(report.missing == std::map<std::string, std::int64_t>{{"age", 1}});
  CHECK(report.unseen_category == std::map<std::string, std::int64_t>{{"plan", 1}});
  CHECK(report.wrong_type.empty());
  CHECK(invalid == std::vector<bool>{true, false, true, false});
}

TEST_CASE("a table without the model's columns is refused, each named; the model says the types it wants") {
  const Predictor predictor(model_of(Task::binary, "left"), xgboost(), 1);
  const auto table = mlp::test::table_of({mlp::test::number_column("age", {1})});
  CHECK_THROWS_WITH_AS(static_cast<void>(predictor.scores(table, {0})),
                       "the columns do not fit the model: 'plan' is missing; 'member' is missing",
                       mlp::Error);
  CHECK(predictor.types().at("plan") == mlp::dataset::ColumnType::category);
  CHECK(predictor.types().size() == 3);
}

TEST_CASE("a booster of another model than features.json describes is corrupt") {
  auto artifact = model_of(Task::binary, "left");
  artifact.features.pop_back();
  CHECK_THROWS_AS(Predictor(artifact, xgboost(), 1), mlp::Error);
  artifact.booster = "no model";
  CHECK_THROWS_AS(Predictor(artifact, xgboost(), 1), mlp::Error);
}
