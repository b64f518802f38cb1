#include "base/error.hpp"
#include "dataset/queries.hpp"
#include "metrics/metric.hpp"
#include "model/predict.hpp"
#include "model/train.hpp"
#include "model/training_data.hpp"
#include "sample_table.hpp"
#include "support/xgboost.hpp"

#include <doctest/doctest.h>

#include <numeric>

using namespace mlp;
using mlp::test::xgboost;

namespace {

constexpr std::uint32_t k_queries = 60;
constexpr std::uint32_t k_results = 8;

/// 60 queries of 8 results: `match` raises the grade, `noise` does not.
dataset::Table searches() {
  std::vector<std::string> query;
  std::vector<double> match;
  std::vector<double> noise;
  std::vector<double> weight;
  std::vector<double> grade;
  for (std::size_t row = 0; row < k_queries * k_results; ++row) {
    query.push_back("q" + std::to_string(row / k_results));
    match.push_back(test::uniform(1, row));
    noise.push_back(test::uniform(2, row));
    weight.push_back(row / k_results % 2 == 0 ? 1.0 : 3.0);
    grade.push_back(std::floor(3.0 * (0.7 * match.back() + 0.3 * test::uniform(3, row))));
  }
  return test::table_of({test::category_column("query", query), test::number_column("match", match),
                         test::number_column("noise", noise), test::number_column("weight", weight),
                         test::number_column("grade", grade)});
}

config::Project project() {
  auto made = test::project_for(Task::ranking, "grade", "ndcg@5");
  made.data.columns["query"].role = config::Role::group;
  made.data.columns["weight"].role = config::Role::ignore;
  return made;
}

/// The first 30 queries train, the next 15 validate, the others test.
dataset::Split by_query(const dataset::Table& table) {
  dataset::Split split;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const std::size_t query = row / k_results;
    split.part.push_back(query < 30   ? dataset::Part::train
                         : query < 45 ? dataset::Part::valid
                                      : dataset::Part::test);
  }
  return split;
}

dataset::Table in_order(const dataset::Table& table, const std::vector<std::uint32_t>& rows) {
  dataset::Table result = table;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (table.columns[i].is_numeric()) {
        result.columns[i].numbers[row] = table.columns[i].numbers[rows[row]];
      } else {
        result.columns[i].codes[row] = table.columns[i].codes[rows[row]];
      }
    }
  }
  return result;
}

model::TrainResult trained(const dataset::Table& table, const config::Project& how,
                           const dataset::Split& split, unsigned threads = 2) {
  return model::train(table, split, dataset::roles_of(table, how), how, xgboost(),
                      {threads, nullptr, nullptr});
}

double ndcg_of(const dataset::Table& table, const config::Project& how, const std::vector<double>& scores,
               const std::vector<std::uint32_t>& rows) {
  const auto grades = model::gathered(dataset::target_of(table, how).values, rows);
  const auto queries = dataset::query_numbers(table, how, rows);
  metrics::Sample sample = {Task::ranking, grades, scores};
  sample.dependence = metrics::Dependence::clusters;
  sample.places = queries;
  return *metrics::measure("ndcg", sample).value;
}

} // namespace

TEST_CASE("train: a ranking learns the order, and is stopped and judged by our own metric") {
  const dataset::Table table = searches();
  auto how = project();
  how.model.early_stopping = 5;
  const auto split = by_query(table);
  const auto result = trained(table, how, split);
  CHECK(result.valid_metric == "ndcg@5");
  REQUIRE(result.valid_value);
  CHECK(result.curve.back().values.contains("train ndcg@5"));
  CHECK(result.params.at("objective") == Json("rank:ndcg"));
  const auto rows = split.rows_of(dataset::Part::test);
  const auto scores = model::Predictor(result.artifact, xgboost(), 2).scores(table, rows);
  const double ours = ndcg_of(table, how, scores, rows);
  const double random = ndcg_of(table, how, std::vector<double>(rows.size(), 0.0), rows);
  CHECK(ours > random + 0.1);
  CHECK(result.artifact.features.size() == 2); // the query is no feature
}

