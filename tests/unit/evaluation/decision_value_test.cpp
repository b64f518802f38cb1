#include "evaluation/decision_value.hpp"

#include <doctest/doctest.h>

using doctest::Approx;
using mlp::Json;
using mlp::Task;
using mlp::evaluation::DecisionValue;
using mlp::evaluation::Effort;
using mlp::evaluation::RuleScores;
using mlp::evaluation::Scored;

namespace {

mlp::config::Project with_costs() {
  mlp::config::Project project;
  project.evaluation.bootstrap = 400;
  project.evaluation.metrics = {"recall"};
  project.evaluation.decision.costs = Json::object({{"tp", -10}, {"fp", 2}, {"fn", 60}});
  return project;
}

/// Of 100 rows 20 are positive; at .5, 15 of them are called, and 10 of the others.
Scored hundred() {
  Scored scored;
  scored.classes = {"no", "yes"};
  const auto append = [&](int rows, double target, double score) {
    for (int i = 0; i < rows; ++i) {
      scored.target.push_back(target);
      scored.model.push_back(score);
      scored.dummy.push_back(.2);
      scored.call_cost.push_back(target == 1.0 ? -10 : 2);
      scored.pass_cost.push_back(target == 1.0 ? 60 : 0);
    }
  };
  append(15, 1, .8);
  append(5, 1, .3);
  append(10, 0, .6);
  append(70, 0, .1);
  return scored;
}

std::optional<DecisionValue> value_of(const Scored& scored, const mlp::config::Project& project,
                                      const std::optional<RuleScores>& rule = std::nullopt,
                                      const Effort& effort = {}) {
  return decision_value(scored, evaluate(scored, {}, project, effort, rule), rule, project, effort);
}

} // namespace

TEST_CASE("decision_value: value, cost and the two simplest rules by hand") {
  const auto value = value_of(hundred(), with_costs());
  REQUIRE(value);
  // 15·(−10) + 5·60 + 10·2 = 170 for 100 cases
  CHECK(*value->cost.value == Approx(1.7));
  CHECK(*value->value_per_1000.value == Approx(-1700));
  CHECK(*value->value_per_1000.lower < -1700);
  CHECK(*value->value_per_1000.upper > -1700);
  CHECK(*value->value_per_1000.n_pos == 20);
  REQUIRE(value->alternatives.size() == 2);
  CHECK(value->alternatives[0].name == "treat_all"); // 20·(−10) + 80·2 = −40: a gain of 400 in 1,000
  CHECK(value->alternatives[0].n == 100);
  CHECK(value->alternatives[0].value_per_1000 == Approx(400));
  CHECK(value->alternatives[0].advantage == Approx(-2100));
  CHECK(*value->alternatives[0].lower < -2100); // worse than calling everybody, but 20 positives prove little
  CHECK(*value->alternatives[0].upper > 0);
  CHECK(value->alternatives[1].value_per_1000 == Approx(-12000)); // 20·60
  CHECK(*value->alternatives[1].lower > 0);
}

TEST_CASE("decision_value: the current rule, on the rows that it decides") {
  RuleScores rule; // of the first 20 rows, all positive, it finds 15 others than the model does
  for (std::uint32_t row = 0; row < 20; ++row) {
    rule.at.push_back(row);
    rule.scores.push_back(row < 5 ? 0.0 : 1.0);
  }
  const auto value = value_of(hundred(), with_costs(), rule);
  REQUIRE(value->alternatives.size() == 3);
  const auto& current = value->alternatives[2];
  CHECK(current.name == "current_rule");
  CHECK(current.n == 20);
  CHECK(current.value_per_1000 == Approx(-7500)); // (15·10 − 5·60)/20
  CHECK(current.advantage == Approx(0));
  CHECK(*current.lower < 0);
  CHECK(to_json(*value)["alternatives"]["current_rule"]["n"].as_integer() == 20);
}

TEST_CASE("decision_value: Bayes' threshold, the best on these rows, and the regret") {
  const auto value = value_of(hundred(), with_costs());
  CHECK(*value->bayes_threshold == Approx(2.0 / 72));
  CHECK(*value->best_threshold == Approx(.2)); // .8, .6 and .3 called: −200 + 20 = −180
  CHECK(*value->regret_per_1000 == Approx(1700 + 1800));
}

TEST_CASE("decision_value: amounts that differ from row to row have no single best threshold beforehand") {
  Scored scored = hundred();
  scored.pass_cost[15] = 1000; // one of the five that the model misses
  auto project = with_costs();
  project.evaluation.decision.costs["fn"] = "amount";
  const auto value = value_of(scored, project);
  CHECK(*value->cost.value == Approx(1.7 + 9.4)); // 940 more for 100 cases
  CHECK_FALSE(value->bayes_threshold);
  CHECK(to_json(*value)["costs"]["fn"] == "amount");
  CHECK(to_json(*value)["costs"]["tn"].as_number() == 0.0);
}

TEST_CASE("decision_value: net benefit at one half is true less false positives, beside the value there") {
  const auto value = value_of(hundred(), with_costs());
  REQUIRE(value->curve.size() == 99);
  CHECK(value->curve[49].threshold == Approx(.5));
  CHECK(value->curve[49].model == Approx(.15 - .10));
  CHECK(value->curve[49].treat_all == Approx(.20 - .80));
  CHECK(value->curve[49].value_per_1000 == Approx(-1700));
  CHECK(value->curve[19].value_per_1000 == Approx(1800)); // at .20
}

TEST_CASE("decision_value: decisions without probabilities have a value, and no other threshold") {
  Scored scored = hundred();
  for (double& score : scored.model) {
    score = score >= .5 ? 1.0 : 0.0;
  }
  scored.labels_only = true;
  const auto value = value_of(scored, with_costs());
  CHECK(*value->cost.value == Approx(1.7));
  CHECK_FALSE(value->best_threshold);
  CHECK(value->curve.empty());
  CHECK(to_json(*value)["regret_per_1000"].is_null());
}

TEST_CASE("decision_value: nothing without costs, and the same on any number of threads") {
  const auto project = with_costs();
  CHECK(to_json(*value_of(hundred(), project, {}, {.threads = 1})).dump() ==
        to_json(*value_of(hundred(), project, {}, {.threads = 5})).dump());
  Scored without = hundred();
  without.call_cost.clear();
  without.pass_cost.clear();
  CHECK_FALSE(value_of(without, project));
}
