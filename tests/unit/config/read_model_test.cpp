#include "unit/config/loaded.hpp"

#include <doctest/doctest.h>

using namespace mlp::config;
using namespace mlp::test;

namespace {

std::string with_model(const std::string& model) {
  return project_text("data: {path: a.csv, target: t, positive: p}\nmodel: " + model + "\n");
}

} // namespace

TEST_CASE("parameters are taken as they are written, lists and maps too: the trainer judges them") {
  const Project project =
      load_project(
          with_model("{task: binary, params: {eta: 1e-1, booster: dart, n: '1', flag: true, none: ,\n"
                     "  monotone_constraints: {age: 1, '2020': -1},\n"
                     "  interaction_constraints: [[age, income], ['7']]}}"),
          "mlp.yaml")
          .project;
  CHECK(project.model_section["params"].dump() ==
        R"({"booster":"dart","eta":0.1,"flag":true,"interaction_constraints":[["age","income"],["7"]],)"
        R"("monotone_constraints":{"2020":-1,"age":1},"n":"1"})");
  const auto at = project.position_of("model.params.interaction_constraints[0][1]");
  CHECK(at.line == 6);
  CHECK(at.column == 35);
}

TEST_CASE("an external trainer: two commands as they are written, a time limit, any parameters") {
  const Project project =
      load_project(with_model("{task: binary, trainer: {command: python3 'a b.py' > log, predict: \"./p\", "
                              "timeout: 90m},\n  params: {anything: [1, x]}}"),
                   "mlp.yaml")
          .project;
  REQUIRE(project.model.external.has_value());
  CHECK(project.model.trainer == "external");
  CHECK(project.model.external->command == "python3 'a b.py' > log");
  CHECK(project.model.external->predict == "./p");
  CHECK(project.model.external->timeout_seconds == 5400);
  CHECK(project.model_section["trainer"].dump() == // a time limit makes no other model
        R"({"command":"python3 'a b.py' > log","predict":"./p"})");
  CHECK_FALSE(load_project(with_model("{task: binary}"), "mlp.yaml").project.model.external.has_value());
}

TEST_CASE("an external trainer needs both commands, and nothing that it would never hear of") {
  CHECK(
      findings_of(with_model("{task: binary, trainer: {command: ./train, tiemout: 1h}}")) ==
      Lines{"missing_key: mlp.yaml:4:32: 'model.trainer.predict' is missing: the command that predicts with "
            "what was trained",
            "unknown_key: mlp.yaml:4:51: unknown key 'tiemout' in 'model.trainer'; did you mean 'timeout'?"});
  CHECK(findings_of(with_model("{task: binary, trainer: {command: a, predict: b, timeout: 0s}}")) ==
        Lines{"out_of_range: mlp.yaml:4:57: 'model.trainer.timeout' is 0: no command ends in no time"});
  CHECK(findings_of(
            with_model("{task: binary, trainer: {command: a, predict: b}, rounds: 5, class_weight: none}")) ==
        Lines{"external_trainer: mlp.yaml:4:58: 'model.rounds' means nothing to the external trainer of "
              "'model.trainer'"});
}

TEST_CASE("a calibrator is read, and a part of the model's section") {
  const Project project = load_project(with_model("{task: binary, calibrate: platt}"), "mlp.yaml").project;
  CHECK(project.model.calibrate == mlp::Calibration::platt);
  CHECK(project.model_section["calibrate"] == mlp::Json("platt"));
  CHECK(findings_of(with_model("{task: binary, calibrate: plat}")) ==
        Lines{"invalid_value: mlp.yaml:4:34: 'model.calibrate' is 'plat', not one of none, platt, isotonic, "
              "temperature; did "
              "you mean 'platt'?"});
}

TEST_CASE("model keys are judged at their place") {
  CHECK(findings_of(with_model(
            "{rounds: 0, early_stopping: -1, class_weight: balancd, trainer: xgbost, seed: 1.5}")) ==
        Lines{"missing_key: mlp.yaml:4:8: 'model.task' is missing: binary, multiclass, regression or ranking",
              "out_of_range: mlp.yaml:4:17: 'model.rounds' is 0; it must be at least 1 and at most 1000000",
              "out_of_range: mlp.yaml:4:36: 'model.early_stopping' is -1; it must be at least 0 and at most "
              "1000000",
              "invalid_value: mlp.yaml:4:54: 'model.class_weight' is 'balancd', not one of none, balanced; "
              "did you mean 'balanced'?",
              "invalid_value: mlp.yaml:4:72: 'model.trainer' is 'xgbost', not one of xgboost; did you mean "
              "'xgboost'?",
              "wrong_type: mlp.yaml:4:86: 'model.seed' is '1.5', not an integer"});
}
