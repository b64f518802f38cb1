#include "config/templates.hpp"
#include "policy/policy.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace mlp::policy;
using Lines = std::vector<std::string>;

namespace {

const PolicyContext k_context = {{"roc_auc", "recall", "skill_vs_dummy", "log_loss", "prevalence"},
                                 {"rmse", "r2"},
                                 {{"contract"}, {"sex", "contract"}},
                                 {"roc_auc", "recall", "log_loss"},
                                 {"impact_ratio", "equalized_odds_difference"},
                                 {"sex", "age"}};

/// The default policy of the format.
constexpr std::string_view k_default = R"(schema: mlp.policy/1
defaults: {alpha: 0.05, min_n: 100, min_denominator: 30, on_inconclusive: warn, on_missing: deny}

stages:
  staging:
    gates: [quality]
  production:
    from: staging
    gates: [quality, no_regression, charter]

gates:
  quality:
    - {metric: roc_auc, min: 0.65, bound: lower_ci}
    - {metric: skill_vs_dummy, min: 0.0, bound: lower_ci}
    - {check: data_errors, max: 0}
  no_regression:
    baseline: stage
    first_model: warn
    metrics:
      - {metric: roc_auc, mode: guard, margin: 0.01}
  charter:
    - {required: [product.question, product.decision, product.owner]}
    - {check: committed, else: warn}
)";

Lines findings_of(std::string_view text) {
  Lines lines;
  for (const auto& finding : load_policy(text, "policy.yaml", k_context).findings) {
    lines.push_back(finding.rule + ": " + finding.text());
  }
  return lines;
}

/// A policy whose gate `quality` has this one rule, in line 5 from column 7 on.
Lines rule_findings(const std::string& rule) {
  return findings_of(
      "schema: mlp.policy/1\nstages: {staging: {gates: [quality]}}\ngates:\n  quality:\n    - " + rule +
      "\n");
}

/// A policy whose gate `quality` is this, in line 4.
Lines gate_findings(const std::string& gate) {
  return findings_of(
      "schema: mlp.policy/1\nstages: {staging: {gates: [quality]}}\ngates:\n  quality: " + gate + "\n");
}

/// A policy with one good gate and these stages in line 3.
Lines stage_findings(const std::string& stages) {
  return findings_of("schema: mlp.policy/1\ngates: {quality: [{check: committed}]}\nstages: " + stages +
                     "\n");
}

} // namespace

TEST_CASE("the default policy is read as it says") {
  const LoadedPolicy loaded = load_policy(k_default, "policy.yaml", k_context);
  CHECK(loaded.findings.empty());
  const Policy& policy = loaded.policy;
  CHECK(policy.defaults.on_missing == Outcome::deny);
  REQUIRE(policy.stages.size() == 2);
  const Stage& production = *policy.stage("production");
  CHECK(production.from == "staging");
  Lines ids;
  for (const Rule* rule : policy.rules_of(production)) {
    ids.push_back(rule->id());
  }
  CHECK(ids ==
        Lines{"roc_auc", "skill_vs_dummy", "data_errors", "no_regression(roc_auc)", "required", "committed"});
  const Rule& first = policy.gates.at("quality").rules.front();
  CHECK(first.min == 0.65);
  CHECK(first.bound == Bound::lower_ci);
  CHECK(first.position.line == 13);
  CHECK(policy.gates.at("no_regression").first_model == Outcome::warn);
  CHECK(policy.gates.at("no_regression").rules.front().margin == 0.01);
  CHECK(policy.gates.at("charter").rules.back().only_warns);
  CHECK(policy.stage("prod") == nullptr);
}

TEST_CASE("each template's policy has no finding for the metrics of its task") {
  const std::vector<Lines> metrics = {{"roc_auc", "skill_vs_dummy"},
                                      {"accuracy", "skill_vs_dummy"},
                                      {"r2", "skill_vs_dummy"},
                                      {"ndcg@10", "skill_vs_dummy"}};
  REQUIRE(metrics.size() == mlp::config::templates().size());
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    const auto& chosen = mlp::config::templates()[i];
    CAPTURE(chosen.name);
    const LoadedPolicy loaded =
        load_policy(chosen.policy, "policy.yaml", {metrics[i], {}, {}, {metrics[i].front()}});
    CHECK(loaded.findings.empty());
    CHECK(loaded.policy.rules_of(*loaded.policy.stage("production")).size() >= 5);
  }
}

