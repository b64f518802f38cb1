#include "evaluation/conformal_groups.hpp"

#include "support/error_of.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <numeric>

using doctest::Approx;
using namespace mlp;
using namespace mlp::evaluation;

namespace {

dataset::Table regions(const std::vector<std::string>& values) {
  return test::table_of({test::category_column("region", values)});
}

std::vector<std::uint32_t> first_rows(std::size_t count) {
  std::vector<std::uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

metrics::Sample regression(const std::vector<double>& target, const std::vector<double>& scores) {
  metrics::Sample sample;
  sample.task = Task::regression;
  sample.target = target;
  sample.scores = scores;
  return sample;
}

} // namespace

TEST_CASE("conformal_groups: one numbering for both tables; missing values are a group of their own") {
  const auto groups = conformal_groups("region", regions({"b", "", "a"}), first_rows(3),
                                       regions({"c", "a", "", "b"}), {3, 2, 1, 0});
  CHECK(groups.labels == std::vector<std::string>{"a", "b", "c", "(others)", "(missing)"});
  CHECK(groups.validation == std::vector<std::uint32_t>{1, 4, 0});
  CHECK(groups.scored == std::vector<std::uint32_t>{1, 4, 0, 2});
}

TEST_CASE("conformal_groups: of many values the fifty of most rows stand alone") {
  std::vector<std::string> values;
  for (int i = 0; i < 60; ++i) {
    values.push_back(fmt::format("r{:02}", i));
    if (i >= 10) {
      values.insert(values.end(), 2, values.back()); // three times: these are the fifty
    }
  }
  const auto table = regions(values);
  const auto groups = conformal_groups("region", table, first_rows(5), table, first_rows(values.size()));
  CHECK(groups.labels.size() == 52);
  CHECK(groups.labels.front() == "r10");
  CHECK(groups.validation == std::vector<std::uint32_t>(5, 50)); // r00 … r04 are others
}

TEST_CASE("conformal_groups: a column that the data lack is refused") {
  const auto table = regions({"a"});
  const Error error =
      test::error_of([&] { static_cast<void>(conformal_groups("regoin", table, {0}, table, {0})); });
  CHECK(error.code() == ErrorCode::input);
}

TEST_CASE("group_rules: each group has the limit of its own validation rows, and keeps its own promise") {
  // ten rows a group: misfits 1 … 10 and 10 … 100; ⌈11 · .8⌉ = 9, so limits 9 and 90
  std::vector<double> target;
  std::vector<std::string> names;
  for (int i = 1; i <= 10; ++i) {
    target.insert(target.end(), {1.0 * i, 10.0 * i});
    names.insert(names.end(), {"calm", "wild"});
  }
  const std::vector<double> zero(20, 0.0);
  const auto table = regions(names);
  const auto groups = conformal_groups("region", table, first_rows(20), table, first_rows(20));
  const auto rules = group_rules(groups, regression(target, zero), regression(target, zero), .8, .95);
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].group == "region=calm");
  CHECK(rules[0].rule.limit == 9.0);
  CHECK(rules[1].rule.limit == 90.0);
  CHECK(rules[0].coverage->share == Approx(.9));
  CHECK(rules[1].coverage->share == Approx(.9)); // one rule for all rows would hold .6 of the wild ones
  const Json json = to_json(rules, true);
  CHECK(json.as_array()[1]["mean_width"] == Json(180.0));
  CHECK(json.as_array()[1]["n"] == Json(10));
  CHECK(json.as_array()[1]["mean_size"].is_null());
}

TEST_CASE("group_rules: a group without validation rows holds everything; weights make rule and coverage") {
  const auto groups = conformal_groups("region", regions({"a", "a", "a", "a"}), first_rows(4),
                                       regions({"a", "a", "b"}), first_rows(3));
  const std::vector<double> fitted = {1, 2, 3, 4};
  const std::vector<double> fitted_zero(4, 0.0);
  const std::vector<double> weights = {1, 7, 1, 1};
  const std::vector<double> judged = {1.5, 2.5, 99};
  const std::vector<double> judged_zero(3, 0.0);
  const std::vector<double> judged_weights = {3, 1, 1};
  metrics::Sample validation = regression(fitted, fitted_zero);
  validation.weights = weights; // 8 of 12.5 lie at 2 or below
  metrics::Sample scored = regression(judged, judged_zero);
  scored.weights = judged_weights;
  const auto rules = group_rules(groups, validation, scored, .6, .95);
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].rule.limit == 2.0);
  CHECK(rules[0].coverage->share == Approx(.75));
  CHECK_FALSE(rules[1].rule.limit);
  CHECK(rules[1].rule.n == 0);
  CHECK(rules[1].coverage->share == 1.0);
}
