#include "config/threshold_rule.hpp"
#include "unit/config/loaded.hpp"

#include <doctest/doctest.h>

using namespace mlp::config;
using namespace mlp::test;

namespace {

/// The evaluation section is line 6.
std::string with_evaluation(const std::string& evaluation) {
  return std::string(k_smallest) + "evaluation: " + evaluation + "\n";
}

double threshold_of(const std::string& written) {
  const LoadedProject loaded =
      load_project(with_evaluation("{decision: {threshold: " + written + "}}"), "mlp.yaml");
  CHECK(loaded.findings.empty());
  return loaded.project.evaluation.decision.threshold;
}

} // namespace

TEST_CASE("a fixed threshold may be written in three ways") {
  CHECK(threshold_of("0.3") == 0.3);
  CHECK(threshold_of("{fixed: 0.3}") == 0.3);
  CHECK(threshold_of("'fixed: 0.3'") == 0.3);
}

TEST_CASE("a threshold may be chosen by costs, F1, recall or capacity") {
  const auto rule = [](const std::string& decision) {
    const LoadedProject loaded = load_project(with_evaluation("{decision: " + decision + "}"), "mlp.yaml");
    for (const Finding& finding : loaded.findings) {
      FAIL(finding.text());
    }
    return threshold_rule(loaded.project.evaluation.decision);
  };
  using Kind = ThresholdRule::Kind;
  CHECK(rule("{threshold: 0.3}").kind == Kind::fixed);
  CHECK(rule("{threshold: 0.3}").number == 0.3);
  CHECK(rule("{threshold: max_f1}").kind == Kind::max_f1);
  CHECK(rule("{threshold: cost_optimal, costs: {fp: 1, fn: 5}}").kind == Kind::cost_optimal);
  CHECK(rule("{threshold: {recall_at_least: 0.9}}").number == 0.9);
  CHECK(rule("{threshold: 'recall_at_least: 0.8'}").number == 0.8);
  // 200 a day of 10,000 a month: 200 · 30.4375 / 10,000
  const ThresholdRule capacity = rule("{threshold: {capacity: 200/day}, volume: 10_000/month}");
  CHECK(capacity.kind == Kind::capacity);
  CHECK(capacity.number == doctest::Approx(0.60875));
  CHECK(rule("{threshold: {capacity: 9/day}, volume: 7/week}").number == 1.0); // more than there are
}

TEST_CASE("a chosen threshold needs what it is chosen by") {
  CHECK(
      findings_of(with_evaluation("{decision: {threshold: cost_optimal}}"))
          .front()
          .rfind("missing_key: mlp.yaml:6:36: 'evaluation.decision.threshold: cost_optimal' needs the costs",
                 0) == 0);
  CHECK(findings_of(with_evaluation("{decision: {threshold: cost_optimal, costs: {fp: -1, fn: 5}}}"))
            .front()
            .find("must cost more") != std::string::npos);
  CHECK(findings_of(with_evaluation("{decision: {threshold: {capacity: 200/day}}}"))
            .front()
            .find("needs 'evaluation.decision.volume'") != std::string::npos);
  CHECK(findings_of(with_evaluation("{decision: {threshold: {capacity: many}, volume: 7/day}}"))
            .front()
            .find("not a rate such as 200/day") != std::string::npos);
  CHECK(findings_of(with_evaluation("{decision: {threshold: {recall_at_least: 1.5}}}"))
            .front()
            .rfind("out_of_range: ", 0) == 0);
  CHECK(findings_of(with_evaluation("{decision: {choose_on: test, threshold: max_f1}}"))
            .front()
            .rfind("invalid_value: ", 0) == 0); // a threshold chosen on test data would flatter itself
  const Lines no_validation = findings_of(with_data("  split: {by: hash, test: 0.2, valid: 0}\n") +
                                          "evaluation: {decision: {threshold: max_f1}}\n");
  REQUIRE(no_validation.size() == 1);
  CHECK(no_validation.front().find("is chosen on the validation part") != std::string::npos);
}

