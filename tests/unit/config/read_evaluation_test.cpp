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

TEST_CASE("other thresholds are not supported yet, nonsense is named as such") {
  CHECK(findings_of(with_evaluation("{decision: {threshold: cost_optimal}}")) ==
        Lines{"not_supported: mlp.yaml:6:36: not supported by this version yet: "
              "'evaluation.decision.threshold: cost_optimal' "
              "(give a number)"});
  CHECK(findings_of(with_evaluation("{decision: {threshold: {recall_at_least: 0.9}}}"))
            .front()
            .rfind("not_supported: mlp.yaml:6:36: ", 0) == 0);
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
          "not_supported: mlp.yaml:6:37: not supported by this version yet: 'evaluation.decision.costs.fn' "
          "from a column",
          "unknown_key: mlp.yaml:6:45: unknown key 'fx' in 'evaluation.decision.costs'; did you mean 'fp'?"});
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
