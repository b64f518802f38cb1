#include "workflow/pairing.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/listing.hpp"

namespace mlp::workflow {

using test::OpenedProject;

TEST_CASE("diff: two models are compared on the same rows once both were evaluated on them") {
  OpenedProject project;
  const std::string first = project.train().model.hex();
  const std::string second = project.train({"max_depth=2"}).model.hex();
  REQUIRE(first != second);
  const auto difference = [&] {
    auto workspace = project.open();
    return diff(workspace, first, second);
  };
  DiffResult result = difference();
  CHECK_FALSE(result.comparison);
  CHECK(result.why_no_comparison == "to compare them on the same rows, run `mlp eval` for both");
  static_cast<void>(project.evaluate(first));
  CHECK_FALSE(difference().comparison);
  static_cast<void>(project.evaluate(second));
  result = difference();
  REQUIRE(result.comparison);
  CHECK(result.why_no_comparison.empty());

  auto workspace = project.open();
  const auto metrics = workspace.project().evaluation.metrics;
  REQUIRE(result.comparison->differences.size() <= metrics.size());
  const metrics::Difference& primary = result.comparison->differences.front();
  CHECK(primary.metric == metrics.front());
  CHECK(primary.lower <= primary.delta);
  CHECK(primary.delta <= primary.upper);
  // the gate's own comparison of the same two, oriented the same way
  const Pair pair =
      score_both(workspace, workspace.project(), load_model(workspace, resolve_model(workspace, first)),
                 load_model(workspace, resolve_model(workspace, second)));
  const auto again = metrics::compare(primary.metric, pair.second_sample(), pair.first_sample(), 0.025, {});
  CHECK(again.delta == primary.delta);
  CHECK(*primary.candidate == *metrics::measure(primary.metric, pair.second_sample()).value);
}

TEST_CASE("diff: runs of one model, or a model and itself, are not compared") {
  OpenedProject project;
  const std::string model = project.train().model.hex();
  static_cast<void>(project.evaluate(model));
  auto workspace = project.open();
  const DiffResult result = diff(workspace, model, model);
  CHECK_FALSE(result.comparison);
  CHECK(result.why_no_comparison.empty());
}

TEST_CASE("diff: two evaluations of the same data are paired, whatever made the predictions") {
  OpenedProject project;
  const auto judged = [&](const std::string& file, int flipped) {
    std::string text = "row,probability\n";
    for (int row = 1; row <= 400; ++row) {
      text += fmt::format("{},{}\n", row, row % flipped == 0 ? 0.2 : 0.1 + (row * 37 % 80) / 100.0);
    }
    project.write(file, text);
    auto workspace = project.open();
    return evaluate(workspace, {.predictions = file});
  };
  const EvaluateResult first = judged("first.csv", 7);
  const EvaluateResult second = judged("second.csv", 3);
  auto workspace = project.open();
  const DiffResult result = diff(workspace, first.record.id.hex(), second.record.id.hex());
  CHECK(result.left == "evaluation " + first.record.id.brief() + " (predictions first)");
  REQUIRE(result.comparison);
  CHECK(result.comparison->n == first.evaluation.n);
  const metrics::Difference& auc = result.comparison->differences.front();
  CHECK(auc.metric == "roc_auc");
  CHECK(auc.method == "delong_paired");
  CHECK(*auc.champion == *first.evaluation.find("roc_auc")->value);
  CHECK(*auc.candidate == *second.evaluation.find("roc_auc")->value);

  const DiffResult same = diff(workspace, first.record.id.hex(), first.record.id.hex());
  CHECK_FALSE(same.comparison);
  CHECK(same.why_no_comparison == "both hold the same predictions");
}

TEST_CASE("diff: a model's evaluation and one of a file are paired as the two models would be") {
  OpenedProject project;
  const std::string first = project.train().model.hex();
  const EvaluateResult one = project.evaluate(first);
  const std::string second = project.train({"max_depth=2"}).model.hex();
  const EvaluateResult other = project.evaluate(second);
  auto workspace = project.open();
  const DiffResult models = diff(workspace, first, second);
  const DiffResult evaluations = diff(workspace, one.record.id.hex(), other.record.id.hex());
  REQUIRE(models.comparison);
  REQUIRE(evaluations.comparison);
  CHECK(to_json(*evaluations.comparison) == to_json(*models.comparison));
}

TEST_CASE("evaluate: beside the baselines stands the model that is in use now") {
  OpenedProject project;
  const std::string first = project.train().model.hex();
  static_cast<void>(project.evaluate(first));
  {
    auto workspace = project.open();
    REQUIRE(promote(workspace, {.model = first, .stage = "staging"}).verdict.allowed);
  }
  const auto champion_of = [](const EvaluateResult& result) -> const evaluation::BaselineComparison* {
    const auto& last = result.evaluation.comparisons.back();
    return last.with == "champion" ? &last : nullptr;
  };
  CHECK(champion_of(project.evaluate(first)) == nullptr); // nobody's challenger
  const std::string second = project.train({"max_depth=2"}).model.hex();
  const EvaluateResult result = project.evaluate(second);
  const evaluation::BaselineComparison* champion = champion_of(result);
  REQUIRE(champion != nullptr);
  CHECK(champion->of == "staging (" + first.substr(0, 7) + ")");
  CHECK(champion->n == result.evaluation.n);
  CHECK(champion->differences.size() == 3); // of mlp.yaml's metrics
  auto workspace = project.open();
  CHECK(champion->differences.front().delta ==
        diff(workspace, first, second).comparison->differences.front().delta);
  CHECK(result.document["comparisons"].as_array().back()["of"] == champion->of);
}

} // namespace mlp::workflow
