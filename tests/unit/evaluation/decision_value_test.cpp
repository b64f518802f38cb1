#include "evaluation/decision_value.hpp"

#include <doctest/doctest.h>

using doctest::Approx;
using mlp::Json;
using mlp::Task;
using mlp::evaluation::decision_value;
using mlp::evaluation::Scored;

namespace {

mlp::config::Project with_costs() {
  mlp::config::Project project;
  project.evaluation.bootstrap = 400;
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
    }
  };
  append(15, 1, .8);
  append(5, 1, .3);
  append(10, 0, .6);
  append(70, 0, .1);
  return scored;
}

} // namespace

TEST_CASE("decision_value: value, cost and the two simplest rules by hand") {
  const auto value = decision_value(hundred(), with_costs(), {.threads = 2});
  REQUIRE(value);
  // 15·(−10) + 5·60 + 10·2 = 170 for 100 cases
  CHECK(*value->cost.value == Approx(1.7));
  CHECK(*value->value_per_1000.value == Approx(-1700));
  CHECK(*value->value_per_1000.lower < -1700);
  CHECK(*value->value_per_1000.upper > -1700);
  CHECK(*value->value_per_1000.n_pos == 20);
  REQUIRE(value->alternatives.size() == 2);
  CHECK(value->alternatives[0].name == "treat_all"); // 20·(−10) + 80·2 = −40: a gain of 400 in 1,000
  CHECK(value->alternatives[0].value_per_1000 == Approx(400));
  CHECK(value->alternatives[0].advantage == Approx(-2100));
  CHECK(*value->alternatives[0].lower < -2100); // worse than calling everybody, but 20 positives prove little
  CHECK(*value->alternatives[0].upper > 0);
  CHECK(value->alternatives[1].value_per_1000 == Approx(-12000)); // 20·60
  CHECK(*value->alternatives[1].lower > 0);
}

TEST_CASE("decision_value: Bayes' threshold, the best on these rows, and the regret") {
  const auto value = decision_value(hundred(), with_costs(), {});
  CHECK(*value->bayes_threshold == Approx(2.0 / 72));
  CHECK(value->best_threshold == Approx(.2)); // .8, .6 and .3 called: −200 + 20 = −180
  CHECK(value->regret_per_1000 == Approx(1700 + 1800));
}

TEST_CASE("decision_value: net benefit at one half is true less false positives") {
  const auto value = decision_value(hundred(), with_costs(), {});
  REQUIRE(value->curve.size() == 99);
  CHECK(value->curve[49].threshold == Approx(.5));
  CHECK(value->curve[49].model == Approx(.15 - .10));
  CHECK(value->curve[49].treat_all == Approx(.20 - .80));
}

TEST_CASE("decision_value: nothing without costs or of another task, and the same on any number of threads") {
  auto project = with_costs();
  CHECK(to_json(*decision_value(hundred(), project, {.threads = 1})).dump() ==
        to_json(*decision_value(hundred(), project, {.threads = 5})).dump());
  project.evaluation.decision.costs = Json();
  CHECK_FALSE(decision_value(hundred(), project, {}));
  project = with_costs();
  project.model.task = Task::multiclass;
  CHECK_FALSE(decision_value(hundred(), project, {}));
}
