#include "evaluation/baseline_comparison.hpp"
#include "support/error_of.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

using doctest::Approx;
using namespace mlp;
using namespace mlp::evaluation;
using namespace mlp::test;

namespace {

config::Project ruled_by(const std::string& column, std::optional<double> threshold = std::nullopt) {
  config::Project project;
  project.evaluation.bootstrap = 200;
  project.evaluation.metrics = {"roc_auc"};
  project.evaluation.current_rule.column = column;
  project.evaluation.current_rule.threshold = threshold;
  project.positions["evaluation.current_rule.column"] = {9, 5};
  return project;
}

Scored four_rows() {
  Scored scored;
  scored.classes = {"no", "yes"};
  scored.target = {1, 0, 1, 0};
  scored.model = {.9, .2, .7, .6};
  scored.dummy = {.5, .5, .5, .5};
  return scored;
}

const std::vector<std::uint32_t> k_rows = {0, 1, 2, 3};

std::string refusal(const dataset::Table& table, const config::Project& project) {
  const Error error =
      error_of([&] { static_cast<void>(rule_of_column(table, k_rows, four_rows(), project)); });
  CHECK_FALSE(error.hints().empty());
  return error.what();
}

} // namespace

TEST_CASE("rule_of_column: classes are decisions; a row without a value has none") {
  const auto table = table_of({category_column("old", {"yes", "", "no", "yes"})});
  const RuleScores rule = rule_of_column(table, k_rows, four_rows(), ruled_by("old"));
  CHECK(rule.at == std::vector<std::uint32_t>{0, 2, 3});
  CHECK(rule.scores == std::vector<double>{1, 0, 1});
  CHECK(rule.labels_only);
  const Scored by_rule = scored_by_rule(four_rows(), rule);
  CHECK(by_rule.target == std::vector<double>{1, 1, 0});
  CHECK(by_rule.model == rule.scores);
}

TEST_CASE("rule_of_column: numbers and a threshold are decisions, within [0, 1] probabilities too") {
  const auto points = table_of({number_column("points", {640, 599, 600, k_missing_number})});
  const RuleScores decisions = rule_of_column(points, k_rows, four_rows(), ruled_by("points", 600));
  CHECK(decisions.scores == std::vector<double>{1, 0, 1});
  CHECK(decisions.labels_only);
  const auto chances = table_of({number_column("chance", {.5, .1, .4, .2})});
  const RuleScores scores = rule_of_column(chances, k_rows, four_rows(), ruled_by("chance", .3));
  CHECK(scores.scores == std::vector<double>{.5, .1, .4, .2});
  CHECK(scores.threshold == .3);
  CHECK_FALSE(scores.labels_only);
}

TEST_CASE("rule_of_column: of several classes a decision is one of them, of a regression a number") {
  Scored classes = four_rows();
  classes.task = Task::multiclass;
  classes.classes = {"a", "b", "c"};
  const auto table = table_of({category_column("old", {"b", "c", "", "a"})});
  const RuleScores rule = rule_of_column(table, k_rows, classes, ruled_by("old"));
  CHECK(rule.scores == std::vector<double>{0, 1, 0, 0, 0, 1, 1, 0, 0});
  Scored numbers = four_rows();
  numbers.task = Task::regression;
  const auto guess = table_of({number_column("guess", {12, -3, k_missing_number, 4})});
  const RuleScores guesses = rule_of_column(guess, k_rows, numbers, ruled_by("guess"));
  CHECK(guesses.scores == std::vector<double>{12, -3, 4});
  CHECK_FALSE(guesses.labels_only);
}

TEST_CASE("rule_of_column: what is no decision is refused with its place") {
  CHECK(refusal(table_of({category_column("old", {"yes", "maybe", "no", "no"})}), ruled_by("old")) ==
        "mlp.yaml:9:5: 'evaluation.current_rule.column': row 2 of 'old' has 'maybe', which is no class of "
        "the target");
  CHECK(refusal(table_of({category_column("old", {"yes", "no", "no", "no"})}), ruled_by("old", .5)) ==
        "mlp.yaml:9:5: 'evaluation.current_rule.column' names 'old', which is a category, not a number");
  CHECK(refusal(table_of({category_column("old", {"", "", "", ""})}), ruled_by("old")) ==
        "mlp.yaml:9:5: 'evaluation.current_rule.column': 'old' has no value in any of the 4 rows");
}

TEST_CASE("compare_with_baselines: the primary metric and money; against decisions what needs no ranking") {
  Scored scored;
  scored.classes = {"no", "yes"};
  RuleScores rule;
  for (std::uint32_t row = 0; row < 80; ++row) { // the rule misses every second of 40 positives
    const bool positive = row < 40;
    scored.target.push_back(positive ? 1 : 0);
    scored.model.push_back(positive ? .9 - row * .001 : .1 + row * .001);
    scored.dummy.push_back(.5);
    scored.stump.push_back(positive ? .6 : .4);
    scored.call_cost.push_back(positive ? 0 : 1);
    scored.pass_cost.push_back(positive ? 3 : 0);
    rule.at.push_back(row);
    rule.scores.push_back(positive && row % 2 == 0 ? 1.0 : 0.0);
  }
  config::Project project = ruled_by("old");
  const auto compared = compare_with_baselines(scored, rule, project, {});
  REQUIRE(compared.size() == 3);
  CHECK(compared[0].with == "dummy");
  CHECK(compared[0].differences[0].metric == "roc_auc");
  CHECK(compared[0].differences[0].delta == Approx(.5));
  CHECK(compared[1].with == "stump");
  CHECK(compared[2].with == "current_rule");
  CHECK(compared[2].n == 80);
  const auto& differences = compared[2].differences;
  REQUIRE(differences.size() == 3);
  CHECK(differences[0].metric == "recall"); // mlp.yaml names no metric of decisions
  CHECK(*differences[0].champion == Approx(.5));
  CHECK(differences[0].delta == Approx(.5));
  CHECK(differences[1].metric == "specificity");
  CHECK(differences[2].metric == "value_per_1000");
  CHECK(differences[2].delta == Approx(1000 * 20 * 3 / 80.0));
  project.evaluation.metrics = {"roc_auc", "precision", "cost"};
  const auto named = compare_with_baselines(scored, rule, project, {});
  CHECK(named[2].differences[0].metric == "precision");
  CHECK(named[2].differences.size() == 2); // the cost is said as value_per_1000
  const Json json = to_json(compared);
  CHECK(json.as_array()[2]["metrics"].as_array()[2]["delta"].as_number() == Approx(750));
}