TEST_CASE("every kind of rule is read") {
  const LoadedPolicy loaded =
      load_policy("schema: mlp.policy/1\n"
                  "stages: {staging: {gates: quality}}\n"
                  "gates:\n"
                  "  quality:\n"
                  "    - {metric: log_loss, max: 0.4, bound: upper_ci, min_n: 500, why: costly}\n"
                  "    - {slice: contract, metric: recall, min: 0.5, min_n: 50}\n"
                  "    - {slice: [contract, sex], metric: recall, min: 0.4, else: warn}\n"
                  "    - {check: test_set_use, max: 20, else: deny}\n"
                  "    - {check: data_errors}\n",
                  "policy.yaml", k_context);
  CHECK(loaded.findings.empty());
  const auto& rules = loaded.policy.gates.at("quality").rules;
  REQUIRE(rules.size() == 5);
  CHECK(rules[0].max == 0.4);
  CHECK(rules[0].min_n == 500);
  CHECK(rules[0].why == "costly");
  CHECK(rules[1].id() == "recall[contract]");
  CHECK(rules[2].groups_by == std::vector<Lines>{{"contract", "sex"}});
  CHECK(rules[2].only_warns);
  CHECK(rules[3].max == 20.0);
  CHECK(!rules[3].only_warns);
  CHECK(rules[4].max == 0.0);
}

TEST_CASE("a rule's mistakes stand where they are written") {
  CHECK(rule_findings("{metric: roc_acu, min: 0.5}") ==
        Lines{"unknown_metric: policy.yaml:5:16: unknown metric 'roc_acu'; did you mean 'roc_auc'?"});
  CHECK(rule_findings("{metric: rmse, max: 5}") ==
        Lines{"metric_task_mismatch: policy.yaml:5:16: metric 'rmse' does not fit the project's task"});
  CHECK(rule_findings("{metric: roc_auc}") ==
        Lines{"missing_limit: policy.yaml:5:7: 'roc_auc' has no limit: give it a min or a max"});
  CHECK(rule_findings("{metric: roc_auc, min: 0.9, max: 0.5}") ==
        Lines{"out_of_range: policy.yaml:5:25: 'roc_auc' has a min above its max"});
  CHECK(rule_findings("{metric: roc_auc, min: high}") ==
        Lines{"wrong_type: policy.yaml:5:30: 'gates.quality[0].min' is 'high', not a number"});
  CHECK(rule_findings("{metric: roc_auc, mn: 0.5, min: 0.5}") ==
        Lines{"unknown_key: policy.yaml:5:25: unknown key 'mn' in 'gates.quality[0]'; did you mean 'min'?"});
  CHECK(rule_findings("{metric: roc_auc, min: 0.5, bound: lower}") ==
        Lines{"invalid_value: policy.yaml:5:42: 'gates.quality[0].bound' is 'lower', not one of point, "
              "lower_ci, upper_ci"});
  CHECK(
      rule_findings("{metric: roc_auc, min: 0.5, bound: upper_ci}") ==
      Lines{"loose_bound: policy.yaml:5:35: 'upper_ci' tests the hopeful end of the interval of 'roc_auc'"});
  CHECK(
      rule_findings("{slice: contrct, metric: recall, min: 0.5}") ==
      Lines{
          "unmatched_slice: policy.yaml:5:15: no declared slice is by 'contrct'; did you mean 'contract'?"});
  CHECK(rule_findings("{slice: [sex], metric: recall, min: 0.5}") ==
        Lines{"unmatched_slice: policy.yaml:5:15: no declared slice is by 'sex'"});
  CHECK(rule_findings("{check: comitted}") ==
        Lines{"unknown_check: policy.yaml:5:15: 'check' is 'comitted', not one of data_errors, committed, "
              "test_set_use, proxy_auc, representation, attribute_not_a_feature; did you mean "
              "'committed'?"});
  CHECK(rule_findings("{check: test_set_use}") ==
        Lines{"missing_limit: policy.yaml:5:15: 'test_set_use' has no limit: give it a max"});
  CHECK(rule_findings("{check: committed, max: 1}") ==
        Lines{"unknown_key: policy.yaml:5:26: unknown key 'max' in 'gates.quality[0]'"});
  CHECK(rule_findings("{check: committed, else: wrn}") ==
        Lines{"invalid_value: policy.yaml:5:32: 'gates.quality[0].else' is 'wrn', not one of warn, deny; did "
              "you mean 'warn'?"});
}

