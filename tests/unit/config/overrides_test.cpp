#include "base/error.hpp"
#include "unit/config/loaded.hpp"

#include <doctest/doctest.h>

using namespace mlp::config;
using namespace mlp::test;

namespace {

Project load(const std::vector<Override>& overrides) {
  const LoadedProject loaded = load_project(k_smallest, "mlp.yaml", overrides);
  CHECK(loaded.findings.empty());
  return loaded.project;
}

/// "message | hint" of an override that is refused as a misuse of the command line.
std::string refusal(const Override& wanted) {
  try {
    static_cast<void>(load_project(k_smallest, "mlp.yaml", {wanted}));
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::usage);
    return std::string(error.what()) + " | " + error.hints().front();
  }
  return "accepted";
}

} // namespace

TEST_CASE("short keys reach the model and its parameters, dotted ones anything") {
  const Project project = load({{"max_depth", "8"},
                                {"rounds", "50"},
                                {"early_stopping", "5"},
                                {"seed", "3"},
                                {"class_weight", "balanced"},
                                {"data.split.test", "0.3"},
                                {"model.params.eta", "0.5"},
                                {"evaluation.metrics", "[log_loss, recall]"}});
  CHECK(project.model.params.at("max_depth") == mlp::Json(8));
  CHECK(project.model.rounds == 50);
  CHECK(project.model.early_stopping == 5);
  CHECK(project.model.seed == 3);
  CHECK(project.model.balanced);
  CHECK(project.data.split.test == 0.3);
  CHECK(project.model.params.at("eta") == mlp::Json(0.5));
  CHECK(project.evaluation.metrics == Lines{"log_loss", "recall"});
  CHECK(project.document["model"]["rounds"] == mlp::Json(50));
}

TEST_CASE("a later override wins, and one replaces what the file says") {
  CHECK(load({{"data.target", "x"}, {"data.target", "y"}}).data.target == "y");
  CHECK(load({{"data.positive", "No"}}).data.positive == "No");
}

TEST_CASE("values that mean something in YAML are the text that they look like") {
  for (const std::string value : {">50K", "#1", "- a", "*x", "a: b", "!x", "|"}) {
    CHECK(load({{"data.positive", value}}).data.positive == value);
  }
  CHECK(load({{"data.positive", "'quoted'"}}).data.positive == "quoted");
}

TEST_CASE("an override that makes no sense is a misuse of the command line") {
  CHECK(refusal({"modl.rounds", "5"}) ==
        "cannot set 'modl.rounds': mlp.yaml has no section 'modl' | did you mean `--set model.rounds=…`?");
  CHECK(refusal({"model.round", "5"})
            .rfind("--set model.round=5: unknown key 'round' in 'model'; did you mean 'rounds'? | known keys",
                   0) == 0);
  CHECK(refusal({"rounds", "many"}) == "--set rounds=many: 'model.rounds' is 'many', not an integer | run "
                                       "`mlp check --explain wrong_type` to read why");
  CHECK(refusal({"data.path.x", "1"}) ==
        "cannot set 'data.path.x': 'data.path' is 'churn.csv', not a map | set 'data.path' as a whole");
  CHECK(refusal({"", "1"}).rfind("cannot set '': an empty key", 0) == 0);
  CHECK(refusal({"data..x", "1"}).rfind("cannot set 'data..x': an empty key", 0) == 0);
  CHECK(refusal({"eta", "'x"}) ==
        "--set eta='x:1:3: illegal EOF in scalar | put the whole KEY=VALUE into single quotes");
}

TEST_CASE("findings on the file stand before or beside an override, never in its place") {
  const LoadedProject loaded = load_project("name: x\n", "mlp.yaml", {{"data.target", "t"}});
  CHECK(loaded.findings.front().text() == "mlp.yaml:1:1: 'schema' is missing: write `schema: mlp.project/1`");
}

TEST_CASE("what is overridden stands on the command line, where its mistakes are said to be") {
  const Project project = load({{"data.positive", "No"}});
  CHECK(project.position_of("data.positive").line == 0); // column: which override, counted from 1
  CHECK(project.position_of("data.positive").column == 1);
  CHECK(project.position_of("data.target").line == 4);
}
