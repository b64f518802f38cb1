#include "cli/command_steps.hpp"

namespace mlp::test {

std::vector<Step> story_of_starting() {
  return {
      {.line = "init --list", .out = "regression"},
      {.line = "init --list --json", .schema = "mlp.template/1"},
      {.line = "init p --data churn.csv --target churn --template order",
       .exit = 2,
       .err = "binary, multiclass"},
      {.line = "init p --data churn.csv --target churn --template ranking",
       .exit = 2,
       .err = "needs --group"},
      {.line = "init p --data churn.csv --target churn --template ranking --group region",
       .exit = 3,
       .err = "needs grades of relevance"},
      {.line = "init p --target churn", .exit = 2, .err = "need --data"},
      {.line = "init p --data none.csv --target churn", .exit = 3, .err = "none.csv"},
      {.line = "init p --data churn.csv --target chrn", .exit = 3, .err = "did you mean `--target churn`?"},
      {.line = "init p/ --data churn.csv --target churn --protected region", .out = "p/mlp.yaml"},
      {.line = "init p --data churn.csv --target churn", .exit = 3, .err = "exists: nothing is overwritten"},
      {.line = "init q --json", .schema = "mlp.init/1"},
      {.line = "-C p check", .out = "mlp.yaml and policy.yaml are right"},
      {.line = "-C p check --json", .out = "\"ok\":true", .schema = "mlp.check/1"},
      {.line = "check --explain unknown_key", .out = "unknown_key\n"},
      {.line = "check --explain unknown_key --json", .schema = "mlp.rule/1"},
      {.line = "check --explain unknown_kye", .exit = 2, .err = "unknown_kye"},
      {.line = "-C p status", .out = " mlp train\n"},
      {.line = "-C p status --json", .out = "\"next\":\"mlp train\"", .schema = "mlp.status/1"},
      {.line = "-C p status now", .exit = 2, .err = "one argument too many"},
      {.line = "-C p check",
       .exit = 3,
       .out = "sead",
       .err = "1 error; `mlp check --explain RULE`",
       .before = edited("p/mlp.yaml", "seed: 7 ", "sead: 7 ")},
      {.line = "-C p check --json", .exit = 3, .out = "\"ok\":false", .schema = "mlp.check/1"},
      {.line = "-C p status", .out = "has errors"},
      {.line = "-C empty status",
       .exit = 3,
       .err = "not in a git repository",
       .before = [](const Scratch& scratch) { scratch.write("empty/file", ""); }},
      {.line = "-C empty check", .exit = 3},
  };
}

TEST_CASE("the commands that start a project") {
  const Scratch scratch;
  scratch.write("churn.csv", customers(100));
  tell(scratch, story_of_starting());
}

} // namespace mlp::test
