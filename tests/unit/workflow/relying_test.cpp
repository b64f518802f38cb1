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

TEST_CASE("conformal.by: each value's own rule, from the validation rows of that value") {
  OpenedProject project;
  project.edit("  bootstrap: 100\n", "  bootstrap: 100\n  conformal: {by: region}\n");
  const auto trained = project.train();
  const auto result = project.evaluate();
  const mlp::Json& by = result.document["conformal"]["by"];
  CHECK(by["column"] == mlp::Json("region"));
  REQUIRE(by["groups"].size() == 2);
  const auto& groups = by["groups"].as_array();
  CHECK(groups[0]["group"] == mlp::Json("region=north"));
  CHECK(groups[0]["n"].as_integer() + groups[1]["n"].as_integer() == trained.split.valid);
  CHECK(groups[0]["coverage"]["n"].as_integer() + groups[1]["coverage"]["n"].as_integer() ==
        result.evaluation.n);
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

TEST_CASE("of a regression, coverage and width of its intervals are metrics like any other; adj_r2 knows the "
          "features") {
  using mlp::test::replaced;
  std::string yaml =
      replaced(mlp::test::project_yaml(), "target: churn\n  positive: \"Yes\"", "target: charge");
  yaml = replaced(yaml, "task: binary", "task: regression");
  yaml = replaced(yaml, "  decision: {threshold: 0.5}\n", "");
  yaml = replaced(yaml, "[roc_auc, log_loss, recall]", "[rmse, pinball@25%]");
  OpenedProject project(yaml);
  static_cast<void>(project.train());
  const auto result = project.evaluate();
  const auto value = [&](std::string_view name) { return *result.evaluation.find(name)->value; };
  const mlp::Json& conformal = result.document["conformal"];
  CHECK(value("interval_coverage") == doctest::Approx(conformal["coverage"]["value"].as_number()));
  CHECK(value("interval_width") == doctest::Approx(conformal["mean_width"].as_number()));
  CHECK(value("pinball@0.25") > 0.0);
  const auto n = static_cast<double>(result.evaluation.n); // three features: tenure, contract, churn
  CHECK(value("adj_r2") == doctest::Approx(1.0 - (1.0 - value("r2")) * (n - 1.0) / (n - 3.0 - 1.0)));
}