TEST_CASE("a rule says one thing") {
  CHECK(rule_findings("{min: 0.5}") == Lines{"unclear_rule: policy.yaml:5:7: 'gates.quality[0]' names none "
                                             "of metric, required and check, not one"});
  CHECK(rule_findings("{metric: roc_auc, min: 0.5, check: committed}") ==
        Lines{"unclear_rule: policy.yaml:5:7: 'gates.quality[0]' names several of metric, required and "
              "check, not one"});
  CHECK(
      rule_findings("{metrc: roc_auc, min: 0.5}") ==
      Lines{
          "unknown_key: policy.yaml:5:8: unknown key 'metrc' in 'gates.quality[0]'; did you mean 'metric'?"});
  CHECK(rule_findings("[a]") ==
        Lines{"wrong_type: policy.yaml:5:7: 'gates.quality[0]' is a list, not a map (key: value)"});
}

TEST_CASE("required keys exist in the format of mlp.yaml") {
  CHECK(
      rule_findings("{required: [product.onwer, prodct.owner, product.owner, product.owner, data.target]}") ==
      Lines{"unknown_key: policy.yaml:5:19: 'product' of mlp.yaml has no key 'onwer'; did you mean 'owner'?",
            "unknown_key: policy.yaml:5:34: mlp.yaml has no section 'prodct'; did you mean 'product'?",
            "duplicate_entry: policy.yaml:5:63: 'product.owner' stands here again"});
  CHECK(rule_findings("{required: []}") == Lines{"empty_gate: policy.yaml:5:18: 'required' lists no key"});
}

TEST_CASE("a fairness gate judges disparities of protected columns and their crosses") {
  const auto loaded = load_policy("schema: mlp.policy/1\nstages: {staging: {gates: [quality]}}\ngates:\n"
                                  "  quality:\n"
                                  "    protected: {columns: [sex], cross: [[sex, age]]}\n"
                                  "    rules:\n"
                                  "      - {metric: equalized_odds_difference, max: 0.1, bound: proved_ok}\n"
                                  "      - {metric: impact_ratio, min: 0.8, else: warn}\n"
                                  "      - {check: proxy_auc}\n"
                                  "      - {check: representation, min_ratio: 0.7}\n"
                                  "      - {check: attribute_not_a_feature}\n"
                                  "    justification: docs/fairness.md\n",
                                  "policy.yaml", k_context);
  CHECK(loaded.findings.empty());
  const auto& rules = loaded.policy.gates.at("quality").rules;
  REQUIRE(rules.size() == 5);
  CHECK(rules[0].kind == Rule::Kind::fairness);
  CHECK(rules[0].id() == "quality(equalized_odds_difference)");
  CHECK(rules[0].groups_by == std::vector<Lines>{{"sex"}, {"sex", "age"}});
  CHECK(rules[0].proof == Proof::ok);
  CHECK(rules[1].proof == Proof::both);
  CHECK(rules[1].only_warns);
  CHECK(rules[2].max == 0.85);
  CHECK(rules[3].min == 0.7);
}

TEST_CASE(
    "a fairness gate refuses other metrics, the wrong side of a limit and columns that are not protected") {
  CHECK(gate_findings("{protected: [sxe], rules: [{metric: roc_auc, max: 0.1}]}").size() == 2);
  CHECK(gate_findings("{protected: [sxe], rules: [{metric: impact_ratio, min: 0.8}]}") ==
        Lines{"unmatched_slice: policy.yaml:4:24: 'sxe' is no protected column; did you mean 'sex'?"});
  CHECK(gate_findings("{rules: [{metric: impact_ratio, max: 0.8}]}").size() == 2); // no min; max unknown
  CHECK(gate_findings("{protected: [sex], rules: []}") ==
        Lines{"empty_gate: policy.yaml:4:3: gate 'quality' has no rules"});
}

