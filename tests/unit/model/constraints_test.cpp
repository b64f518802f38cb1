#include "model/constraints.hpp"

#include "base/error.hpp"
#include "model/predict.hpp"
#include "model/resolve_params.hpp"
#include "model/train.hpp"
#include "sample_table.hpp"
#include "support/xgboost.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using mlp::Json;
using mlp::Task;
using mlp::config::Project;
using mlp::dataset::ColumnType;
using mlp::model::check_constraints;
using mlp::model::check_params;
using mlp::model::Feature;
using mlp::model::resolve_params;

namespace {

const std::vector<Feature> k_features = {{"age", ColumnType::number, {}, {}, {}, {}},
                                         {"plan", ColumnType::category, {"a", "b"}, {}, {}, {}},
                                         {"income", ColumnType::number, {}, {}, {}, {}}};

Project project_with(const std::string& param, const Json& value) {
  auto project = mlp::test::project_for(Task::regression, "spend", "rmse");
  project.model.params[param] = value;
  project.positions["model.params." + param] = {9, 3};
  project.positions["model.params." + param + ".agee"] = {9, 26};
  project.positions["model.params." + param + "[0][1]"] = {9, 34};
  return project;
}

std::string resolved(const std::string& param, const Json& value) {
  return resolve_params(project_with(param, value), {k_features, 2, 0.5}).at(param).as_string();
}

std::string refusal(const std::string& param, const Json& value) {
  try {
    resolved(param, value);
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::input);
    CHECK_FALSE(error.hints().empty());
    return error.what();
  }
  return "taken";
}

std::vector<std::string> findings_on(const std::string& param, const Json& value) {
  std::vector<std::string> lines;
  for (const auto& finding : check_params(project_with(param, value), "mlp.yaml")) {
    lines.push_back(finding.rule + ": " + finding.text());
  }
  return lines;
}

/// A regression of `spend`, which rises with `age`, under one constraint.
mlp::model::Predictor trained(const std::string& param, const Json& value) {
  auto project = project_with(param, value);
  project.model.params["max_depth"] = 4;
  const auto table = mlp::test::customers();
  return {mlp::model::train(table, mlp::test::split_in_turn(table.rows), mlp::test::customer_roles("spend"),
                            project, mlp::test::xgboost(), {})
              .artifact,
          mlp::test::xgboost(), 1};
}

/// Predictions for the ages 20 to 69 of customers who are otherwise alike.
std::vector<double> by_age(const mlp::model::Predictor& predictor, int plan) {
  std::vector<double> ages, member;
  std::vector<std::int32_t> plans;
  for (int age = 20; age < 70; ++age) {
    ages.push_back(age);
    plans.push_back(plan);
    member.push_back(0.0);
  }
  const auto table = mlp::test::table_of({mlp::test::number_column("age", ages),
                                          mlp::test::categories("plan", {"a", "b", "c"}, plans),
                                          mlp::test::boolean_column("member", member)});
  return predictor.scores(table, mlp::test::all_rows(table));
}

/// How far the effect of age differs between two plans: 0 where the two do not interact.
double interaction(const mlp::model::Predictor& predictor) {
  const auto a = by_age(predictor, 0);
  const auto b = by_age(predictor, 1);
  double most = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    most = std::max(most, std::abs((a[i] - a[0]) - (b[i] - b[0])));
  }
  return most;
}

} // namespace

TEST_CASE("constraints by feature name become XGBoost's own by place") {
  CHECK(resolved("monotone_constraints", Json::object({{"income", -1}})) == "(0,0,-1)");
  CHECK(resolved("interaction_constraints",
                 Json::array({Json::array({"income", "age"}), Json::array({"plan"})})) == "[[2,0],[1]]");
}

TEST_CASE("places are taken too, as a list or as XGBoost's own text") {
  CHECK(resolved("monotone_constraints", Json::array({1, 0, -1})) == "(1,0,-1)");
  CHECK(resolved("monotone_constraints", "(1, 0,-1)") == "(1,0,-1)");
  CHECK(resolved("interaction_constraints", "[[0, 2]]") == "[[0,2]]");
  CHECK(resolved("interaction_constraints", Json::array({Json::array({0, "income"})})) == "[[0,2]]");
}

