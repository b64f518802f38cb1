#include "workflow/current_rule.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/checking.hpp"

#include <fmt/format.h>

namespace mlp::workflow {
namespace {

using test::check_named;
using test::error_of;
using test::OpenedProject;

/// The sample's customers with what each is worth (none where nobody leaves) and what is decided today: long
/// tenures stay, and of every tenth customer nobody decides.
std::string customers_with_rule() {
  std::string text = "id,tenure,charge,contract,region,amount,old,churn\n";
  for (int id = 1; id <= 400; ++id) {
    const int tenure = id * 37 % 72;
    const int contract = id * 7 % 3;
    const bool leaves = (tenure < 30 && contract < 2) != (id * 13 % 10 == 0);
    text += fmt::format("{},{},{},{},{},{},{},{}\n", id, tenure, 20 + id * 7919 % 10007 / 100.0,
                        contract == 0   ? "month"
                        : contract == 1 ? "year"
                                        : "two",
                        id % 4 == 0 ? "north" : "south", leaves ? std::to_string(5 + id % 50) : "",
                        id % 10 == 0 ? "" : (tenure < 15 ? "Yes" : "No"), leaves ? "Yes" : "No");
  }
  return text;
}

/// A project that counts money by a column, and knows today's rule.
void with_rule(OpenedProject& project, const std::string& rule = "{column: old}") {
  project.write("data/churn.csv", customers_with_rule());
  project.edit("    region: {protected: true}\n",
               "    region: {protected: true}\n    amount: {role: ignore}\n    old: {role: ignore}\n");
  project.edit("  decision: {threshold: 0.5}\n",
               "  decision: {costs: {fp: 3, fn: amount}, threshold: cost_optimal}\n  current_rule: " + rule +
                   "\n");
}

const Json& compared_with(const EvaluateResult& result, const std::string& with) {
  for (const Json& comparison : result.document["comparisons"].as_array()) {
    if (comparison["with"] == with) {
      return comparison;
    }
  }
  FAIL("not compared with ", with);
  return result.document;
}

} // namespace

TEST_CASE("evaluate: costs of a column choose the threshold, and count in metrics, slices and value") {
  OpenedProject project;
  with_rule(project);
  project.edit("metrics: [roc_auc, log_loss, recall]", "metrics: [roc_auc, value_per_1000]");
  const auto trained = project.train();
  CHECK(trained.run.body["threshold"]["rule"] == "cost_optimal");
  const auto result = project.evaluate();
  REQUIRE(result.value);
  CHECK(result.document["value"]["costs"]["fn"] == "amount");
  CHECK(result.document["value"]["bayes_threshold"].is_null());
  CHECK(*result.value->value_per_1000.value ==
        doctest::Approx(-1000 * *result.evaluation.find("cost")->value));
  REQUIRE_FALSE(result.evaluation.slices.empty());
  CHECK(result.evaluation.slices.front().metrics.at(1).name == "value_per_1000");
  CHECK(result.document["thresholds"]["groups"].as_array().front()["value_per_1000"].size() == 101);
}

TEST_CASE("evaluate: the current rule is a baseline, compared on the rows that it decides") {
  OpenedProject project;
  with_rule(project);
  static_cast<void>(project.train());
  const auto result = project.evaluate();
  REQUIRE(result.rule);
  const auto decided = static_cast<std::int64_t>(result.rule->scores.at.size());
  CHECK(result.rule->undecided > 0);
  CHECK(decided + result.rule->undecided == result.evaluation.n);
  CHECK(result.document["current_rule"]["undecided"].as_integer() == result.rule->undecided);
  CHECK(check_named(result, "current_rule_undecided").status == CheckStatus::warn);
  CHECK(compared_with(result, "current_rule")["n"].as_integer() == decided);
  CHECK(compared_with(result, "current_rule")["metrics"].as_array().front()["name"] == "recall");
  for (const char* baseline : {"dummy", "simple", "stump"}) {
    CHECK(compared_with(result, baseline)["n"].as_integer() == result.evaluation.n);
  }
  CHECK(result.document["stump"].as_string().starts_with("tenure < "));
  CHECK(result.evaluation.find("skill_vs_stump")->value.has_value());
  CHECK(result.document["baselines"]["current_rule"].size() > 0);
  REQUIRE(result.value->alternatives.size() == 3);
  CHECK(result.value->alternatives[2].n == decided);
}

TEST_CASE("evaluate: the current rule in a predictions file is matched, kept and named") {
  OpenedProject project;
  with_rule(project, "{predictions: rule.csv}");
  std::string rule = "id,prediction\n";
  for (int id = 1; id <= 400; ++id) {
    rule += fmt::format("{},{}\n", id, id * 37 % 72 < 15 ? "Yes" : "No");
  }
  static_cast<void>(project.train());
  const Error absent = error_of([&] { static_cast<void>(project.evaluate()); });
  CHECK(absent.code() == ErrorCode::not_found);
  CHECK(std::string(absent.what()).find("mlp.yaml:") == 0);
  project.write("rule.csv", rule);
  const auto result = project.evaluate();
  REQUIRE(result.rule);
  CHECK(result.rule->undecided == 0);
  CHECK(result.rule->scores.labels_only);
  CHECK(result.document["current_rule"]["predictions"] == "rule.csv");
  CHECK(result.document["current_rule"]["object"].as_string().size() == 64);
  CHECK(check_named(result, "current_rule_undecided").status == CheckStatus::pass);
  project.write("others.csv", "id,tenure,charge,contract,region,amount,old,churn\n"
                              "9001,3,20,month,north,7,No,Yes\n9002,60,21,two,south,,No,No\n");
  const auto elsewhere = project.evaluate("", "others.csv");
  CHECK_FALSE(elsewhere.rule); // the file knows nothing of other data
  CHECK(std::any_of(elsewhere.notes.begin(), elsewhere.notes.end(),
                    [](const std::string& note) { return note.starts_with("no current rule beside it"); }));
}

TEST_CASE("train: an amount that a row needs and lacks stops before the training") {
  OpenedProject project;
  with_rule(project);
  project.edit("fn: amount", "tn: amount, fn: 9"); // of those who stay nobody wrote one down
  const Error error = error_of([&] { static_cast<void>(project.train()); });
  CHECK(error.code() == ErrorCode::input);
  CHECK(std::string(error.what()).find("'amount' has no amount in") != std::string::npos);
}

TEST_CASE("check: a column of costs or of the current rule that the data lack is found at its place") {
  OpenedProject project;
  with_rule(project);
  project.edit("fn: amount", "fn: amout");
  project.edit("{column: old}", "{column: olt}");
  auto workspace = project.open();
  std::vector<std::string> texts;
  for (const config::Finding& finding : check(workspace).findings) {
    texts.push_back(finding.text());
  }
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].ends_with("the data have no column 'amout'"));
  CHECK(texts[1].ends_with("the data have no column 'olt'"));
  CHECK(texts[0].starts_with("mlp.yaml:25:"));
}

TEST_CASE("promote: a policy may ask that no more money is lost than by the stage's holder") {
  OpenedProject project;
  with_rule(project);
  project.edit("{metric: roc_auc, mode: guard, margin: 0.05}",
               "{metric: value_per_1000, mode: guard, margin: 500}", "policy.yaml");
  project.edit("gates: [quality, no_regression, charter]", "gates: [no_regression]", "policy.yaml");
  project.edit("    gates: [quality]\n", "    gates: [no_regression]\n", "policy.yaml");
  project.commit();
  static_cast<void>(project.promoted());
  static_cast<void>(project.train({"rounds=1"}));
  static_cast<void>(project.evaluate());
  const auto result = project.promote("staging");
  const auto rule = std::find_if(
      result.verdict.rules.begin(), result.verdict.rules.end(),
      [](const policy::RuleResult& one) { return one.check.id.find("value_per_1000") != std::string::npos; });
  REQUIRE(rule != result.verdict.rules.end());
  CHECK(rule->check.observed.has_value()); // compared row by row, in money
  CHECK(rule->check.status != CheckStatus::missing);
}

} // namespace mlp::workflow
