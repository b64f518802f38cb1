#include "metrics/metric.hpp"
#include "model/train.hpp"
#include "sample_table.hpp"
#include "support/xgboost.hpp"

#include <doctest/doctest.h>

#include <cmath>

using mlp::Task;
using mlp::model::simple_model_scores;
using mlp::test::customer_roles;
using mlp::test::customers;
using mlp::test::project_for;
using mlp::test::xgboost;

namespace {

std::vector<double> scored(Task task, const std::string& target, unsigned threads = 1) {
  auto project = project_for(task, target, "log_loss");
  project.data.positive = task == Task::binary ? std::optional<std::string>("yes") : std::nullopt;
  const auto table = customers();
  const auto split = mlp::test::split_in_turn(table.rows);
  return simple_model_scores(table, split.rows_of(mlp::dataset::Part::train), table,
                             split.rows_of(mlp::dataset::Part::test), customer_roles(target), project,
                             xgboost(), threads);
}

template <typename Value> std::vector<double> tested(const std::vector<Value>& values) {
  std::vector<double> part;
  const auto table = customers();
  for (const auto row : mlp::test::split_in_turn(table.rows).rows_of(mlp::dataset::Part::test)) {
    part.push_back(static_cast<double>(values[row]));
  }
  return part;
}

} // namespace

TEST_CASE("the simple model separates what a linear score can, and is calibrated") {
  const auto scores = scored(Task::binary, "left");
  const auto target = tested(customers().column("left").codes);
  CHECK(*mlp::metrics::measure("roc_auc", {Task::binary, target, scores}).value > 0.9);
  const double predicted =
      std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(scores.size());
  const double happened =
      std::accumulate(target.begin(), target.end(), 0.0) / static_cast<double>(target.size());
  CHECK(predicted == doctest::Approx(happened).epsilon(0.15));
}

TEST_CASE("a linear target is found up to its noise, on its own scale") {
  const auto scores = scored(Task::regression, "spend");
  const auto target = tested(customers().column("spend").numbers);
  // spend = 1000 + 100 pull + 20 u: only the 5 % of missing ages, taken as the mean, cost more than u's 5.8
  CHECK(*mlp::metrics::measure("rmse", {Task::regression, target, scores}).value < 35.0);
}

TEST_CASE("several classes get probabilities that add up to one") {
  const auto scores = scored(Task::multiclass, "kind");
  const auto target = tested(customers().column("kind").codes);
  CHECK(*mlp::metrics::measure("log_loss", {Task::multiclass, target, scores, {}, 3}).value < 0.7);
  CHECK(scores[0] + scores[1] + scores[2] == doctest::Approx(1.0).epsilon(1e-15));
}

TEST_CASE("the simple model does not depend on the number of threads") {
  CHECK(scored(Task::binary, "left", 1) == scored(Task::binary, "left", 2));
}
