#include "model/permutation_importance.hpp"

#include "trained_model.hpp"

#include <doctest/doctest.h>

#include <numeric>

using mlp::Task;
using mlp::metrics::Sample;
using mlp::model::Importance;
using mlp::model::permutation_importance;
using mlp::model::Predictor;
using mlp::test::xgboost;

namespace {

std::vector<Importance> importance_of_steps(const std::string& metric, unsigned threads,
                                            std::uint64_t seed = 0) {
  const auto table = mlp::test::steps();
  const Predictor predictor(mlp::test::step_model(), xgboost(), threads);
  const auto probe = mlp::model::probe_of(predictor, table, mlp::test::all_rows(table));
  Sample judged;
  judged.task = Task::binary;
  judged.target = table.column("y").numbers;
  return permutation_importance(*probe, judged, metric, {.repeats = 10, .seed = seed, .threads = threads});
}

} // namespace

TEST_CASE("a feature that alone decides loses what guessing loses; an idle one loses exactly nothing") {
  // Half of the rows are positive: after a shuffle the answer is right with 1/2 · 1/2 + 1/2 · 1/2 = 1/2, so
  // accuracy falls from 1 by 0.5; the mean of ten shuffles of 400 rows has a standard error of 0.008.
  const auto found = importance_of_steps("accuracy", 1);
  REQUIRE(found.size() == 2);
  CHECK(*found[0].value == doctest::Approx(0.5).epsilon(0.07));
  CHECK(*found[0].lower < 0.5);
  CHECK(*found[0].upper > 0.5);
  CHECK(*found[0].lower > 0.35);
  CHECK(*found[1].value == 0.0);
  CHECK(*found[1].upper == 0.0);
}

TEST_CASE("importance is above 0 for a metric of which less is better, too") {
  CHECK(*importance_of_steps("log_loss", 1)[0].value > 0.3);
}

TEST_CASE("importance is the same on any number of threads, and moves with the seed alone") {
  const auto one = importance_of_steps("roc_auc", 1);
  const auto two = importance_of_steps("roc_auc", 2);
  CHECK(one[0].value == two[0].value);
  CHECK(one[0].lower == two[0].lower);
  CHECK(importance_of_steps("roc_auc", 1, 1)[0].value != one[0].value);
}

TEST_CASE("a metric that the rows leave undefined says so") {
  const auto table = mlp::test::steps();
  const Predictor predictor(mlp::test::step_model(), xgboost(), 1);
  const std::vector<std::uint32_t> negatives = {0, 1, 2};
  const std::vector<double> target(3, 0.0);
  Sample judged;
  judged.target = target;
  const auto found =
      permutation_importance(*mlp::model::probe_of(predictor, table, negatives), judged, "roc_auc", {});
  CHECK_FALSE(found[0].value);
  CHECK(found[0].why == "'roc_auc' is undefined on these rows");
}

TEST_CASE(
    "rows of one cluster, or that follow each other, are drawn together: eight that say the same are one") {
  const auto table = mlp::test::customers();
  const Predictor predictor(mlp::test::customer_model(Task::binary, "left"), xgboost(), 1);
  std::vector<std::uint32_t> positions; // 100 customers, each eight times
  std::vector<std::uint32_t> clusters;
  std::vector<double> target;
  for (std::uint32_t i = 0; i < 800; ++i) {
    positions.push_back(i / 8);
    clusters.push_back(i / 8);
    target.push_back(table.column("left").codes[i / 8]);
  }
  Sample judged;
  judged.target = target;
  const auto probe = mlp::model::probe_of(predictor, table, positions);
  const auto width = [&] {
    const auto age = permutation_importance(*probe, judged, "log_loss", {.repeats = 400})[0];
    return *age.upper - *age.lower;
  };
  const double of_rows = width();
  judged.dependence = mlp::metrics::Dependence::clusters;
  judged.places = clusters;
  CHECK(width() > 1.4 * of_rows); // √8 by the rows alone; the shuffles' own luck stays
  judged.dependence = mlp::metrics::Dependence::time;
  std::iota(clusters.begin(), clusters.end(), 0U);
  CHECK(width() > 1.25 * of_rows); // blocks of ten rows that follow each other hold one or two customers
}

TEST_CASE("the interval holds the luck of the rows: on few of them it is wider") {
  const auto table = mlp::test::customers();
  const Predictor predictor(mlp::test::customer_model(Task::binary, "left"), xgboost(), 1);
  const auto width_on = [&](std::size_t rows) {
    auto positions = mlp::test::all_rows(table);
    positions.resize(rows);
    std::vector<double> target;
    for (const std::uint32_t row : positions) {
      target.push_back(table.column("left").codes[row]);
    }
    Sample judged;
    judged.target = target;
    const auto age =
        permutation_importance(*mlp::model::probe_of(predictor, table, positions), judged, "log_loss", {})[0];
    return *age.upper - *age.lower;
  };
  // a standard error falls with the root of the rows: about 3 times from 80 to 800
  CHECK(width_on(80) > 1.5 * width_on(800));
}
