#include "workflow/references.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/deciding.hpp"
#include "workflow/listing.hpp"

namespace mlp::workflow {
namespace {

using test::error_of;
using test::OpenedProject;
using Kind = Reference::Kind;

Reference at(OpenedProject& project, const std::string& text, const std::string& folder = "") {
  auto workspace = project.open(folder);
  return resolve(workspace, text);
}
Reference model_at(OpenedProject& project, const std::string& text) {
  auto workspace = project.open();
  return resolve_model(workspace, text);
}

/// "message\nhint" of what a REF is refused with, and that it is an input error.
std::string refusal(OpenedProject& project, const std::string& text) {
  const Error error = error_of([&] { static_cast<void>(at(project, text)); });
  CHECK((error.code() == ErrorCode::not_found || error.code() == ErrorCode::ambiguous));
  REQUIRE(error.hints().size() == 1);
  return std::string(error.what()) + "\n" + error.hints()[0];
}

TEST_CASE(
    "resolve: a name is the newest model of that name; its runs and records go by prefixes of four or more") {
  OpenedProject project;
  const TrainResult first = project.train();
  const TrainResult second = project.train({"max_depth=2"});
  REQUIRE(first.model != second.model);
  CHECK(at(project, "churn").kind == Kind::model);
  CHECK(at(project, "churn").id == second.model);
  CHECK(at(project, "model:churn").id == second.model);
  CHECK(at(project, first.model.hex()).id == first.model);
  CHECK(at(project, first.model.hex().substr(0, 12)).id == first.model);
  const Reference run = at(project, first.run.id.hex().substr(0, 12));
  CHECK(run.kind == Kind::record);
  CHECK(run.id == first.run.id);
  CHECK(at(project, first.dataset.hex().substr(0, 12)).kind == Kind::dataset);
  CHECK(refusal(project, first.run.id.hex().substr(0, 3)).starts_with("'" + first.run.id.hex().substr(0, 3)));
}

TEST_CASE("resolve: where a model and a dataset share a name, model: and data: tell them apart") {
  OpenedProject project;
  const ContentId model = project.train().model;
  const ContentId dataset = project.add("data/churn.csv").dataset;
  CHECK(refusal(project, "churn") == "'churn' is the name of a model and of a dataset\n"
                                     "type `model:churn` or `data:churn`");
  CHECK(at(project, "model:churn").id == model);
  CHECK(at(project, "data:churn").id == dataset);
  CHECK(model_at(project, "churn").id == model); // where only a model fits, nothing is ambiguous
  auto again = project.open();
  CHECK(resolve_dataset(again, "churn").id == dataset);
}

TEST_CASE("resolve: an exact name beats a hash prefix") {
  OpenedProject project;
  const std::string prefix = project.train().model.hex().substr(0, 5);
  project.edit("name: churn", "name: \"" + prefix + "\"");
  const ContentId second = project.train({"max_depth=2"}).model;
  CHECK(at(project, prefix).id == second);
}

TEST_CASE("resolve: a prefix of two things is refused and names both") {
  OpenedProject project;
  auto workspace = project.open();
  static_cast<void>(project.train());
  std::map<std::string, ContentId> seen;
  std::string shared;
  for (int i = 0; shared.empty(); ++i) { // about 320 of 65,536 prefixes: a birthday
    REQUIRE(i < 3000);
    const ContentId id = add_note(workspace, "churn", fmt::format("note {}", i)).id;
    const std::string prefix = id.hex().substr(0, 4);
    shared = seen.emplace(prefix, id).second ? "" : prefix;
  }
  const std::string text = refusal(project, shared);
  CHECK(text.starts_with("'" + shared + "' names more than one thing: note " + shared));
  CHECK(text.ends_with("\ntype more digits of the one you mean"));
}

TEST_CASE("resolve: what names nothing is answered with the nearest name, or with what to do first") {
  OpenedProject project;
  CHECK(refusal(project, "churn") == "'churn' names nothing here\nnothing is recorded yet: run `mlp train`");
  static_cast<void>(project.train());
  CHECK(refusal(project, "chrun") == "'chrun' names nothing here\ndid you mean `churn`?");
  CHECK(refusal(project, "somewhere").starts_with("'somewhere' names nothing here\n`mlp log` lists"));
  CHECK(refusal(project, "").starts_with("'' names nothing here\n"));
  CHECK(refusal(project, "model:chrun") == "'chrun' names nothing here\ndid you mean `churn`?");
}

TEST_CASE("resolve: name@stage is the holder, ~1 the one before it, ~0 the holder itself") {
  OpenedProject project;
  const ContentId first = project.promoted();
  const ContentId second = project.promoted({"max_depth=2"});
  CHECK(at(project, "churn@staging").id == second);
  CHECK(at(project, "churn@staging~0").id == second);
  CHECK(at(project, "churn@staging~1").id == first);
  CHECK(model_at(project, "churn@staging~1").id == first);
  CHECK(refusal(project, "churn@staging~2") ==
        "no model held stage 'staging' 2 before\nrun `mlp promote --to staging`");
  CHECK(refusal(project, "churn@staging~x") == "'churn@staging~x': what follows '~' must be a number\n"
                                               "type `churn@staging~1` for the holder before this one");
  CHECK(refusal(project, "churn@staging~-1").starts_with("'churn@staging~-1': what follows"));
}

TEST_CASE("resolve: a stage that nobody holds, is misspelt, unknown or held by another name says so") {
  OpenedProject project;
  static_cast<void>(project.promoted());
  CHECK(refusal(project, "churn@production") ==
        "no model holds stage 'production'\nrun `mlp promote --to production`");
  CHECK(refusal(project, "churn@prodcution") ==
        "no model holds stage 'prodcution'\ndid you mean `churn@production`?");
  CHECK(refusal(project, "churn@nowhere") ==
        "no model holds stage 'nowhere'\n`mlp models` lists who holds which stage");
  CHECK(refusal(project, "income@staging") ==
        "stage 'staging' is held by 'churn', not by 'income'\ntype `churn@staging`");
}

TEST_CASE("resolve: name@HEAD is the newest model that was trained from the code of HEAD") {
  OpenedProject project;
  const ContentId first = project.train().model;
  const ContentId second = project.train({"max_depth=2"}).model;
  REQUIRE(first != second);
  CHECK(at(project, "churn@HEAD").id == second);

  project.edit("seed: 7", "seed: 8");
  static_cast<void>(project.train({"max_depth=4"})); // not what HEAD holds
  CHECK(at(project, "churn@HEAD").id == second);

  project.commit();
  CHECK(refusal(project, "churn@HEAD") == "no model 'churn' was trained from the code that HEAD holds\n"
                                          "run `mlp train` on a clean checkout of this commit");
  const ContentId third = project.train({"max_depth=4"}).model;
  CHECK(at(project, "churn@HEAD").id == third);
  CHECK(refusal(project, "churn@HEAD~1").starts_with("'churn@HEAD~1': only 'churn@HEAD' names a model"));
}

TEST_CASE("resolve: a data path is the version that its bytes have now") {
  OpenedProject project;
  const ContentId dataset = project.train().dataset;
  const Reference found = at(project, "data/churn.csv");
  CHECK(found.kind == Kind::dataset);
  CHECK(found.id == dataset);
  CHECK(found.name == "churn");                          // as the run called it: nobody has added it
  CHECK(at(project, "churn.csv", "data").id == dataset); // relative to where the command started
  project.write("data/churn.csv", test::customers(401));
  CHECK(refusal(project, "data/churn.csv") ==
        "the bytes of 'data/churn.csv' are no recorded version\nrun `mlp data add data/churn.csv`");
}

TEST_CASE("resolve: data that only an evaluation has read are found by id and by path") {
  OpenedProject project;
  static_cast<void>(project.train());
  project.write("data/june.csv", test::customers(80, 1001));
  const ContentId june = project.evaluate("", "data/june.csv").dataset;
  for (const std::string& text : {june.hex(), june.hex().substr(0, 10), std::string("data/june.csv")}) {
    const Reference found = at(project, text);
    CHECK(found.kind == Kind::dataset);
    CHECK(found.id == june);
    CHECK(found.name == "june");
  }
  auto workspace = project.open();
  CHECK(show(workspace, june.hex()).body["kind"] == "evaluation");
  CHECK(show_data(workspace, june.hex()).profile.rows == 80);
}

TEST_CASE("resolve: a path or a dataset's name that holds an '@' is no stage") {
  OpenedProject project;
  project.write("data/ana@work.csv", test::customers(50));
  const ContentId dataset = project.add("data/ana@work.csv").dataset;
  CHECK(at(project, "data/ana@work.csv").id == dataset);
  CHECK(at(project, "ana@work").id == dataset);
}

TEST_CASE("resolve_model: a run and an evaluation stand for their model, a dataset for none") {
  OpenedProject project;
  const TrainResult trained = project.train();
  const EvaluateResult evaluated = project.evaluate();
  static_cast<void>(project.add("data/churn.csv"));
  auto workspace = project.open();
  const ContentId record = workspace.ledger().entries().back().id;
  CHECK(model_at(project, trained.run.id.hex()).id == trained.model);
  CHECK(model_at(project, evaluated.record.id.hex()).id == trained.model);
  CHECK_THROWS_WITH_AS(static_cast<void>(model_at(project, record.hex())),
                       ("'" + record.hex() + "' is a dataset, not a model").c_str(), Error);
}

TEST_CASE("resolve_model: a dataset's name is said to be one, and only models are near names") {
  OpenedProject project(test::replaced(test::project_yaml(), "name: churn", "name: leavers"));
  static_cast<void>(project.train());
  static_cast<void>(project.add("data/churn.csv"));
  const auto model_refusal = [&](const std::string& text) {
    const Error error = error_of([&] { static_cast<void>(model_at(project, text)); });
    return std::string(error.what()) + "\n" + error.hints().front();
  };
  CHECK(model_refusal("churn") == "'churn' is a dataset, not a model\n`mlp models` lists the models");
  CHECK(model_refusal("chrun").starts_with("'chrun' names nothing here\n`mlp log` lists"));
  CHECK(model_refusal("leaver") == "'leaver' names nothing here\ndid you mean `leavers`?");
}

TEST_CASE("newest_model: the last one trained, whatever holds a stage; without any, what to run") {
  OpenedProject project;
  auto workspace = project.open();
  const Error none = error_of([&] { static_cast<void>(newest_model(workspace)); });
  CHECK(std::string(none.what()) == "this project has no model yet");
  CHECK(none.hints() == std::vector<std::string>{"run `mlp train`"});
  const ContentId first = project.promoted();
  const ContentId second = project.train({"max_depth=2"}).model;
  auto later = project.open();
  CHECK(newest_model(later).id == second);
  CHECK(first != second);
}

TEST_CASE("serving_model: who holds the last stage, else the newest that is not retired, with a note") {
  OpenedProject project;
  const auto serving = [&] {
    auto workspace = project.open();
    return serving_model(workspace);
  };
  CHECK_THROWS_WITH_AS(static_cast<void>(serving()), "this project has no model to use", Error);
  const ContentId first = project.promoted();
  CHECK(serving().model.id == first);
  CHECK(serving().note ==
        "no model holds stage 'production': using the newest, churn " + first.hex().substr(0, 7));
  REQUIRE(project.promote("production").verdict.allowed);
  const ContentId second = project.train({"max_depth=2"}).model;
  CHECK(serving().model.id == first);
  CHECK(serving().note == "");
  {
    auto workspace = project.open();
    static_cast<void>(
        retire(workspace, {.model = first.hex(), .reason = "old", .replaced_by = {}, .force = true}));
  }
  CHECK(serving().model.id == second);
  {
    auto workspace = project.open();
    static_cast<void>(retire(workspace, {.model = second.hex(), .reason = "old", .replaced_by = {}}));
  }
  CHECK_THROWS_WITH_AS(static_cast<void>(serving()), "this project has no model to use", Error);
}

TEST_CASE("two projects in one repository: a name is this project's model, the newest one is its own") {
  OpenedProject project;
  project.write("other/mlp.yaml", test::project_yaml());
  project.write("other/policy.yaml", test::policy_yaml());
  project.write("other/data/churn.csv", test::customers(300));
  project.commit();
  const ContentId mine = project.train().model;
  auto other = project.open("other");
  const ContentId theirs = train(other, {}).model;
  REQUIRE(mine != theirs);
  CHECK(at(project, "churn").id == mine);
  CHECK(at(project, "churn", "other").id == theirs);
  CHECK(at(project, "churn", "other/data").id == theirs); // from any folder below it
  auto workspace = project.open();
  CHECK(newest_model(workspace).id == mine);
  CHECK(at(project, theirs.hex()).id == theirs); // an id names it from anywhere

  static_cast<void>(evaluate(other, {.model = {}, .data = {}}));
  const std::string refusal =
      "model churn " + theirs.brief() + " belongs to the project in 'other', not to this one";
  CHECK_THROWS_WITH_AS(static_cast<void>(project.promote("staging", theirs.hex())), refusal.c_str(), Error);
  CHECK_THROWS_WITH_AS(
      static_cast<void>(retire(workspace, {.model = theirs.hex(), .reason = "old", .replaced_by = {}})),
      refusal.c_str(), Error);
  CHECK_THROWS_WITH_AS(static_cast<void>(retire(
                           workspace, {.model = mine.hex(), .reason = "old", .replaced_by = theirs.hex()})),
                       refusal.c_str(), Error);
  CHECK(promote(other, {.model = theirs.hex(), .stage = "staging"}).verdict.allowed);
}

TEST_CASE("outside a project and outside a repository a workspace says what to run") {
  const test::GitScratch scratch;
  scratch.repository("bare");
  test::Silence silence;
  Interrupt interrupt;
  Context context{.directory = scratch.root / "bare",
                  .now_ns = [] { return std::int64_t{0}; },
                  .files = os::real_files(),
                  .progress = silence,
                  .interrupt = interrupt,
                  .store = {},
                  .xgboost = {}};
  const Error error = error_of([&] { const Workspace workspace(context); });
  CHECK(error.code() == ErrorCode::not_found);
  CHECK(error.hints() == std::vector<std::string>{"start a project with `mlp init`"});
  CHECK_FALSE(Workspace::anywhere(context).has_project());
}

} // namespace
} // namespace mlp::workflow