TEST_CASE("thresholds that are nonsense are named as such") {
  CHECK(findings_of(with_evaluation("{decision: {threshold: max_f2}}")) ==
        Lines{"invalid_value: mlp.yaml:6:36: 'evaluation.decision.threshold' is 'max_f2', not one of a "
              "number, fixed, "
              "cost_optimal, max_f1, recall_at_least, capacity; did you mean 'max_f1'?"});
  CHECK(findings_of(with_evaluation("{decision: {threshold: 1.5}}")) ==
        Lines{"out_of_range: mlp.yaml:6:36: 'evaluation.decision.threshold' is 1.5; it must be at least 0 "
              "and at most 1"});
  CHECK(findings_of(with_evaluation("{decision: {threshold: [0.5]}}")) ==
        Lines{"wrong_type: mlp.yaml:6:36: 'evaluation.decision.threshold' is a list, not a number"});
  CHECK(
      findings_of(with_evaluation("{decision: {costs: {fn: amount, fx: 1}}}")) ==
      Lines{
          "unknown_key: mlp.yaml:6:45: unknown key 'fx' in 'evaluation.decision.costs'; did you mean 'fp'?"});
}

TEST_CASE("a cost is an amount or names a column, whose amounts cannot be judged beforehand") {
  const LoadedProject loaded = load_project(
      with_evaluation("{decision: {costs: {fp: 2, fn: amount, tp: -1e3}, threshold: cost_optimal}}"),
      "mlp.yaml");
  CHECK(loaded.findings.empty());
  CHECK(loaded.project.evaluation.decision.costs["fn"] == "amount");
  CHECK(loaded.project.evaluation.decision.costs["tp"].as_number() == -1000.0);
  CHECK(loaded.project.position_of("evaluation.decision.costs.fn").column > 0);
  CHECK(findings_of(with_evaluation("{decision: {costs: {fp: 2, fn: [amount]}}}")) ==
        Lines{"wrong_type: mlp.yaml:6:44: 'evaluation.decision.costs.fn' is a list, not a number"});
}

TEST_CASE("from how many rows on groups are judged may be said") {
  const LoadedProject loaded =
      load_project(with_evaluation("{fairness: {min_n: 50, min_denominator: 10}}"), "mlp.yaml");
  CHECK(loaded.findings.empty());
  CHECK(loaded.project.evaluation.fairness.min_n == 50);
  CHECK(loaded.project.evaluation.fairness.min_denominator == 10);
  CHECK(loaded.project.evaluation_section["fairness"]["min_n"].as_number() == 50);
  CHECK(
      findings_of(with_evaluation("{fairness: {min_n: 0}}")) ==
      Lines{
          "out_of_range: mlp.yaml:6:32: 'evaluation.fairness.min_n' is 0; it must be at least 2 and at most "
          "1000000000"});
}

TEST_CASE("metrics of money need costs") {
  const auto findings = [](const std::string& evaluation) {
    const LoadedProject loaded = load_project(with_evaluation(evaluation), "mlp.yaml", {},
                                              {{mlp::Task::binary, {"roc_auc", "cost", "value_per_1000"}}});
    Lines lines;
    for (const Finding& finding : loaded.findings) {
      lines.push_back(finding.text());
    }
    return lines;
  };
  CHECK(findings("{metrics: [roc_auc, value_per_1000]}") ==
        Lines{"mlp.yaml:6:33: metric 'value_per_1000' needs 'evaluation.decision.costs'"});
  CHECK(findings("{metrics: [cost], decision: {costs: {fp: 1, fn: amount}}}") == Lines{});
}

