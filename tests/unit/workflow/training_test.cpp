#include "workflow/training.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/deciding.hpp"

namespace mlp::workflow {
namespace {

using test::error_of;
using test::OpenedProject;
using test::replaced;

std::string message_of(OpenedProject& project, const TrainRequest& request, ErrorCode code) {
  auto workspace = project.open();
  const Error error = error_of([&] { static_cast<void>(train(workspace, request)); });
  CHECK(error.code() == code);
  return error.what();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("train: the same inputs make the same model and two records") {
  OpenedProject project;
  const TrainResult first = project.train();
  CHECK_FALSE(first.same_as);
  project.now += 60;
  const TrainResult second = project.train();
  CHECK(second.model == first.model);
  CHECK(second.run.id != first.run.id);
  CHECK(second.same_as == "run " + first.run.id.brief());
  CHECK(project.records() == 2);
  const TrainResult third = project.train({"max_depth=2"});
  CHECK(third.model != first.model);
}

TEST_CASE("train: a run records what it was made from") {
  OpenedProject project;
  const TrainResult result = project.train({"max_depth=2", "seed=11"});
  const Json& run = result.run.body;
  CHECK(run["model"] == result.model.hex());
  CHECK(run["dataset"] == sha256(project.read("data/churn.csv")).hex());
  CHECK(run["dataset_name"] == "churn");
  CHECK(run["project"] == ".");
  CHECK(run["time"] == "2026-11-23T05:14:13Z");
  CHECK(run["settings"] == Json::array({"max_depth=2", "seed=11"}));
  CHECK(run["params"]["max_depth"].as_integer() == 2);
  CHECK(run["seed"] == 11);
  CHECK(run["rounds"] == 8);
  CHECK(run["code"]["clean"] == true);
  CHECK(run["headline"]["owner"] == "Ana Ruiz");
  const Json& split = run["split"];
  CHECK(split["train"].as_integer() + split["valid"].as_integer() + split["test"].as_integer() == 400);
  auto workspace = project.open();
  for (const char* name : {"config", "curve", "fingerprints", "dataset", "model"}) {
    CAPTURE(name);
    CHECK(workspace.store().contains(*ContentId::from_hex(run[name].as_string())));
  }
}

TEST_CASE("train: the tree stays clean, and what the user had not committed is said in the record") {
  OpenedProject project;
  static_cast<void>(project.train());
  CHECK(project.git("", {"status", "--porcelain"}) == "");
  project.edit("seed: 7", "seed: 9");
  const TrainResult dirty = project.train();
  CHECK(dirty.run.body["code"]["clean"] == false);
  CHECK(dirty.run.body["code"]["modified"] == Json::array({"mlp.yaml"}));
}

TEST_CASE("train: a target of one class is refused, and nothing is recorded") {
  OpenedProject project;
  std::string one_class = project.read("data/churn.csv");
  for (auto at = one_class.find(",Yes\n"); at != std::string::npos; at = one_class.find(",Yes\n", at)) {
    one_class.replace(at, 5, ",No\n");
  }
  project.write("data/churn.csv", one_class);
  CHECK(message_of(project, {}, ErrorCode::input).starts_with("cannot train on these data: one_class: "));
  CHECK(project.records() == 0);
}

TEST_CASE(
    "train: the target declared a feature, and a feature that says the same as the target, are refused") {
  {
    OpenedProject project(replaced(test::project_yaml(), "id: {role: id}", "churn: {role: feature}"));
    CHECK(contains(message_of(project, {}, ErrorCode::input), "churn"));
    CHECK(project.records() == 0);
  }
  OpenedProject project;
  std::string rows = "id,tenure,left,churn\n";
  for (int id = 1; id <= 100; ++id) {
    rows += fmt::format("{},{},{},{}\n", id, id % 9, id % 2, id % 2 == 0 ? "Yes" : "No");
  }
  project.write("data/churn.csv", rows);
  project.edit("    region: {protected: true}\n", "");
  CHECK(contains(message_of(project, {}, ErrorCode::input),
                 "target_in_features: 'left' says the same as the target 'churn'"));
  CHECK(project.records() == 0);
}

TEST_CASE("train: a split that leaves a part empty is refused, and nothing is recorded") {
  OpenedProject project;
  project.write("data/churn.csv", test::customers(2));
  static_cast<void>(message_of(project, {}, ErrorCode::input));
  project.write("data/churn.csv", test::customers(0));
  static_cast<void>(message_of(project, {}, ErrorCode::input));
  CHECK(project.records() == 0);
}

TEST_CASE("train: data that are not there are named with the place in mlp.yaml") {
  OpenedProject project;
  std::filesystem::remove(project.root / "data/churn.csv");
  auto workspace = project.open();
  const Error error = error_of([&] { static_cast<void>(train(workspace, {})); });
  CHECK(error.code() == ErrorCode::not_found);
  CHECK(std::string(error.what()) == "mlp.yaml:8:3: data 'data/churn.csv' does not exist");
  CHECK(error.hints() == std::vector<std::string>{"put the file there, or change data.path"});
}

TEST_CASE("train: where a pointer says which data were there, the error says how to bring them back") {
  OpenedProject project;
  static_cast<void>(project.add("data/churn.csv"));
  std::filesystem::remove(project.root / "data/churn.csv");
  auto workspace = project.open();
  const Error error = error_of([&] { static_cast<void>(train(workspace, {})); });
  CHECK(error.hints() ==
        std::vector<std::string>{"run `mlp data checkout data/churn.csv.mlp` to bring back the "
                                 "version its pointer names"});
}

TEST_CASE("train --set: what is no KEY=VALUE is misuse, an unknown key is named") {
  OpenedProject project;
  CHECK(message_of(project, {.settings = {"max_depth"}, .message = {}, .mlp_version = {}},
                   ErrorCode::usage) == "--set 'max_depth': expected KEY=VALUE");
  CHECK(message_of(project, {.settings = {"=3"}, .message = {}, .mlp_version = {}}, ErrorCode::usage) ==
        "--set '=3': expected KEY=VALUE");
  CHECK(project.records() == 0);
}

TEST_CASE("train --locked: only the version that the pointer names") {
  OpenedProject project;
  const TrainRequest locked{.settings = {}, .locked = true, .message = {}, .mlp_version = {}};
  CHECK(message_of(project, locked, ErrorCode::input) ==
        "--locked: 'data/churn.csv' has no pointer 'data/churn.csv.mlp'");
  static_cast<void>(project.add("data/churn.csv"));
  {
    auto workspace = project.open();
    CHECK(train(workspace, locked).rows == 400);
  }
  project.write("data/churn.csv", test::customers(401));
  CHECK(contains(message_of(project, locked, ErrorCode::input), "its pointer says"));
}

TEST_CASE("train: an interrupt ends it and records nothing") {
  OpenedProject project;
  TrainEvents events;
  events.data_ready = [&](const TrainResult&) { project.interrupt.request(); };
  auto workspace = project.open();
  const Error error = error_of([&] { static_cast<void>(train(workspace, {}, events)); });
  CHECK(error.code() == ErrorCode::interrupted);
  CHECK(workspace.ledger().entries().empty());
}

TEST_CASE("train: a model that was retired comes back with a word of warning") {
  OpenedProject project;
  const TrainResult first = project.train();
  {
    auto workspace = project.open();
    static_cast<void>(
        retire(workspace, {.model = first.model.hex(), .reason = "wrong labels", .replaced_by = {}}));
  }
  const TrainResult again = project.train();
  REQUIRE(again.same_as);
  CHECK(contains(*again.same_as, "it was retired on 2026-11-23"));
}

} // namespace mlp::workflow
