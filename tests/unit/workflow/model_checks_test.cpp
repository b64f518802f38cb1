#include "workflow/model_checks.hpp"

#include "unit/workflow/opened_project.hpp"

namespace mlp::workflow {
namespace {

using test::check_named;
using test::OpenedProject;

const std::vector<std::string> k_names = {"a", "b", "c"};

} // namespace

TEST_CASE("dominance: more than four fifths of the gain and an AUC above 0.95 are a warning, less is none") {
  const auto judged = [](double b, double auc) { // a and c gain 10 each
    return dominance_check(k_names, std::vector<double>{10, b, 10}, auc, 50);
  };
  const auto found = judged(81, 0.96); // 81 / 101 = 0.802
  REQUIRE(found);
  CHECK(found->status == CheckStatus::warn);
  CHECK(found->subject == "b");
  CHECK(*found->observed == doctest::Approx(81.0 / 101));
  CHECK(found->n == 50);
  CHECK(found->why ==
        "'b' alone makes 80% of the trees' gain, and the AUC is 0.960: is it known when the model is asked?");
  CHECK(judged(80, 0.96)->status == CheckStatus::pass); // 0.8 is not above it
  CHECK(judged(81, 0.95)->status == CheckStatus::pass);
  CHECK_FALSE(dominance_check(k_names, std::vector<double>{0, 0, 0}, 0.99, 50));
}

TEST_CASE("evaluate: a feature that tells the target is named as dominant; honest ones are not") {
  OpenedProject project;
  static_cast<void>(project.train());
  CHECK(check_named(project.evaluate(), "leak_by_dominance").status == CheckStatus::pass);
  std::string rows = "id,tenure,charge,contract,region,churn\n";
  for (int id = 1; id <= 400; ++id) { // charge is known from the answer, in nine of ten rows
    const bool leaves = id * 37 % 10 < 4;
    const int charge = leaves != (id % 40 == 0) ? 100 + id % 7 : 20 + id % 7;
    rows += fmt::format("{},{},{},month,{},{}\n", id, id * 31 % 72, charge, id % 4 == 0 ? "north" : "south",
                        leaves ? "Yes" : "No");
  }
  project.write("data/churn.csv", rows);
  static_cast<void>(project.train());
  const EvaluateResult result = project.evaluate();
  CHECK(check_named(result, "leak_by_dominance").status == CheckStatus::warn);
  CHECK(check_named(result, "leak_by_dominance").subject == "charge");
}

TEST_CASE("evaluate: the model's encodings are those of its train part; others are preprocessing leakage") {
  OpenedProject project;
  const TrainResult trained = project.train();
  const EvaluateResult result = project.evaluate();
  CHECK(check_named(result, "preprocessing_leakage").status == CheckStatus::pass);
  CHECK(check_named(result, "preprocessing_leakage").n == trained.split.train);

  auto workspace = project.open();
  LoadedModel model = load_model(workspace, resolve_model(workspace, trained.model.hex()));
  const TestRows test = test_rows(workspace, workspace.project(), {&model}, "");
  evaluation::Scored scored;
  scored.task = Task::regression; // this check is of any task
  const auto encodings_of = [&](const LoadedModel& judged) {
    const auto checks = model_checks(workspace, judged, test, scored);
    REQUIRE(checks.size() == 1);
    return checks.front();
  };
  CHECK(encodings_of(model).status == CheckStatus::pass);
  model.artifact.features.front().max = 1e6; // as if rows of the test part had been looked at
  const Check failed = encodings_of(model);
  CHECK(failed.status == CheckStatus::fail);
  CHECK(failed.observed == 1.0);
  CHECK(failed.subject == model.artifact.features.front().name);
}

TEST_CASE("evaluate: of data that the model was not trained on, no encodings are compared") {
  OpenedProject project;
  static_cast<void>(project.train());
  project.write("data/june.csv", test::customers(120, 1001));
  for (const Check& check : project.evaluate("", "data/june.csv").checks) {
    CHECK(check.id != "preprocessing_leakage");
  }
}

} // namespace mlp::workflow