TEST_CASE("the current rule is a column or a file, and belongs to what an evaluation is judged by") {
  const auto rule = [](const std::string& written) {
    return load_project(with_evaluation("{current_rule: " + written + "}"), "mlp.yaml");
  };
  const LoadedProject column = rule("{column: old, threshold: 600}");
  CHECK(column.findings.empty());
  CHECK(column.project.evaluation.current_rule.column == "old");
  CHECK(*column.project.evaluation.current_rule.threshold == 600);
  CHECK(column.project.evaluation_section.dump().find("old") != std::string::npos);
  CHECK_FALSE(load_project(with_evaluation("{bootstrap: 100}"), "mlp.yaml")
                  .project.evaluation_section.has("current_rule"));
  CHECK(rule("{predictions: data/rule.csv}").project.evaluation.current_rule.predictions == "data/rule.csv");
  CHECK(findings_of(with_evaluation("{current_rule: {threshold: 3}}")) ==
        Lines{"invalid_value: mlp.yaml:6:28: 'evaluation.current_rule' names neither a column nor a "
              "predictions file"});
  CHECK(findings_of(with_evaluation("{current_rule: {column: a, predictions: b}}"))
            .front()
            .find("names both") != std::string::npos);
  CHECK(findings_of(project_text("data: {path: a, target: t}\nmodel: {task: regression}\n"
                                 "evaluation: {current_rule: {column: a, threshold: 3}}\n")) ==
        Lines{"threshold_without_binary: mlp.yaml:5:40: 'evaluation.current_rule.threshold' does not fit the "
              "task regression"});
}

TEST_CASE("slices, shares and replicates are judged at their place") {
  CHECK(findings_of(with_evaluation("{slices: [{column: a, bins: 1}, {bins: 2}, [{}]]}")) ==
        Lines{"out_of_range: mlp.yaml:6:41: 'evaluation.slices[0].bins' is 1; it must be at least 2 and at "
              "most 100",
              "missing_key: mlp.yaml:6:45: 'evaluation.slices[1].column' is missing: the column whose values "
              "make the slices",
              "wrong_type: mlp.yaml:6:57: 'evaluation.slices[2][0]' is a map, not a text"});
  CHECK(findings_of(with_evaluation("{slices: sex, confidence: 95, bootstrap: 1}")) ==
        Lines{"wrong_type: mlp.yaml:6:22: 'evaluation.slices' is 'sex', not a list of columns",
              "out_of_range: mlp.yaml:6:39: 'evaluation.confidence' is 95; it must be above 0 and below 1",
              "out_of_range: mlp.yaml:6:54: 'evaluation.bootstrap' is 1; it must be at least 10 and at most "
              "1000000"});
  CHECK(findings_of(with_evaluation("{reference_population: {sex: {f: 1.5}}}")) ==
        Lines{"invalid_value: mlp.yaml:6:37: 'evaluation.reference_population' names 'sex', which is no "
              "protected column",
              "out_of_range: mlp.yaml:6:46: 'evaluation.reference_population.sex.f' is 1.5; it must be at "
              "least 0 and at most 1"});
}

TEST_CASE("a reference population is of a protected column, and its shares add up to 1") {
  CHECK(findings_of(with_evaluation("{reference_population: {sex: {f: 0.5, m: 0.4}}}")) ==
        Lines{"invalid_value: mlp.yaml:6:37: the shares of 'evaluation.reference_population.sex' add up to "
              "0.9, not 1",
              "invalid_value: mlp.yaml:6:37: 'evaluation.reference_population' names 'sex', which is no "
              "protected column"});
  const LoadedProject loaded = load_project(
      with_data("  columns: {sex: {protected: true}}\n") +
          "evaluation: {reference_population: {sex: {f: 0.505, m: 0.49}}}\n", // published shares are rounded
      "mlp.yaml");
  CHECK(loaded.findings.empty());
  CHECK(loaded.project.evaluation.reference_population.at("sex").at("f") == 0.505);
}

TEST_CASE("a list whose items were all commented out is no finding") {
  CHECK(findings_of(std::string(k_smallest) + "evaluation:\n  slices:\n    # - contract\n") == Lines{});
}

TEST_CASE(
    "conformal rules by group name a column, and change the section's hash only where they are written") {
  const LoadedProject plain = load_project(std::string(k_smallest), "mlp.yaml");
  CHECK(plain.project.evaluation.conformal_by.empty());
  CHECK_FALSE(plain.project.evaluation_section.has("conformal"));
  const LoadedProject loaded = load_project(with_evaluation("{conformal: {by: region}}"), "mlp.yaml");
  CHECK(loaded.findings.empty());
  CHECK(loaded.project.evaluation.conformal_by == "region");
  CHECK(loaded.project.evaluation_section["conformal"]["by"] == mlp::Json("region"));
  CHECK(findings_of(with_evaluation("{conformal: {bye: region}}")).size() == 2); // unknown key, missing key
}
