#include "base/error.hpp"
#include "opened_project.hpp"
#include "workflow/explaining_rows.hpp"

using mlp::test::OpenedProject;
namespace workflow = mlp::workflow;

namespace {

workflow::ExplainModelResult explained(OpenedProject& project, const std::string& data = "") {
  auto workspace = project.open();
  return workflow::explain_model(workspace, {.model = "", .data = data, .row = {}});
}

workflow::ExplainRowResult explained_row(OpenedProject& project, std::int64_t row,
                                         const std::string& data = "") {
  auto workspace = project.open();
  return workflow::explain_row(workspace, {.model = "", .data = data, .row = row});
}

} // namespace

TEST_CASE("explaining a model measures the test part, records nothing and does not wear it out") {
  OpenedProject project;
  static_cast<void>(project.train());
  const std::size_t records = project.records();
  const auto result = explained(project);
  CHECK(project.records() == records);
  CHECK(result.part == "test");
  CHECK(result.rows > 50);
  CHECK(result.rows_used == result.rows);
  CHECK(result.score.name == "roc_auc");
  CHECK(result.explanation.features.front().name == "tenure"); // decides with the contract
  CHECK(*result.explanation.features.front().importance.lower > 0.0);
  CHECK(project.evaluate().test_set_use == 1); // the explanation was no look
  CHECK(to_json(result).dump() == to_json(explained(project)).dump());
}

TEST_CASE("rows of a group column are drawn together, and how many groups there are is told") {
  OpenedProject project;
  static_cast<void>(project.train());
  CHECK_FALSE(explained(project).clusters);
  project.edit("    region: {protected: true}\n", "    region: {role: group}\n");
  static_cast<void>(project.train());
  const auto grouped = explained(project);
  CHECK(grouped.clusters == 2); // north and south
  CHECK(to_json(grouped)["clusters"] == mlp::Json(2));
}

TEST_CASE("a metric without a better direction gives way to the loss") {
  OpenedProject project;
  project.edit("metrics: [roc_auc, log_loss, recall]", "metrics: [prevalence, roc_auc]");
  static_cast<void>(project.train());
  CHECK(explained(project).score.name == "log_loss");
}

TEST_CASE("a row is explained with its own values; one that was trained on is said to be") {
  OpenedProject project;
  static_cast<void>(project.train());
  int trained = 0;
  for (std::int64_t row = 1; row <= 20; ++row) {
    const auto result = explained_row(project, row);
    trained += result.is_trained_on ? 1 : 0;
    REQUIRE(result.values.size() == result.artifact.features.size());
  }
  CHECK(trained > 8); // 70 % of the rows train or validate
  CHECK(trained < 20);
  const auto third = explained_row(project, 3);
  // customers(): id 3 has tenure 3 · 37 mod 72 = 39 and contract 3 · 7 mod 3 = 0, "month"; 39 mod 10 = 9
  CHECK(third.values[0] == "39");
  CHECK(third.values[2] == "month");
  CHECK(third.label == "No");
  CHECK(to_json(third)["contributions"].size() == 3);
}

TEST_CASE("rows of other data are explained, labelled or not; a row that is not there is named") {
  OpenedProject project;
  static_cast<void>(project.train());
  project.write("new.csv", "tenure,charge,contract\n5,50,month\n60,,two\n");
  const auto result = explained_row(project, 2, "new.csv");
  CHECK_FALSE(result.label);
  CHECK_FALSE(result.is_trained_on);
  CHECK(result.values[1].empty());
  CHECK(result.prediction == "No");
  for (const std::int64_t row : {0, 3, -1}) {
    CHECK_THROWS_AS(static_cast<void>(explained_row(project, row, "new.csv")), mlp::Error);
  }
}