TEST_CASE("an empty constraint constrains nothing") {
  for (const std::string param : {"monotone_constraints", "interaction_constraints"}) {
    const auto project = project_with(param, Json::array());
    CHECK(check_params(project, "mlp.yaml").empty());
    CHECK_FALSE(resolve_params(project, {k_features, 2, 0.5}).contains(param));
  }
}

TEST_CASE("a constraint on what is no feature stops at its place in mlp.yaml") {
  CHECK(refusal("monotone_constraints", Json::object({{"agee", 1}})) ==
        "mlp.yaml:9:26: 'agee' in 'monotone_constraints' is no feature");
  CHECK(refusal("interaction_constraints", Json::array({Json::array({"age", "hours"})})) ==
        "mlp.yaml:9:34: 'hours' in 'interaction_constraints' is no feature");
  CHECK(refusal("interaction_constraints", Json::array({Json::array({0, 3})})) ==
        "mlp.yaml:9:34: 'model.params.interaction_constraints[0][1]' is place 3, but there are 3 features, "
        "counted from 0");
  CHECK(refusal("monotone_constraints", Json::array({1, 0})) ==
        "mlp.yaml:9:3: 'model.params.monotone_constraints' gives 2 directions, but there are 3 features");
}

TEST_CASE("a category has no direction, for its codes have no order") {
  CHECK(refusal("monotone_constraints", Json::object({{"plan", 1}})) ==
        "mlp.yaml:9:3: 'plan' is a category, so no direction can hold for it");
  CHECK(resolved("monotone_constraints", Json::object({{"plan", 0}})) == "(0,0,0)");
}

TEST_CASE("a wrong direction or group is a finding, each direction at its own place") {
  CHECK(
      findings_on("monotone_constraints", Json::object({{"agee", 2}, {"income", 1}})) ==
      std::vector<std::string>{"parameter_value: mlp.yaml:9:26: 'monotone_constraints.agee' must be 1, 0 or "
                               "-1, not 2"});
  for (const Json& value :
       {Json(1), Json("age"), Json(Json::array({2})), Json("(1,0"), Json(Json::array({0.5}))}) {
    CAPTURE(value.dump());
    CHECK(findings_on("monotone_constraints", value).size() == 1);
  }
  CHECK(findings_on("interaction_constraints", Json::array({"age", "income"})) ==
        std::vector<std::string>{"parameter_value: mlp.yaml:9:3: 'interaction_constraints' must be a list of "
                                 "lists of features, such "
                                 "as [[age, income], [tenure]]; not [\"age\",\"income\"]"});
  for (const Json& value : {Json(Json::array({Json::array()})), Json(Json::object({{"age", 1}})),
                            Json(Json::array({Json::array({-1})})), Json("[[0,")}) {
    CAPTURE(value.dump());
    CHECK(findings_on("interaction_constraints", value).size() == 1);
  }
}

TEST_CASE("names that the data lack, or whose role is no feature, are findings at their places") {
  auto project = project_with("monotone_constraints", Json::object({{"agee", 1}, {"income", -1}}));
  project.model.params["interaction_constraints"] = Json::array({Json::array({"age", "spend"})});
  project.positions["model.params.interaction_constraints[0][1]"] = {10, 40};
  const auto findings = check_constraints(project, {"age", "income", "spend"}, "mlp.yaml");
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].rule == "unknown_column");
  CHECK(findings[0].text() == "mlp.yaml:9:26: the data have no column 'agee'");
  CHECK(findings[0].hint == "did you mean 'age'?");
  CHECK(findings[1].rule == "parameter_value");
  CHECK(findings[1].text() == "mlp.yaml:10:40: 'spend' is no feature: its role is target");
}

TEST_CASE("predictions follow a direction, even against what the data say") {
  const auto falling = by_age(trained("monotone_constraints", Json::object({{"age", -1}})), 0);
  CHECK(std::is_sorted(falling.rbegin(), falling.rend()));
  const auto free = by_age(trained("monotone_constraints", Json::object({{"age", 0}})), 0);
  CHECK(free.back() > free.front() + 100.0); // the data: 100 for 15 years of age
}

TEST_CASE("features of different groups do not interact in any prediction") {
  const auto apart = trained("interaction_constraints",
                             Json::array({Json::array({"age"}), Json::array({"plan", "member"})}));
  CHECK(interaction(apart) < 0.01); // what is left is rounding to float, around 1000
  const auto together =
      trained("interaction_constraints", Json::array({Json::array({"age", "plan", "member"})}));
  CHECK(interaction(together) > 1.0);
}