TEST_CASE("slices: each one that is named, how far it may drop, and those that the search finds") {
  const LoadedPolicy loaded =
      load_policy("schema: mlp.policy/1\n"
                  "stages: {staging: {gates: slices}}\n"
                  "gates:\n"
                  "  slices:\n"
                  "    - {by: [contract, [contract, sex]], metric: recall, min: 0.5, bound: lower_ci}\n"
                  "    - {by: contract, metric: recall, min_n: 200, max_drop_vs_complement: 0.10}\n"
                  "    - {slice: contract, metric: recall, max_drop_vs_complement: 0.2, bound: point}\n"
                  "    - {auto: {depth: 1, max_drop: 0.15}, else: warn}\n"
                  "    - {auto: {max_drop: 0.15}}\n",
                  "policy.yaml", k_context);
  CHECK(loaded.findings.empty());
  const auto& rules = loaded.policy.gates.at("slices").rules;
  REQUIRE(rules.size() == 5);
  CHECK(rules[0].groups_by == std::vector<Lines>{{"contract"}, {"contract", "sex"}});
  CHECK(rules[0].bound == Bound::lower_ci);
  CHECK(rules[0].id() == "recall[contract; contract,sex]");
  CHECK(rules[1].max_drop == 0.1);
  CHECK(rules[1].bound == Bound::proved);
  CHECK(rules[1].min_n == 200);
  CHECK(rules[1].id() == "recall_drop[contract]");
  CHECK(rules[2].bound == Bound::point);
  CHECK(rules[3].kind == Rule::Kind::weak);
  CHECK(rules[3].depth == 1);
  CHECK(rules[3].max_drop == 0.15);
  CHECK(rules[3].only_warns);
  CHECK(rules[3].id() == "weak_slices");
  CHECK(rules[4].depth == 2);
}

TEST_CASE("a mistake in a rule on slices stands where it is written") {
  CHECK(
      rule_findings("{by: [contrakt], metric: recall, min: 0.5}") ==
      Lines{
          "unmatched_slice: policy.yaml:5:13: no declared slice is by 'contrakt'; did you mean 'contract'?"});
  CHECK(rule_findings("{by: [contract, [contract, age]], metric: recall, min: 0.5}") ==
        Lines{"unmatched_slice: policy.yaml:5:23: no declared slice is by 'contract, age'"});
  CHECK(rule_findings("{by: [], metric: recall, min: 0.5}") ==
        Lines{"unmatched_slice: policy.yaml:5:12: 'gates.quality[0].by' names no slice"});
  CHECK(rule_findings("{by: [contract], slice: contract, metric: recall, min: 0.5}") ==
        Lines{"unclear_rule: policy.yaml:5:31: 'gates.quality[0]' has both slice and by"});
  CHECK(rule_findings("{by: [contract], metric: recall}") ==
        Lines{"missing_limit: policy.yaml:5:7: 'recall' has no limit: give it a min or a max"});
  CHECK(rule_findings("{metric: recall, max_drop_vs_complement: 0.1}") ==
        Lines{"unclear_rule: policy.yaml:5:24: 'gates.quality[0]' names no slice that may drop"});
  CHECK(rule_findings("{by: contract, metric: recall, min: 0.5, max_drop_vs_complement: 0.1}") ==
        Lines{"unclear_rule: policy.yaml:5:48: 'gates.quality[0]' has a limit of its own beside "
              "max_drop_vs_complement"});
  CHECK(rule_findings("{by: contract, metric: prevalence, max_drop_vs_complement: 0.1}") ==
        Lines{"incomparable_metric: policy.yaml:5:30: two models cannot be compared by 'prevalence': neither "
              "higher nor lower is better"});
  CHECK(rule_findings("{by: contract, metric: recall, max_drop_vs_complement: 0.1, bound: lower_ci}") ==
        Lines{"invalid_value: policy.yaml:5:74: 'gates.quality[0].bound' is 'lower_ci', not one of proved, "
              "point"});
  CHECK(rule_findings("{auto: {depth: 2}}") ==
        Lines{"missing_limit: policy.yaml:5:8: 'gates.quality[0].auto' has no max_drop: how much more may a "
              "slice "
              "lose than the other rows?"});
  CHECK(
      rule_findings("{auto: {depth: 3, max_drop: 0.1}}").front().starts_with("out_of_range: policy.yaml:5:"));
  CHECK(rule_findings("{auto: {max_drop: 0.1}, metric: recall}")
            .front()
            .starts_with("unknown_key: policy.yaml:5:"));
}

TEST_CASE("a metric that no evaluation measures by slice is an error, not a rule that never has evidence") {
  PolicyContext context = k_context;
  context.slice_metrics = {"recall"};
  const auto findings =
      load_policy("schema: mlp.policy/1\nstages: {staging: {gates: [slices]}}\ngates:\n  slices:\n"
                  "    - {by: contract, metric: roc_auc, min: 0.5}\n"
                  "    - {by: contract, metric: recall, min: 0.5}\n",
                  "policy.yaml", context)
          .findings;
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].text() == "policy.yaml:5:30: no evaluation measures 'roc_auc' by slice");
  CHECK(findings[0].hint == "add `roc_auc` to evaluation.metrics in mlp.yaml");
}

