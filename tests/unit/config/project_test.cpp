#include "config/project.hpp"

#include "base/error.hpp"
#include "unit/config/loaded.hpp"

#include <doctest/doctest.h>

using namespace mlp::config;
using namespace mlp::test;

namespace {

/// The annotated example of the format, less what this version does not support.
constexpr std::string_view k_full = R"(schema: mlp.project/1
name: churn

product:
  question: Which customers will leave next month?
  decision: An agent calls the 200 customers most at risk each week.
  users: [retention team]
  owner: {name: Ana Ruiz, email: ana@example.org}
  value: {metric: value_per_1000, target: 1500, unit: EUR}
  baseline: Agents call long-standing customers at random.
  stop_when: Realised value is below zero for two months.
  people_affected: 7000/month
  risk: {domain: marketing, decides_about_people: true, reversible: true, human_in_loop: true, generative: false}

data:
  path: data/churn.csv
  format: {delimiter: ",", header: true, missing: ["", NA]}
  target: churn
  positive: "Yes"
  columns:
    customer_id:     {role: id}
    signup_date:     {role: time}
    senior_citizen:  {protected: true}
    tenure:          {type: number, min: 0, max: 120, unit: months}
    contract:        {type: category, values: [Month-to-month, One year, Two year]}
    total_charges:   {type: number, max_missing: 0.01}
  split: {by: hash, key: [customer_id], seed: 0, test: 0.2, valid: 0.2}

model:
  task: binary
  trainer: xgboost
  rounds: 500
  early_stopping: 30
  params: {eta: 0.1, max_depth: 6, tree_method: hist}
  class_weight: none
  calibrate: none
  seed: 7

evaluation:
  metrics: [roc_auc, log_loss, average_precision, recall, precision]
  decision: {costs: {tp: -10, tn: 0, fp: 2, fn: 60}, threshold: 0.3, volume: 7000/month}
  slices: [contract, {column: tenure, bins: 4}, [senior_citizen, contract]]
  reference_population: {senior_citizen: {"0": 0.84, "1": 0.16}}
  bootstrap: 2000
  confidence: 0.95

monitoring:
  window: 7d
  predictions_within: 7d
  labels_within: 60d
  on_alert: retrain
  retrain: {max_age: 180d}

predict: {on_invalid: reject}
ledger: {branch: mlp-ledger, remote: origin}
)";

} // namespace

TEST_CASE("the annotated example is read as it says") {
  const LoadedProject loaded = load_project(k_full, "mlp.yaml");
  CHECK(findings_of(k_full) == Lines{});
  CHECK(loaded.usable());
  const Project& project = loaded.project;
  CHECK(project.name == "churn");
  CHECK(project.product["owner"]["name"].as_string() == "Ana Ruiz");
  CHECK(project.data.paths == Lines{"data/churn.csv"});
  CHECK(project.data.format.delimiter == ',');
  CHECK(project.data.format.missing == Lines{"", "NA"});
  CHECK(project.data.positive == "Yes");
  CHECK(project.data.columns.at("customer_id").role == Role::id);
  CHECK(project.data.columns.at("senior_citizen").is_protected);
  CHECK(project.data.columns.at("tenure").max == 120.0);
  CHECK(project.data.columns.at("contract").values->size() == 3);
  CHECK(project.data.split.key == Lines{"customer_id"});
  CHECK(project.model.params.at("eta").as_number() == 0.1);
  CHECK(project.model.seed == 7);
  CHECK(project.evaluation.decision.threshold == 0.3);
  CHECK(project.evaluation.decision.costs["fn"].as_number() == 60.0);
  REQUIRE(project.evaluation.slices.size() == 3);
  CHECK(project.evaluation.slices[1].bins == 4);
  CHECK(project.evaluation.slices[2].columns == Lines{"senior_citizen", "contract"});
  CHECK(project.reject_invalid);
}

TEST_CASE("what is left out has its default") {
  const Project project = load_project(k_smallest, "mlp.yaml").project;
  CHECK(project.model.rounds == 500);
  CHECK(project.model.early_stopping == 30);
  CHECK(project.data.split.test == 0.2);
  CHECK(project.evaluation.metrics.front() == "roc_auc");
  CHECK(project.evaluation.bootstrap == 2000);
  CHECK(project.ledger.branch == "mlp-ledger");
  CHECK(!project.reject_invalid);
}