TEST_CASE("train: the same ranking on any number of threads, whether rows of a query stand together or not") {
  const dataset::Table table = searches();
  const auto split = by_query(table);
  const auto alone = trained(table, project(), split, 1);
  CHECK(trained(table, project(), split, 3).artifact.booster == alone.artifact.booster);
  // every query's rows spread over the table, their order within it and that of first rows kept
  std::vector<std::uint32_t> spread;
  for (std::uint32_t result = 0; result < k_results; ++result) {
    for (std::uint32_t query = 0; query < k_queries; ++query) {
      spread.push_back(query * k_results + result);
    }
  }
  const dataset::Table mixed = in_order(table, spread);
  dataset::Split mixed_split = split;
  for (std::size_t row = 0; row < spread.size(); ++row) {
    mixed_split.part[row] = split.part[spread[row]];
  }
  CHECK(trained(mixed, project(), mixed_split).artifact.booster == alone.artifact.booster);
}

TEST_CASE("train: a query weighs the mean of its rows' weights; equal weights change nothing, others do") {
  dataset::Table table = searches();
  const auto split = by_query(table);
  auto weighted = project();
  weighted.data.columns["weight"].role = config::Role::weight;
  const auto plain = trained(table, project(), split).artifact.booster;
  CHECK(trained(table, weighted, split).artifact.booster != plain);
  for (double& weight : table.columns[3].numbers) {
    weight = 1.0;
  }
  CHECK(trained(table, weighted, split).artifact.booster == plain);
}

TEST_CASE("train: rank:pairwise and rank:map are ranked with, other objectives are refused") {
  const dataset::Table table = searches();
  for (const char* objective : {"rank:pairwise", "rank:map"}) {
    auto how = project();
    how.model.params["objective"] = objective;
    CHECK(trained(table, how, by_query(table)).params.at("objective") == Json(objective));
  }
  auto how = project();
  how.model.params["objective"] = "reg:squarederror";
  CHECK_THROWS_AS(trained(table, how, by_query(table)), Error);
}

TEST_CASE("train: without a relevant row in the validation part no round is better: all are kept") {
  dataset::Table table = searches();
  const auto split = by_query(table);
  for (const std::uint32_t row : split.rows_of(dataset::Part::valid)) {
    table.columns[4].numbers[row] = 0.0;
  }
  auto how = project();
  how.model.early_stopping = 5;
  const auto result = trained(table, how, split);
  CHECK_FALSE(result.valid_value);
  CHECK(result.best_round == 20);
}

TEST_CASE("train: one query alone can be learnt from; one grade alone cannot") {
  dataset::Table table = searches();
  dataset::Split split;
  split.part.assign(table.rows, dataset::Part::none);
  std::fill_n(split.part.begin(), k_results, dataset::Part::train);
  CHECK(trained(table, project(), split).rounds == 20);
  for (double& grade : table.columns[4].numbers) {
    grade = 0.0;
  }
  CHECK_THROWS_WITH_AS(
      trained(table, project(), by_query(table)),
      "all 240 training rows have the same grade of 'grade': no order is better than another", Error);
}

TEST_CASE("simple_model_scores: of a ranking linear, each row by itself, and better than a random order") {
  const dataset::Table table = searches();
  const auto split = by_query(table);
  const auto how = project();
  const auto rows = split.rows_of(dataset::Part::test);
  const auto scores = model::simple_model_scores(table, split.rows_of(dataset::Part::train), table, rows,
                                                 dataset::roles_of(table, how), how, xgboost(), 2);
  CHECK(ndcg_of(table, how, scores, rows) >
        ndcg_of(table, how, std::vector<double>(rows.size(), 0.0), rows) + 0.1);
}
