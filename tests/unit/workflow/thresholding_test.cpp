#include "unit/workflow/opened_project.hpp"

using namespace mlp;
using namespace mlp::test;

TEST_CASE("train: a threshold chosen on the validation part belongs to the model and is recorded") {
  OpenedProject project;
  const auto fixed = project.train();
  CHECK(fixed.trained.artifact.threshold == 0.5);
  CHECK(fixed.run.body["threshold"].is_null());

  project.edit("decision: {threshold: 0.5}", "decision: {threshold: {recall_at_least: 1.0}}");
  const auto chosen = project.train();
  CHECK(chosen.model != fixed.model); // the same trees, another decision
  CHECK(chosen.trained.artifact.booster == fixed.trained.artifact.booster);
  const Json& record = chosen.run.body["threshold"];
  CHECK(record["rule"] == "recall_at_least");
  CHECK(record["reached"].as_number() == 1.0);
  CHECK(record["n"].as_integer() == chosen.split.valid);
  CHECK(record["part"] == "valid");
  CHECK(record["value"].as_number() == chosen.trained.artifact.threshold);
  CHECK(project.train().model == chosen.model);
}

TEST_CASE("evaluate: with costs the document says what the decisions are worth, and a policy may gate it") {
  OpenedProject project;
  project.edit("decision: {threshold: 0.5}", "decision: {costs: {fp: 1, fn: 5}, threshold: cost_optimal}");
  project.edit("- {check: data_errors, max: 0}",
               "- {check: data_errors, max: 0}\n    - {metric: value_per_1000, min: 0, bound: lower_ci}",
               "policy.yaml");
  project.commit();
  const auto trained = project.train();
  CHECK(trained.run.body["threshold"]["rule"] == "cost_optimal");
  const auto result = project.evaluate();
  REQUIRE(result.value);
  CHECK(result.document["value"]["bayes_threshold"].as_number() == doctest::Approx(1.0 / 6));
  CHECK(result.evaluation.find("cost") != nullptr);
  CHECK_FALSE(result.record.body.has("value"));
  const auto promoted = project.promote("staging");
  CHECK_FALSE(promoted.verdict.allowed); // nothing is gained where being right earns nothing
  CHECK(std::any_of(promoted.verdict.rules.begin(), promoted.verdict.rules.end(),
                    [](const policy::RuleResult& rule) {
                      return rule.check.id == "value_per_1000" && rule.check.status == CheckStatus::fail;
                    }));
}

TEST_CASE("promote: a gap between protected groups that is proved denies, and says between whom") {
  OpenedProject project;
  std::string text = k_customers_header;
  for (int id = 1; id <= 1500; ++id) { // whoever is far away has short tenures, and leaves
    const bool north = id % 2 == 0;
    const int tenure = (north ? 0 : 40) + id * 37 % 30;
    text += std::to_string(id) + "," + std::to_string(tenure) + "," +
            std::to_string(20 + id * 7919 % 10007 / 100.0) + ",month," + (north ? "north," : "south,") +
            ((tenure < 30) != (id % 9 == 0) ? "Yes" : "No") + "\n";
  }
  project.write("data/churn.csv", text);
  const std::string policy = project.read("policy.yaml");
  const std::string gate =
      "\n  fairness:\n    rules:\n      - {metric: demographic_parity_difference, max: 0.1}\n";
  project.write("policy.yaml", replaced(policy, "gates: [quality", "gates: [fairness, quality") + gate);
  project.commit();
  static_cast<void>(project.train());
  static_cast<void>(project.evaluate());
  const auto result = project.promote("staging");
  CHECK(result.verdict.reason == "denied");
  const auto rule =
      std::find_if(result.verdict.rules.begin(), result.verdict.rules.end(),
                   [](const auto& one) { return one.check.id == "fairness(demographic_parity_difference)"; });
  REQUIRE(rule != result.verdict.rules.end());
  CHECK(rule->check.status == CheckStatus::fail);
  CHECK(rule->check.why.starts_with("region: its interval is "));
}
