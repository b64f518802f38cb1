#include "cli/command_steps.hpp"

namespace mlp::test {

std::vector<Step> story_of_experiments() {
  return {
      {.line = "log", .out = "nothing is recorded here\n"},
      {.line = "-C / log", .exit = 3},
      {.line = "show churn", .exit = 3, .err = "nothing is recorded yet: run `mlp train`"},
      {.line = "train --set rounds", .exit = 2, .err = "expected KEY=VALUE"},
      {.line = "train --set rounds=many", .exit = 2, .err = "rounds"},
      {.line = "train --locked", .exit = 3, .err = "has no pointer"},
      {.line = "train -m first", .out = "recorded  run "},
      {.line = "train --json", .out = "\"same_as\":\"run ", .schema = "mlp.run/1"},
      {.line = "train --set max_depth=2 --quiet", .out = "next      mlp eval\n"},
      {.line = "log", .out = ": first"},
      {.line = "log --json -n 2", .out = "\"summary\":\"trained churn", .schema = "mlp.run/1"},
      {.line = "log --kind decision", .out = "none of the records is one of these\n"},
      {.line = "log --kind nope", .exit = 2, .err = "'--kind' is one of run"},
      {.line = "log -n many", .exit = 2, .err = "wants a whole number"},
      {.line = "log --sort nope", .exit = 2, .err = "unknown metric 'nope'"},
      {.line = "show churn", .out = "trained churn "},
      {.line = "show churn --json", .out = "\"related\":[]", .schema = "mlp.show/1"},
      {.line = "show", .exit = 2},
      {.line = "show chrun", .exit = 3, .err = "did you mean `churn`?"},
      {.line = "cat churn", .out = "# mlp tree 1\n"},
      {.line = "cat churn --json", .schema = "mlp.cat/1"},
      {.line = "cat", .exit = 2},
      {.line = "cat ffffffff", .exit = 3},
      {.line = "note churn late-labels", .out = "recorded  note "},
      {.line = "note churn late-labels --json", .out = "\"text\":\"late-labels\"", .schema = "mlp.note/1"},
      {.line = "note churn", .exit = 2, .err = "'TEXT' is missing"},
      {.line = "note nope text", .exit = 3},
      {.line = "show churn", .out = "late-labels"},
      {.line = "diff churn churn@HEAD", .out = "do not differ\n"},
      {.line = "diff churn churn --json", .out = "\"differences\":[]", .schema = "mlp.diff/1"},
      {.line = "diff churn", .exit = 2, .err = "'B' is missing"},
      {.line = "diff churn nope", .exit = 3},
      {.line = "train --set calibrate=isotonic", .exit = 3, .err = "needs 1000 validation rows"},
      {.line = "train --set calibrate=platt", .out = "\ncalibrate platt on "},
      {.line = "train --seeds 2", .out = "\nseeds     2 seeds make the same model"},
      {.line = "train --seeds 0", .exit = 2, .err = "from 1 to 100"},
      {.line = "train --set calibrate=temperature", .out = "\ncalibrate temperature on "},
      {.line = "train", .exit = 3, .err = "does not exist", .before = removed("data/churn.csv")},
      {.line = "cat data/churn.csv", .exit = 3},
  };
}

TEST_CASE("the commands of experiments") {
  const Scratch scratch;
  start_sample(scratch);
  tell(scratch, story_of_experiments());
}

} // namespace mlp::test