TEST_CASE("what later versions can do is refused, never ignored") {
  for (const std::string rule :
       {"{by: [contract], metric: recall, vs: production, max: 1}", "single_feature",
        "{check: freshness, column: day, max_age: 90d}", "{metric: roc_auc, min: 0.5, split: test}",
        "{metric: roc_auc, within: [0, 1]}", "{metric: roc_auc, min: 0, bound: proved}",
        "{metric: impact_ratio, min: 0.8}"}) {
    CAPTURE(rule);
    const Lines findings = rule_findings(rule);
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().rfind("not_supported: policy.yaml:5:", 0) == 0);
  }
  CHECK(
      stage_findings("{staging: {gates: [quality], soak: 3d, approvals: [x]}}") ==
      Lines{
          "not_supported: policy.yaml:3:38: not supported by this version yet: 'stages.staging.soak'",
          "not_supported: policy.yaml:3:48: not supported by this version yet: 'stages.staging.approvals'"});
  for (const std::string key : {"extends", "owners", "roles", "risk_classes", "waivers"}) {
    CHECK(findings_of(std::string(k_default) + key + ": [x]\n") ==
          Lines{"not_supported: policy.yaml:24:1: not supported by this version yet: '" + key + "'"});
  }
}

TEST_CASE("a comparison needs a baseline, a margin and a known mode") {
  CHECK(gate_findings("{metrics: [{metric: roc_auc}]}") ==
        Lines{"missing_key: policy.yaml:4:12: 'gates.quality.baseline' is missing: write `baseline: stage` "
              "for the model that holds the "
              "stage now",
              "missing_limit: policy.yaml:4:23: 'roc_auc' has no margin: how much worse, in its own unit, is "
              "still as good?"});
  CHECK(gate_findings("{baseline: stage, metrics: [{metric: roc_auc, mode: gard, margin: 0}]}") ==
        Lines{"invalid_value: policy.yaml:4:64: 'gates.quality.metrics[0].mode' is 'gard', not one of guard, "
              "non_inferiority, "
              "superiority; did you mean 'guard'?",
              "out_of_range: policy.yaml:4:78: 'gates.quality.metrics[0].margin' is 0; it must be above 0"});
  CHECK(gate_findings("{baseline: stage, metrics: [{metric: roc_auc, mode: superiority}]}") == Lines{});
  CHECK(gate_findings("{baseline: stage, first_model: {require_approval: x}, metrics: [{metric: roc_auc, "
                      "margin_rel: 2%}]}")
            .size() == 2);
  CHECK(gate_findings("{baseline: stage, metrics: roc_auc}") ==
        Lines{"wrong_type: policy.yaml:4:39: 'gates.quality.metrics' is 'roc_auc', not a list"});
}

TEST_CASE("a comparison by a metric without a better direction is refused, and those with one are named") {
  const auto findings =
      load_policy("schema: mlp.policy/1\nstages: {staging: {gates: [quality]}}\ngates:\n  quality:\n"
                  "    baseline: stage\n    metrics:\n      - {metric: prevalence, margin: 0.1}\n"
                  "      - {metric: skill_vs_dummy, margin: 0.1}\n      - {metric: log_loss, margin: 0.1}\n",
                  "policy.yaml", k_context)
          .findings;
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].rule == "incomparable_metric");
  CHECK(findings[0].text() ==
        "policy.yaml:7:18: two models cannot be compared by 'prevalence': neither higher "
        "nor lower is better");
  CHECK(findings[0].hint ==
        "compare by one of roc_auc, recall, log_loss; or bound 'prevalence' by a min and a "
        "max in a list of rules");
  CHECK(findings[1].text() == "policy.yaml:8:18: two models cannot be compared by 'skill_vs_dummy': it "
                              "compares one with a baseline already");
  CHECK(rule_findings("{metric: prevalence, min: 0.1, max: 0.3}") == Lines{});
}

