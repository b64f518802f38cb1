#include "cli/command_steps.hpp"

namespace mlp::test {

std::vector<Step> story_of_decisions() {
  return {
      {.line = "models", .out = "no model yet: run `mlp train`\n"},
      {.line = "-C / models", .exit = 3},
      {.line = "eval", .exit = 3, .err = "this project has no model yet"},
      {.line = "explain", .exit = 3, .err = "run `mlp train`"},
      {.line = "promote --to staging", .exit = 3, .err = "run `mlp train`"},
      {.line = "train", .out = "recorded"},
      {.line = "explain -q", .out = "features that say the same share it"},
      {.line = "explain churn --json", .out = "\"about\":\"model\"", .schema = "mlp.explanation/1"},
      {.line = "explain --row 3", .out = "row 3 of churn "},
      {.line = "explain --row 3 --json", .out = "\"base_value\":", .schema = "mlp.explanation/1"},
      {.line = "explain --row many", .exit = 2, .err = "wants a whole number"},
      {.line = "explain --row 0", .exit = 2, .err = "rows are counted from 1"},
      {.line = "explain --row 401", .exit = 3, .err = "churn"},
      {.line = "explain chrun", .exit = 3, .err = "did you mean `churn`?"},
      {.line = "promote --to staging", .exit = 1, .out = "refused", .err = "hint: run `mlp eval`"},
      {.line = "promote --to staging --json",
       .exit = 1,
       .out = "\"reason\":\"missing_evidence\"",
       .schema = "mlp.decision/1"},
      {.line = "eval", .out = "next      mlp promote --to staging\n"},
      {.line = "eval churn --json", .out = "\"test_set_use\":2", .schema = "mlp.evaluation/1"},
      {.line = "eval --alll", .exit = 2, .err = "did you mean `--all`?"},
      {.line = "eval chrun", .exit = 3, .err = "did you mean `churn`?"},
      {.line = "eval --data data/none.csv", .exit = 3},
      {.line = "promote", .exit = 2, .err = "'--to STAGE' is missing"},
      {.line = "promote --to stagin", .exit = 3, .err = "did you mean `--to staging`?"},
      {.line = "rollback staging --reason x", .exit = 3, .err = "no model holds stage 'staging'"},
      {.line = "promote --to staging --dry-run", .out = "would be allowed"},
      {.line = "promote --to staging", .out = "staging   churn "},
      {.line = "promote --to staging", .exit = 1, .out = "a model is not compared with itself"},
      {.line = "train --set max_depth=2", .out = "recorded"},
      {.line = "eval -q", .out = "recorded  evaluation "},
      {.line = "promote --to staging --json", .out = "\"allowed\":true", .schema = "mlp.decision/1"},
      {.line = "diff churn@staging~1 churn", .exit = 1, .out = "max_depth"},
      {.line = "diff churn@staging~1 churn --json",
       .exit = 1,
       .out = "\"area\":\"parameters\"",
       .schema = "mlp.diff/1"},
      {.line = "rollback staging", .exit = 2, .err = "'--reason TEXT' is missing"},
      {.line = "rollback staging --reason drill", .out = "staging   churn "},
      {.line = "rollback staging --reason drill --json",
       .out = "\"kind\":\"rollback\"",
       .schema = "mlp.decision/1"},
      {.line = "models", .out = "staging"},
      {.line = "models --json", .out = "\"stages\":[\"staging\"]", .schema = "mlp.model/1"},
      {.line = "models --at 2000-01-01", .out = "there was no model then\n"},
      {.line = "models --at someday", .exit = 2, .err = "'someday' is no date"},
      {.line = "retire churn@staging --reason old", .exit = 1, .err = "holds staging"},
      {.line = "retire churn", .exit = 2, .err = "'--reason TEXT' is missing"},
      {.line = "retire chrun --reason old", .exit = 3, .err = "did you mean `churn`?"},
      {.line = "retire churn@staging --reason old --force", .out = "nobody holds it now\n"},
      {.line = "retire churn@staging~1 --reason old --json", .exit = 1, .err = "\"code\":\"conflict\""},
      {.line = "retire churn@staging~2 --reason old --json",
       .out = "\"kind\":\"retirement\"",
       .schema = "mlp.decision/1"},
      {.line = "models", .out = "retired"},
  };
}

TEST_CASE("the commands that judge and decide") {
  const Scratch scratch;
  start_sample(scratch);
  tell(scratch, story_of_decisions());
}

} // namespace mlp::test
