#include "model/explanation.hpp"

#include "trained_model.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using mlp::Task;
using mlp::model::explain_model;
using mlp::model::Predictor;
using mlp::model::sample_positions;
using mlp::test::xgboost;

TEST_CASE("a sample of positions is ascending, of the size asked for, and moves with the seed") {
  CHECK(sample_positions(3, 5, 0, 0) == std::vector<std::uint32_t>{0, 1, 2});
  const auto some = sample_positions(1000, 100, 7, 0);
  CHECK(some.size() == 100);
  CHECK(std::is_sorted(some.begin(), some.end()));
  CHECK(std::adjacent_find(some.begin(), some.end()) == some.end());
  CHECK(some == sample_positions(1000, 100, 7, 0));
  CHECK(some != sample_positions(1000, 100, 8, 0));
  // 100 of 1,000: about half of them from the first half (standard deviation 4.7)
  const auto low = std::lower_bound(some.begin(), some.end(), 500U) - some.begin();
  CHECK(low > 26);
  CHECK(low < 74);
}

TEST_CASE("features come by importance; the dependence is worked out of those that are used") {
  const auto table = mlp::test::steps();
  const Predictor predictor(mlp::test::step_model(), xgboost(), 1);
  mlp::metrics::Sample judged;
  judged.target = table.column("y").numbers;
  const auto found = explain_model(*mlp::model::probe_of(predictor, table, mlp::test::all_rows(table)),
                                   judged, "roc_auc", {});
  REQUIRE(found.features.size() == 2);
  CHECK(found.features[0].name == "x");
  CHECK(found.features[0].use->splits > 0);
  CHECK(found.features[0].use->splits <= 20); // one cut decides: none of the 20 trees asks twice
  CHECK(found.features[1].use->splits == 0);
  REQUIRE(found.dependence.size() == 1);
  CHECK(found.dependence[0].feature == 0);
  CHECK(found.outputs == std::vector<std::string>{"Yes"});
}

TEST_CASE("a linear booster has importance, and no splits to count") {
  const auto table = mlp::test::customers();
  auto artifact = mlp::test::customer_model(Task::regression, "spend");
  auto project = mlp::test::project_for(Task::regression, "spend", "rmse");
  project.model.params = {{"booster", "gblinear"}};
  auto roles = mlp::test::customer_roles("spend");
  roles.features = {"age", "member"};
  artifact =
      mlp::model::train(table, mlp::test::split_in_turn(table.rows), roles, project, xgboost(), {}).artifact;
  const Predictor predictor(artifact, xgboost(), 1);
  mlp::metrics::Sample judged;
  judged.task = Task::regression;
  judged.target = table.column("spend").numbers;
  const auto found =
      explain_model(*mlp::model::probe_of(predictor, table, mlp::test::all_rows(table)), judged, "rmse", {});
  CHECK_FALSE(found.features[0].use);
  CHECK(found.features[0].importance.value);
  CHECK(found.dependence.size() == 2);
}