TEST_CASE("all findings come at once, in the order of the file") {
  CHECK(findings_of("schema: mlp.project/2\n"
                    "nam: churn\n"
                    "data: {path: [a.csv, {}], targt: churn}\n"
                    "model: {task: binry, rounds: many}\n"
                    "predict: {on_invalid: drop}\n") ==
        Lines{
            "missing_key: mlp.yaml:1:1: 'name' is missing: what the models of this project are called",
            "unsupported_schema: mlp.yaml:1:9: schema 'mlp.project/2' is not 'mlp.project/1', the one that "
            "this version reads",
            "unknown_key: mlp.yaml:2:1: unknown key 'nam'; did you mean 'name'?",
            "missing_key: mlp.yaml:3:7: 'data.target' is missing: the column to predict",
            "wrong_type: mlp.yaml:3:22: 'data.path[1]' is a map, not a text",
            "unknown_key: mlp.yaml:3:27: unknown key 'targt' in 'data'; did you mean 'target'?",
            "invalid_value: mlp.yaml:4:15: 'model.task' is 'binry', not one of binary, multiclass, "
            "regression, ranking; did you mean 'binary'?",
            "wrong_type: mlp.yaml:4:30: 'model.rounds' is 'many', not an integer",
            "invalid_value: mlp.yaml:5:23: 'predict.on_invalid' is 'drop', not one of flag, reject",
        });
}

TEST_CASE("an empty file misses what has no default") {
  CHECK(
      findings_of("") ==
      Lines{
          "missing_key: mlp.yaml:1:1: 'schema' is missing: write `schema: mlp.project/1`",
          "missing_key: mlp.yaml:1:1: 'name' is missing: what the models of this project are called",
          "missing_key: mlp.yaml:1:1: 'data' is missing: see `mlp init --list` for templates that have it",
          "missing_key: mlp.yaml:1:1: 'model' is missing: see `mlp init --list` for templates that have it"});
  CHECK(findings_of("just text\n").front() ==
        "wrong_type: mlp.yaml:1:1: 'the file' is 'just text', not a map (key: value)");
}

TEST_CASE("a name that would not stand in a reference is refused") {
  for (const std::string name : {"a@b", "a:b", "a b", "-a", "\"\"", "a/b", "a~1"}) {
    CAPTURE(name);
    const auto findings = findings_of("schema: mlp.project/1\nname: " + name +
                                      "\ndata: {path: a, target: t, positive: p}\nmodel: {task: binary}\n");
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().rfind("invalid_value: mlp.yaml:2:7: 'name' is '", 0) == 0);
  }
}

TEST_CASE("documentation and plans are validated for type") {
  CHECK(findings_of(std::string(k_smallest) +
                    "product: {question: [x], value: {target: high}, risk: {reversible: yes}, owner: Ana}\n"
                    "monitoring: {window: 7, on_alert: cry}\n"
                    "ledger: {brnch: x}\n") ==
        Lines{"wrong_type: mlp.yaml:6:21: 'product.question' is a list, not a text",
              "wrong_type: mlp.yaml:6:42: 'product.value.target' is 'high', not a number",
              "wrong_type: mlp.yaml:6:68: 'product.risk.reversible' is 'yes', not true or false",
              "wrong_type: mlp.yaml:6:81: 'product.owner' is 'Ana', not a map (key: value)",
              "invalid_value: mlp.yaml:7:22: 'monitoring.window' is '7', not a duration like 12h, 7d or 4w",
              "invalid_value: mlp.yaml:7:35: 'monitoring.on_alert' is 'cry', not one of report, retrain, "
              "rollback",
              "unknown_key: mlp.yaml:8:10: unknown key 'brnch' in 'ledger'; did you mean 'branch'?"});
}

TEST_CASE("position_of gives the key's place, or that of the nearest parent that is written") {
  const Project project = load_project(k_smallest, "mlp.yaml").project;
  CHECK(project.position_of("data.target").line == 4);
  CHECK(project.position_of("data.target").column == 25);
  CHECK(project.position_of("data.split.key[1]").column == 1);
  CHECK(project.position_of("product.owner").line == 1);
}

TEST_CASE("is_filled_in asks for text in every member") {
  const auto project = [](const std::string& product) {
    return load_project(std::string(k_smallest) + "product: " + product + "\n", "mlp.yaml").project;
  };
  CHECK(is_filled_in(project("{owner: {name: Ana, email: a@b.c}}"), "product.owner"));
  CHECK(!is_filled_in(project("{owner: {name: Ana, email: ''}}"), "product.owner"));
  CHECK(!is_filled_in(project("{owner: {}}"), "product.owner"));
  CHECK(!is_filled_in(project("{question: '  '}"), "product.question"));
  CHECK(is_filled_in(project("{risk: {reversible: false}}"), "product.risk"));
  CHECK(!is_filled_in(project("{users: []}"), "product.users"));
  CHECK(!is_filled_in(project("{}"), "product.owner.name"));
}

TEST_CASE("require_usable stops at an error and passes a clean project on") {
  CHECK(require_usable(load_project(k_smallest, "mlp.yaml")).name == "churn");
  CHECK_THROWS_WITH_AS(static_cast<void>(require_usable(load_project("name: x\n", "a/mlp.yaml"))),
                       "a/mlp.yaml:1:1: 'schema' is missing: write `schema: mlp.project/1`", mlp::Error);
}
