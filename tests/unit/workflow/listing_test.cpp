#include "workflow/listing.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/checking.hpp"
#include "workflow/deciding.hpp"

namespace mlp::workflow {
namespace {

using test::error_of;
using test::OpenedProject;
using Kinds = std::vector<std::string>;

std::vector<LogLine> lines(OpenedProject& project, const LogRequest& request) {
  auto workspace = project.open();
  return list_records(workspace, request);
}

Kinds kinds(OpenedProject& project, const LogRequest& request) {
  Kinds found;
  for (const LogLine& line : lines(project, request)) {
    found.push_back(line.record.kind);
  }
  return found;
}

/// A request of which only some members are set.
LogRequest only(const std::function<void(LogRequest&)>& set) {
  LogRequest request;
  set(request);
  return request;
}

StatusResult status_of_project(OpenedProject& project) {
  auto workspace = project.open();
  return status(workspace);
}

ErrorCode code_of(OpenedProject& project, const LogRequest& request) {
  return error_of([&] { static_cast<void>(lines(project, request)); }).code();
}

} // namespace

TEST_CASE("log: newest first; filters by kind, stage, number and date") {
  OpenedProject project;
  static_cast<void>(project.promoted());
  project.now += 24 * 3600;
  static_cast<void>(project.add("data/churn.csv"));
  CHECK(kinds(project, {}) == Kinds{"dataset", "decision", "evaluation", "run"});
  CHECK(kinds(project, only([](auto& r) { r.limit = 2; })) == Kinds{"dataset", "decision"});
  CHECK(kinds(project, only([](auto& r) { r.kind = "run"; })) == Kinds{"run"});
  CHECK(kinds(project, only([](auto& r) { r.stage = "staging"; })) == Kinds{"decision"});
  CHECK(kinds(project, only([](auto& r) { r.since = "2026-11-24"; })) == Kinds{"dataset"});
  CHECK(kinds(project, only([](auto& r) { r.since = "2026-11-23T05:14:14Z"; })) == Kinds{"dataset"});
  CHECK(code_of(project, only([](auto& r) { r.since = "yesterday"; })) == ErrorCode::usage);
  const Error near =
      error_of([&] { static_cast<void>(lines(project, only([](auto& r) { r.kind = "runs"; }))); });
  CHECK(near.hints() == Kinds{"did you mean `--kind run`?"});
}

TEST_CASE(
    "log --model: records of the model by name, id or stage; a dataset of the same name is none of them") {
  OpenedProject project;
  const ContentId first = project.promoted();
  static_cast<void>(project.train({"max_depth=2"}));
  static_cast<void>(project.add("data/churn.csv"));
  CHECK(kinds(project, only([](auto& r) { r.model = "churn"; })) ==
        Kinds{"run", "decision", "evaluation", "run"});
  const Kinds of_first = {"decision", "evaluation", "run"};
  CHECK(kinds(project, only([&](auto& r) { r.model = first.hex().substr(0, 10); })) == of_first);
  CHECK(kinds(project, only([](auto& r) { r.model = "churn@staging"; })) == of_first);
  CHECK(code_of(project, only([](auto& r) { r.model = "chrn"; })) == ErrorCode::not_found);
  project.write("data/adult.csv", test::customers(50));
  static_cast<void>(project.add("data/adult.csv"));
  CHECK(code_of(project, only([](auto& r) { r.model = "adult"; })) == ErrorCode::not_found);
}

TEST_CASE(
    "log --sort: the best first, whichever end is better, and records without the metric are left out") {
  OpenedProject project;
  static_cast<void>(project.train());
  static_cast<void>(project.evaluate());
  const ContentId weak = project.train({"rounds=1", "max_depth=1"}).model;
  static_cast<void>(project.evaluate());
  const auto evaluations = [&](const std::string& metric) {
    return lines(project, only([&](auto& r) {
                   r.kind = "evaluation";
                   r.sort = metric;
                 }));
  };
  const auto by_auc = evaluations("roc_auc");
  const auto by_loss = evaluations("log_loss"); // lower is better
  REQUIRE(by_auc.size() == 2);
  REQUIRE(by_loss.size() == 2);
  CHECK(by_auc[1].record.body["model"] == weak.hex());
  CHECK(by_loss[1].record.body["model"] == weak.hex());
  CHECK(lines(project, only([](auto& r) { r.sort = "brier"; })).size() == 2); // runs have no brier
  CHECK(evaluations("lift@10%").size() == 2);                                 // recorded as lift@0.1
  CHECK(code_of(project, only([](auto& r) { r.sort = "auc"; })) == ErrorCode::usage);
}

TEST_CASE("log: one line says what happened") {
  OpenedProject project;
  const ContentId model = project.promoted();
  static_cast<void>(project.add("data/churn.csv"));
  auto workspace = project.open();
  static_cast<void>(add_note(workspace, model.hex(), "labels were late"));
  const auto found = lines(project, {});
  CHECK(found[0].summary == "on " + model.brief() + ": labels were late");
  CHECK(found[1].summary.starts_with("added churn "));
  CHECK(found[1].summary.ends_with(", 400 rows"));
  CHECK(found[2].summary == "promoted churn " + model.brief() + " to staging");
  CHECK(found[3].summary.starts_with("evaluated churn " + model.brief() + " on test of churn: roc_auc 0."));
  CHECK(found[4].summary.starts_with("trained churn " + model.brief() + " on churn "));
  CHECK(found[0].actor == "Ada Lovelace");
}

TEST_CASE("show: what was recorded about a model, a dataset and a record since, notes included") {
  OpenedProject project;
  const TrainResult trained = project.train();
  const EvaluateResult evaluated = project.evaluate();
  auto workspace = project.open();
  static_cast<void>(add_note(workspace, "model:churn", "about the model"));
  static_cast<void>(add_note(workspace, trained.run.id.hex(), "about the run"));
  static_cast<void>(add_note(workspace, evaluated.record.id.hex(), "about the evaluation"));
  const auto related = [&](const std::string& text) {
    Kinds found;
    for (const ledger::Record& record : show(workspace, text).related) {
      found.push_back(record.kind == "note" ? record.body["text"].as_string() : record.kind);
    }
    return found;
  };
  CHECK(related("churn") == Kinds{"evaluation", "about the model", "about the run"});
  CHECK(related(trained.run.id.hex()) == Kinds{"about the run"});
  CHECK(related(evaluated.record.id.hex()) == Kinds{"about the evaluation"});
  CHECK(show(workspace, "churn").body["kind"] == "run");
  CHECK(error_of([&] { static_cast<void>(add_note(workspace, "churn", " \n")); }).code() == ErrorCode::usage);
  CHECK(error_of([&] { static_cast<void>(add_note(workspace, "chrn", "x")); }).code() ==
        ErrorCode::not_found);
}

TEST_CASE("notes, messages and reasons longer than a record holds are misuse, not a bug") {
  OpenedProject project;
  static_cast<void>(project.train());
  auto workspace = project.open();
  const std::string most(16384, 'x');
  static_cast<void>(add_note(workspace, "churn", most));
  const Error error = error_of([&] { static_cast<void>(add_note(workspace, "churn", most + "x")); });
  CHECK(error.code() == ErrorCode::usage);
  CHECK(std::string(error.what()) == "the text has 16385 bytes, more than 16384");
  const Error reason = error_of([&] {
    static_cast<void>(retire(workspace, {.model = "churn", .reason = most + "x", .replaced_by = {}}));
  });
  CHECK(reason.code() == ErrorCode::usage);
}

TEST_CASE("cat: the bytes whose SHA-256 is the id, of records, datasets, models and stored objects") {
  OpenedProject project;
  const TrainResult trained = project.train();
  auto workspace = project.open();
  for (const std::string& id :
       {trained.run.id.hex(), trained.model.hex(), trained.dataset.hex(),
        trained.run.body["curve"].as_string(), trained.run.body["config"].as_string()}) {
    CHECK(sha256(raw_bytes(workspace, id)).hex() == id);
    CHECK(sha256(raw_bytes(workspace, id.substr(0, 16))).hex() == id);
  }
  CHECK(raw_bytes(workspace, "data/churn.csv") == project.read("data/churn.csv"));
  CHECK(sha256(raw_bytes(workspace, "churn")) == trained.model);
  CHECK(error_of([&] { static_cast<void>(raw_bytes(workspace, "ffffffffffff")); }).code() ==
        ErrorCode::not_found);
  CHECK(error_of([&] { static_cast<void>(raw_bytes(workspace, std::string(70, 'f'))); }).code() ==
        ErrorCode::not_found);
}

TEST_CASE(
    "diff: two runs of the same inputs do not differ; others by area, and evaluations by their metrics") {
  OpenedProject project;
  const TrainResult first = project.train();
  project.now += 60;
  const TrainResult again = project.train();
  static_cast<void>(project.evaluate());
  const TrainResult other = project.train({"max_depth=2"});
  static_cast<void>(project.evaluate());
  auto workspace = project.open();
  CHECK(diff(workspace, first.run.id.hex(), again.run.id.hex()).differences.empty());
  std::map<std::string, Kinds> found;
  for (const report::DiffLine& line : diff(workspace, first.model.hex(), other.model.hex()).differences) {
    found[line.area].push_back(line.name);
  }
  CHECK(found["model"] == Kinds{"id"});
  CHECK(found["parameters"] == Kinds{"max_depth"});
  CHECK(std::find(found["metrics"].begin(), found["metrics"].end(), "roc_auc") != found["metrics"].end());
  CHECK_FALSE(found.contains("data"));
  CHECK_FALSE(found.contains("code"));
  CHECK(error_of([&] { static_cast<void>(diff(workspace, "churn", "data/churn.csv")); }).code() ==
        ErrorCode::not_found);
}

TEST_CASE("status: from an empty project to a served model, it names the next command") {
  OpenedProject project;
  StatusResult now = status_of_project(project);
  CHECK(now.next == "mlp train");
  CHECK(now.charter_missing.empty());
  CHECK(now.records == 0);
  CHECK_FALSE(now.unpushed); // there is no remote
  const ContentId model = project.train().model;
  now = status_of_project(project);
  CHECK(now.next == "mlp eval");
  CHECK(now.waiting == Kinds{"churn " + model.brief() + " is not evaluated"});
  CHECK(now.changed.empty());
  static_cast<void>(project.evaluate());
  CHECK(status_of_project(project).next == "mlp promote --to staging");
  REQUIRE(project.promote("staging").verdict.allowed);
  CHECK(status_of_project(project).next == "mlp promote --to production");
  REQUIRE(project.promote("production").verdict.allowed);
  now = status_of_project(project);
  CHECK(now.next == "mlp log");
  CHECK(now.waiting.empty());
  REQUIRE(now.stages.size() == 2);
  CHECK(now.stages[1].stage == "production");
  CHECK(now.stages[1].model == model.hex());
  CHECK(now.stages[1].since == "2026-11-23T05:14:13Z");
}

TEST_CASE("status: what changed since the last run: code, sections, data") {
  OpenedProject project;
  const std::string run = project.train().run.id.brief();
  static_cast<void>(project.evaluate());
  CHECK(status_of_project(project).changed.empty());
  project.edit("seed: 7", "seed: 8");
  CHECK(status_of_project(project).changed == Kinds{"code: 1 tracked files changed, not committed",
                                                    "mlp.yaml: section model changed since run " + run});
  CHECK(status_of_project(project).next == "mlp train");
  project.commit();
  CHECK(status_of_project(project).changed == Kinds{"code: HEAD is another tree since run " + run,
                                                    "mlp.yaml: section model changed since run " + run});
  project.edit("seed: 8", "seed: 7");
  project.commit();
  CHECK(status_of_project(project).changed.empty()); // the same tree again
  project.write("data/churn.csv", test::customers(401));
  CHECK(status_of_project(project).changed == Kinds{"data: data/churn.csv changed since run " + run});
  std::filesystem::remove(project.root / "data/churn.csv");
  CHECK(status_of_project(project).changed == Kinds{"data: data/churn.csv is not here"});
}

TEST_CASE("status: a retired model waits for nothing; another one is to be trained") {
  OpenedProject project;
  const ContentId model = project.promoted();
  {
    auto workspace = project.open();
    RetireRequest request;
    request.model = model.hex();
    request.reason = "adds no value";
    request.force = true;
    static_cast<void>(retire(workspace, request));
  }
  const StatusResult now = status_of_project(project);
  CHECK(now.next == "mlp train");
  CHECK(now.waiting.empty());
}

TEST_CASE("status: a test file that changed is said, too") {
  OpenedProject project(test::replaced(test::project_yaml(), "{by: hash, seed: 0, test: 0.3, valid: 0.2}",
                                       "{by: file, test: data/test.csv, valid: 0.2}"));
  project.write("data/test.csv", test::customers(200, 1001));
  const std::string run = project.train().run.id.brief();
  CHECK(status_of_project(project).changed.empty());
  project.write("data/test.csv", test::customers(201, 1001));
  CHECK(status_of_project(project).changed == Kinds{"data: data/test.csv changed since run " + run});
}

TEST_CASE("status: settings of --set are no change of mlp.yaml") {
  OpenedProject project;
  static_cast<void>(project.train({"max_depth=2"}));
  CHECK(status_of_project(project).changed.empty());
}

TEST_CASE("status: a broken mlp.yaml is said, and the rest is shown all the same") {
  OpenedProject project;
  static_cast<void>(project.promoted());
  project.edit("seed: 7", "sead: 7");
  const StatusResult now = status_of_project(project);
  CHECK_FALSE(now.usable);
  CHECK(now.next == "mlp check");
  CHECK(now.records == 3);
  REQUIRE(now.stages.size() == 2);
  CHECK(now.stages[0].name == "churn");
}

TEST_CASE("check: all findings of both files at once, sorted by place; data that are not here are noted") {
  OpenedProject project;
  const auto checked = [&] {
    auto workspace = project.open();
    return check(workspace);
  };
  CHECK(checked().ok());
  CHECK(checked().findings.empty());
  project.edit("seed: 7", "sead: 7");
  project.edit("id: {role: id}", "idd: {role: id}");
  project.edit("metric: roc_auc, min: 0.6", "metric: rmse, min: 0.6", "policy.yaml");
  CheckResult wrong = checked();
  CHECK_FALSE(wrong.ok());
  Kinds files;
  for (const config::Finding& finding : wrong.findings) {
    files.push_back(finding.file);
  }
  CHECK(files == Kinds{"mlp.yaml", "policy.yaml"});
  project.edit("sead: 7", "seed: 7"); // then the columns can be looked at
  wrong = checked();
  REQUIRE_FALSE(wrong.findings.empty());
  CHECK(wrong.findings.front().message.find("idd") != std::string::npos);
  std::filesystem::remove(project.root / "data/churn.csv");
  std::filesystem::remove(project.root / "policy.yaml");
  const CheckResult absent = checked();
  CHECK(absent.notes == Kinds{"'data/churn.csv' is not here: its columns were not checked",
                              "policy.yaml is not here: nothing can be promoted"});
}

} // namespace mlp::workflow
