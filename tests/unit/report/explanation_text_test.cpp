#include "report/explanation_text.hpp"

#include <doctest/doctest.h>

namespace model = mlp::model;

namespace {

model::Artifact artifact_of(mlp::Task task) {
  model::Artifact artifact;
  artifact.task = task;
  artifact.classes = {"No", "Yes"};
  artifact.features = {{"age", mlp::dataset::ColumnType::number, {}, {}, {}, {}},
                       {"plan", mlp::dataset::ColumnType::category, {"a", "b"}, {}, {}, {}}};
  return artifact;
}

} // namespace

TEST_CASE("a model's explanation: importance first, then the dependence of the foremost features") {
  model::ModelExplanation explanation;
  explanation.metric = "roc_auc";
  explanation.outputs = {"Yes"};
  explanation.features = {{1, "plan", mlp::xgb::FeatureUse{31, 12.41, 812.0}, {0.182, 0.12, 0.244, ""}},
                          {0, "age", mlp::xgb::FeatureUse{0, 0.0, 0.0}, {0.0, 0.0, 0.0, ""}}};
  explanation.dependence = {{1, {{"a", {0.25}}, {"b", {0.5}}}}};
  CHECK(mlp::report::model_explanation_text(explanation, 0.95) ==
        "  feature   importance   95% interval    splits    gain   cover\n"
        "  plan           0.182   0.120 – 0.244       31   12.41   812.0\n"
        "  age            0.000   0.000 – 0.000        0   0.000   0.000\n"
        "\n"
        "  plan   P(Yes)\n"
        "     a    0.250\n"
        "     b    0.500\n");
}

TEST_CASE("a row's explanation: the largest part first, what they add up to, and what would turn it") {
  const auto artifact = artifact_of(mlp::Task::binary);
  model::RowExplanation row;
  row.scores = {0.731};
  row.margin = 1.0;
  row.base_value = -0.5;
  row.contributions = {-0.25, 1.75};
  const std::vector<std::string> values = {"37", ""};
  const std::vector<model::Change> changes = {{0, 41.0F, 41.0F, {}, 0.06, 0.41}, {1, 0.0F, {}, {}, 0.5, 0.2}};
  CHECK(mlp::report::row_explanation_text({artifact, values, row, changes}) ==
        "  feature        value       log-odds of Yes\n"
        "  (base value)                        -0.500\n"
        "  plan           (missing)            +1.750\n"
        "  age            37                   -0.250\n"
        "  (sum)                               +1.000\n"
        "\n"
        "  other decision   age 37 → 41: 0.410 (6.0% of rows lie between)\n"
        "                   plan (missing) → a: 0.200\n");
}

TEST_CASE("no change of one feature turns the decision: it says so; a number that must fall is 'below'") {
  const auto artifact = artifact_of(mlp::Task::binary);
  model::RowExplanation row;
  row.scores = {0.2};
  row.contributions = {0.0, 0.0};
  const std::vector<std::string> values = {"37", "a"};
  CHECK(mlp::report::row_explanation_text({artifact, values, row, {}})
            .find("other decision   no change of a single feature makes it\n") != std::string::npos);
  const std::vector<model::Change> changes = {{0, 27.999998F, {}, 28.0F, 0.1, 0.6}};
  CHECK(
      mlp::report::row_explanation_text({artifact, values, row, changes}).find("age 37 → below 28: 0.600") !=
      std::string::npos);
}
