#include "workflow/seed_spread.hpp"

#include "opened_project.hpp"
#include "workflow/listing.hpp"

#include <cmath>

using mlp::test::error_of;
using mlp::test::OpenedProject;
namespace workflow = mlp::workflow;
using workflow::seed_spread;

namespace {

constexpr const char* k_luck = "eta: 0.3, subsample: 0.5";

mlp::workflow::TrainResult trained(OpenedProject& project, std::int64_t seeds) {
  auto workspace = project.open();
  workflow::TrainRequest request;
  request.seeds = seeds;
  return workflow::train(workspace, request);
}

} // namespace

TEST_CASE("a spread asks for each seed once, the next after the run's own, and sums up by hand") {
  mlp::config::Project project;
  project.model.seed = 2147483646; // the last but one that xgboost takes
  std::vector<std::int64_t> asked;
  const auto spread = seed_spread("roc_auc", 0.7, 3, project, [&](const mlp::config::Project& seeded) {
    asked.push_back(seeded.model.seed);
    return std::optional(asked.size() == 1 ? 0.8 : 0.9);
  });
  REQUIRE(spread);
  CHECK(asked == std::vector<std::int64_t>{2147483647, 0});
  CHECK(spread->mean() == doctest::Approx(0.8));
  CHECK(spread->deviation() == doctest::Approx(0.1)); // √((.01 + 0 + .01) / 2)
  CHECK(workflow::to_json(*spread)["values"].size() == 3);
}

TEST_CASE("one seed has no spread, nor has a metric that the part leaves undefined") {
  const mlp::config::Project project;
  const auto none = [](const mlp::config::Project&) { return std::optional<double>(); };
  CHECK_FALSE(seed_spread("roc_auc", 0.7, 1, project, none));
  CHECK_FALSE(seed_spread("roc_auc", std::nullopt, 3, project, none));
  CHECK_FALSE(seed_spread("roc_auc", 0.7, 3, project, none));
}

TEST_CASE("recorded_deviation: the larger of two runs, of the same metric alone") {
  const auto run = [](const std::string& metric, double deviation) {
    return mlp::Json::object({{"seeds", mlp::Json::object({{"metric", metric}, {"deviation", deviation}})}});
  };
  CHECK(workflow::recorded_deviation(run("a", .1), run("a", .2), "a") == .2);
  CHECK(workflow::recorded_deviation(run("a", .1), run("b", .2), "a") == .1);
  CHECK_FALSE(workflow::recorded_deviation(run("b", .1), mlp::Json::object(), "a"));
}

TEST_CASE("train --seeds: the run is that of the first seed, and tells how far the others lie from it") {
  OpenedProject project;
  project.edit("eta: 0.3", k_luck);
  const auto one = trained(project, 1);
  CHECK_FALSE(one.spread);
  CHECK(one.run.body["seeds"].is_null());
  const auto three = trained(project, 3);
  CHECK(three.model == one.model);
  REQUIRE(three.spread);
  CHECK(three.spread->values.size() == 3);
  CHECK(three.spread->values[0] == *one.trained.valid_value);
  CHECK(three.spread->deviation() > 0.0);
  CHECK(three.run.body["seeds"]["metric"] == mlp::Json("roc_auc"));
  // the second value is what that seed's own run has
  CHECK(*project.train({"seed=8"}).trained.valid_value == three.spread->values[1]);
}

TEST_CASE("train --seeds: without anything random the seeds agree exactly") {
  OpenedProject project;
  CHECK(trained(project, 2).spread->deviation() == 0.0);
}

TEST_CASE("train --seeds: refused without a validation part, and of more seeds than anybody waits for") {
  OpenedProject project;
  CHECK(error_of([&] { static_cast<void>(trained(project, 0)); }).code() == mlp::ErrorCode::usage);
  CHECK(error_of([&] { static_cast<void>(trained(project, 101)); }).code() == mlp::ErrorCode::usage);
  project.edit("test: 0.3, valid: 0.2", "test: 0.3, valid: 0");
  CHECK(error_of([&] { static_cast<void>(trained(project, 2)); }).code() == mlp::ErrorCode::input);
  CHECK(project.records() == 0);
}

TEST_CASE("diff: a difference that another seed makes, too, is said to be one") {
  OpenedProject project;
  project.edit("eta: 0.3", k_luck);
  const auto first = trained(project, 5);
  const auto second = project.train({"seed=8"});
  static_cast<void>(project.evaluate(first.model.hex()));
  static_cast<void>(project.evaluate(second.model.hex()));
  auto workspace = project.open();
  const auto result = workflow::diff(workspace, first.model.hex(), second.model.hex());
  REQUIRE(result.comparison);
  const auto& comparison = *result.comparison;
  CHECK(comparison.differences[0].metric == "roc_auc");
  CHECK(*comparison.seed_deviations[0] == first.spread->deviation());
  CHECK_FALSE(comparison.seed_deviations[1]); // log_loss: not recorded
  const mlp::Json json = workflow::to_json(comparison);
  CHECK(json["metrics"].as_array()[0]["within_seeds"] ==
        mlp::Json(std::abs(comparison.differences[0].delta) <= first.spread->deviation()));
  CHECK(json["metrics"].as_array()[1]["within_seeds"].is_null());
}

TEST_CASE("promote: a gain or loss no larger than another seed makes says so beside the verdict") {
  OpenedProject project;
  project.edit("eta: 0.3", k_luck);
  const auto first = trained(project, 5);
  static_cast<void>(project.evaluate(first.model.hex()));
  REQUIRE(project.promote("staging", first.model.hex()).verdict.allowed);
  REQUIRE(project.promote("production", first.model.hex()).verdict.allowed);
  int within = 0;
  int beyond = 0;
  for (const char* setting : {"seed=8", "eta=0.0001"}) { // another seed; one that has learnt next to nothing
    CAPTURE(setting);
    const auto second = project.train({setting});
    static_cast<void>(project.evaluate(second.model.hex()));
    static_cast<void>(project.promote("staging", second.model.hex()));
    auto workspace = project.open();
    const auto judged =
        workflow::promote(workspace, {.model = second.model.hex(), .stage = "production", .dry_run = true});
    for (const auto& rule : judged.verdict.rules) {
      if (rule.check.id == "no_regression(roc_auc)") {
        const bool said = rule.check.why.find("no more than another seed makes") != std::string::npos;
        CHECK(said == (std::abs(*rule.check.observed) <= first.spread->deviation()));
        ++(said ? within : beyond);
      }
    }
  }
  CHECK(within + beyond == 2);
}
