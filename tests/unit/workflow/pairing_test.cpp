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

} // namespace mlp::workflow
