#include "workflow/deciding.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/stage_state.hpp"

namespace mlp::workflow {
namespace {

using test::error_of;
using test::OpenedProject;

RollbackResult roll_back(OpenedProject& project, const std::string& stage,
                         const std::string& reason = "a drill") {
  auto workspace = project.open();
  return rollback(workspace, {.stage = stage, .reason = reason});
}
RetireResult retired(OpenedProject& project, RetireRequest request) {
  if (request.reason.empty()) {
    request.reason = "old";
  }
  auto workspace = project.open();
  return retire(workspace, request);
}
RetireRequest of(const ContentId& model) {
  return {.model = model.hex(), .reason = "old", .replaced_by = {}};
}

std::string holder_of(OpenedProject& project, const std::string& stage) {
  auto workspace = project.open();
  const policy::Stages state = stage_state(workspace);
  const policy::Tenure* holder = state.holder_of(stage);
  return holder == nullptr ? "" : holder->model;
}
std::vector<ModelLine> models(OpenedProject& project, const std::string& at = "") {
  auto workspace = project.open();
  return list_models(workspace, at);
}

} // namespace

TEST_CASE("rollback: the holder before the present one is back, and the record says from whom and why") {
  OpenedProject project;
  const ContentId first = project.promoted();
  const ContentId second = project.promoted({"max_depth=2"});
  const RollbackResult result = roll_back(project, "staging");
  CHECK(result.from.model == second.hex());
  CHECK(result.to.model == first.hex());
  CHECK(holder_of(project, "staging") == first.hex());
  CHECK(result.record.body["decision"] == "rollback");
  CHECK(result.record.body["holder"] == second.hex());
  CHECK(result.record.body["reason"] == "a drill");
}

TEST_CASE("rollback: a retired model does not come back; who was before it does") {
  OpenedProject project;
  const ContentId first = project.promoted();
  const ContentId second = project.promoted({"max_depth=2"});
  const ContentId third = project.promoted({"max_depth=1"});
  static_cast<void>(retired(project, of(second)));
  CHECK(roll_back(project, "staging").to.model == first.hex());
  CHECK(holder_of(project, "staging") != third.hex());
}

TEST_CASE("rollback: nobody to roll back from or to is an input error with what to do") {
  OpenedProject project;
  CHECK_THROWS_WITH_AS(static_cast<void>(roll_back(project, "staging")), "no model holds stage 'staging'",
                       Error);
  static_cast<void>(project.promoted());
  const Error alone = error_of([&] { static_cast<void>(roll_back(project, "staging")); });
  CHECK(alone.code() == ErrorCode::not_found);
  CHECK(std::string(alone.what()) == "nobody held stage 'staging' before churn who is not retired");
  CHECK(error_of([&] { static_cast<void>(roll_back(project, "staging", " \n")); }).code() ==
        ErrorCode::usage);
}

TEST_CASE("rollback: a stage that moved meanwhile is a conflict") {
  OpenedProject project;
  static_cast<void>(project.promoted());
  static_cast<void>(project.promoted({"max_depth=2"}));
  const ContentId third = project.train({"max_depth=1"}).model;
  static_cast<void>(project.evaluate());
  auto workspace = project.open();
  project.on_clock = [&] { CHECK(project.promote("staging", third.hex()).verdict.allowed); };
  const Error error =
      error_of([&] { static_cast<void>(rollback(workspace, {.stage = "staging", .reason = "x"})); });
  CHECK(error.code() == ErrorCode::conflict);
  CHECK(std::string(error.what()) == "stage_moved: 'staging' is now held by churn " + third.brief());
  CHECK(holder_of(project, "staging") == third.hex());
}

TEST_CASE("retire: a model that holds nothing goes; a holder only with a successor or by force") {
  OpenedProject project;
  const ContentId holder = project.promoted();
  const ContentId other = project.train({"max_depth=2"}).model;
  const Error error = error_of([&] { static_cast<void>(retired(project, of(holder))); });
  CHECK(error.code() == ErrorCode::conflict);
  CHECK(std::string(error.what()) == "churn " + holder.brief() + " holds staging");
  CHECK(holder_of(project, "staging") == holder.hex());

  RetireRequest replaced = of(holder);
  replaced.replaced_by = other.hex();
  const RetireResult result = retired(project, replaced);
  CHECK(result.stages == std::vector<std::string>{"staging"});
  CHECK(result.record.body["replaced_by"] == other.hex());
  CHECK(holder_of(project, "staging") == ""); // only a promotion fills it
  CHECK(retired(project, of(other)).stages.empty());
}

TEST_CASE("retire --force leaves the stage empty") {
  OpenedProject project;
  RetireRequest forced = of(project.promoted());
  forced.force = true;
  CHECK(retired(project, forced).stages == std::vector<std::string>{"staging"});
  CHECK(holder_of(project, "staging") == "");
}

TEST_CASE(
    "retire: twice is a conflict; a successor that is itself or retired is refused; a reason is needed") {
  OpenedProject project;
  const ContentId first = project.train().model;
  const ContentId second = project.train({"max_depth=2"}).model;
  RetireRequest itself = of(first);
  itself.replaced_by = first.hex();
  CHECK(error_of([&] { static_cast<void>(retired(project, itself)); }).code() == ErrorCode::input);
  static_cast<void>(retired(project, of(first)));
  const Error twice = error_of([&] { static_cast<void>(retired(project, of(first))); });
  CHECK(twice.code() == ErrorCode::conflict);
  CHECK(std::string(twice.what()) == "churn " + first.brief() + " is retired already");
  RetireRequest by_retired = of(second);
  by_retired.replaced_by = first.hex();
  CHECK_THROWS_WITH_AS(static_cast<void>(retired(project, by_retired)),
                       ("--replaced-by: churn " + first.brief() + " is retired").c_str(), Error);
  RetireRequest wordless = of(second);
  wordless.reason = " ";
  CHECK(error_of([&] { static_cast<void>(retired(project, wordless)); }).code() == ErrorCode::usage);
}

TEST_CASE("retire: a model that took a stage meanwhile is a conflict, not a silent removal") {
  OpenedProject project;
  const ContentId model = project.train().model;
  static_cast<void>(project.evaluate());
  auto workspace = project.open();
  project.on_clock = [&] { CHECK(project.promote("staging", model.hex()).verdict.allowed); };
  const Error error = error_of([&] { static_cast<void>(retire(workspace, of(model))); });
  CHECK(error.code() == ErrorCode::conflict);
  CHECK(holder_of(project, "staging") == model.hex());
}

TEST_CASE("list_models: holders first, then the newest; owner, metric and health as they were recorded") {
  OpenedProject project;
  const ContentId holder = project.promoted();
  const ContentId second = project.train({"max_depth=2"}).model;
  const ContentId third = project.train({"max_depth=1"}).model;
  static_cast<void>(retired(project, of(second)));
  const auto lines = models(project);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].model == holder);
  CHECK(lines[0].stages == std::vector<std::string>{"staging"});
  CHECK(lines[0].owner == "Ana Ruiz");
  CHECK(lines[0].metric == "roc_auc");
  CHECK(lines[0].health == "evaluated");
  CHECK(lines[1].model == third);
  CHECK(lines[1].health == "not evaluated");
  CHECK_FALSE(lines[1].metric);
  CHECK(lines[2].model == second);
  CHECK(lines[2].health == "retired");
}

TEST_CASE("list_models --at shows the state at the end of that day, or at that second") {
  OpenedProject project; // on 2026-11-23
  const ContentId first = project.promoted();
  project.now += 24 * 3600;
  const ContentId second = project.promoted({"max_depth=2"});
  CHECK(models(project, "2026-11-22").empty());
  const auto then = models(project, "2026-11-23");
  REQUIRE(then.size() == 1);
  CHECK(then[0].model == first);
  CHECK(then[0].stages == std::vector<std::string>{"staging"});
  CHECK(models(project, "2026-11-24")[0].model == second);
  CHECK(models(project, "2026-11-24T05:14:12Z").size() == 1);
  CHECK(models(project, "2026-11-24T05:14:13Z").size() == 2);
  CHECK(error_of([&] { static_cast<void>(models(project, "yesterday")); }).code() == ErrorCode::usage);
}

TEST_CASE("until_time: a day ends with its last second, a time stays") {
  CHECK(until_time("2026-11-23") == "2026-11-23T23:59:59Z");
  CHECK(until_time("2026-11-23T14:05") == "2026-11-23T14:05:00Z");
}

} // namespace mlp::workflow
