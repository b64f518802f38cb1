#include "workflow/relying.hpp"

#include "opened_project.hpp"

using mlp::test::OpenedProject;

TEST_CASE("an evaluation's document tells calibration, conformal sets and abstention; its record does not") {
  OpenedProject project;
  static_cast<void>(project.train());
  const auto result = project.evaluate();
  CHECK(result.document["calibration"]["bins"].size() > 1);
  CHECK(result.document["conformal"]["coverage"]["n"] == mlp::Json(result.evaluation.n));
  CHECK(result.document["abstention"]["curve"].size() > 0);
  CHECK(result.document["conformal"]["slices"].size() == 2); // region: north, south
  CHECK(result.record.body["conformal"].is_null());
  CHECK(result.record.body["calibration"].is_null());
}

TEST_CASE("sets are made from the run's own validation rows, on other data as well") {
  OpenedProject project;
  const auto trained = project.train();
  project.write("later.csv", mlp::test::customers(100, 401));
  const auto result = project.evaluate("", "later.csv");
  CHECK(result.document["conformal"]["n"] == mlp::Json(trained.split.valid));
}

TEST_CASE("a split that mlp.yaml has changed since leaves no sets, and says so") {
  OpenedProject project;
  static_cast<void>(project.train());
  project.edit("by: hash, seed: 0", "by: hash, seed: 1");
  const auto result = project.evaluate();
  CHECK(result.document["conformal"].is_null());
  bool is_told = false;
  for (const std::string& note : result.notes) {
    is_told = is_told || note.find("no conformal sets") != std::string::npos;
  }
  CHECK(is_told);
}

TEST_CASE("a calibrated model's validation scores are cross-fitted: not what its calibrator makes of them") {
  OpenedProject project;
  const auto trained = project.train({"calibrate=platt"});
  auto workspace = project.open();
  const auto& mlp_yaml = workspace.project();
  const auto model =
      mlp::workflow::load_model(workspace, mlp::workflow::resolve_model(workspace, trained.model.hex()));
  const auto test = mlp::workflow::test_rows(workspace, mlp_yaml, {&model}, "");
  std::string note;
  const auto found = mlp::workflow::validation_scores(workspace, mlp_yaml, model, test, note);
  REQUIRE(found);
  const auto rows = trained.split.rows_of(mlp::dataset::Part::valid);
  REQUIRE(found->scores.size() == rows.size());
  const mlp::model::Predictor predictor(model.artifact, workspace.xgboost(), 1);
  CHECK(found->scores != predictor.scores(test.table, rows));
}