TEST_CASE("an empty gate or stage would look like a check and be none") {
  CHECK(gate_findings("[]") == Lines{"empty_gate: policy.yaml:4:3: gate 'quality' has no rules"});
  CHECK(gate_findings("") == Lines{"empty_gate: policy.yaml:4:3: gate 'quality' has no rules"});
  CHECK(gate_findings("{baseline: stage, metrics: []}") ==
        Lines{"empty_gate: policy.yaml:4:3: gate 'quality' has no rules"});
  CHECK(gate_findings("roc_auc") ==
        Lines{"wrong_type: policy.yaml:4:12: 'gates.quality' is 'roc_auc', not a list of rules"});
  CHECK(stage_findings("{staging: {gates: []}, other: {gates: quality}}") ==
        Lines{"empty_gate: policy.yaml:3:20: stage 'staging' has no gates"});
  CHECK(stage_findings("{staging: {}, other: {gates: quality}}") ==
        Lines{"empty_gate: policy.yaml:3:19: stage 'staging' has no gates"});
}

TEST_CASE("stages name gates and stages that exist") {
  CHECK(stage_findings("{staging: {gates: [qualty, quality, quality]}}") ==
        Lines{"undefined_gate: policy.yaml:3:28: gate 'qualty' is not defined; did you mean 'quality'?",
              "duplicate_entry: policy.yaml:3:45: gate 'quality' stands here again"});
  CHECK(stage_findings("{staging: {gates: quality, from: stagin}}") ==
        Lines{"undefined_stage: policy.yaml:3:42: stage 'stagin' is not defined; did you mean 'staging'?"});
  CHECK(stage_findings("{a: {gates: quality, from: b}, b: {gates: quality, from: a}}") ==
        Lines{"undefined_stage: policy.yaml:3:36: stage 'a' can never be reached: 'from' goes in a circle",
              "undefined_stage: policy.yaml:3:66: stage 'b' can never be reached: 'from' goes in a circle"});
}

TEST_CASE("a gate that no stage uses is a warning") {
  const LoadedPolicy loaded =
      load_policy(std::string(k_default) + "  spare: [{check: committed}]\n", "policy.yaml", k_context);
  REQUIRE(loaded.findings.size() == 1);
  CHECK(loaded.findings[0].severity == mlp::config::Finding::Severity::warning);
  CHECK(loaded.findings[0].text() ==
        "policy.yaml:24:3: gate 'spare' is used by no stage: its rules are never judged");
  CHECK(loaded.findings[0].rule == "unused_gate");
}

TEST_CASE("defaults are judged, and an empty file misses what it needs") {
  CHECK(
      findings_of(
          std::string(
              "schema: mlp.policy/1\ndefaults: {alpha: 0.6, min_n: 0, on_missing: ignore, alpa: 1}\n") +
          std::string(k_default.substr(k_default.find("stages")))) ==
      Lines{
          "out_of_range: policy.yaml:2:19: 'defaults.alpha' is 0.6; it must be above 0 and below 0.5",
          "out_of_range: policy.yaml:2:31: 'defaults.min_n' is 0; it must be at least 1",
          "invalid_value: policy.yaml:2:46: 'defaults.on_missing' is 'ignore', not one of allow, warn, deny",
          "unknown_key: policy.yaml:2:54: unknown key 'alpa' in 'defaults'; did you mean 'alpha'?"});
  CHECK(findings_of("") ==
        Lines{"missing_key: policy.yaml:1:1: 'schema' is missing: write `schema: mlp.policy/1`",
              "missing_key: policy.yaml:1:1: 'stages' is missing: the stages that a model moves through",
              "missing_key: policy.yaml:1:1: 'gates' is missing: the rules that a stage asks for"});
}

TEST_CASE("a gate names a metric with a parameter in any spelling, but only one that evaluations measure") {
  PolicyContext context = k_context;
  context.known_metrics = {"roc_auc", "lift@k"};
  context.measured_metrics = {"roc_auc", "lift@0.1"};
  const auto loaded = [&](const std::string& rule) {
    return load_policy(
        "schema: mlp.policy/1\nstages: {staging: {gates: [quality]}}\ngates:\n  quality:\n    - " + rule +
            "\n",
        "policy.yaml", context);
  };
  const LoadedPolicy usual = loaded("{metric: lift@10%, min: 2}");
  CHECK(usual.findings.empty());
  CHECK(usual.policy.gates.at("quality").rules.front().metric == "lift@0.1");
  const LoadedPolicy unmeasured = loaded("{metric: lift@5%, min: 2}");
  REQUIRE(unmeasured.findings.size() == 1);
  CHECK(unmeasured.findings.front().text() == "policy.yaml:5:16: no evaluation measures 'lift@0.05'");
  CHECK(unmeasured.findings.front().hint == "add `lift@0.05` to evaluation.metrics in mlp.yaml");
}
