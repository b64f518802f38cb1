#include "cli/command_steps.hpp"

namespace mlp::test {

std::vector<Step> story_of_use() {
  const auto odd_rows = [](const Scratch& scratch) {
    scratch.write("odd.csv", "id,tenure,charge,contract\n1,3,50,weekly\n2,900,50,month\n3,many,50,month\n");
  };
  return {
      {.line = "predict data/churn.csv", .exit = 3, .err = "this project has no model to use"},
      {.line = "export --to served", .exit = 3, .err = "run `mlp train`"},
      {.line = "train", .out = "recorded"},
      {.line = "predict data/churn.csv",
       .out = "row,id,prediction,probability\n1,1,",
       .err = "note: no model holds stage"},
      {.line = "predict churn data/churn.csv -o p.csv", .out = "p.csv   400 rows by churn "},
      {.line = "predict data/churn.csv -o p.csv --json",
       .out = "\"rows\":400",
       .schema = "mlp.predictions/1"},
      {.line = "predict data/churn.csv --json", .exit = 2, .err = "--json needs -o FILE"},
      {.line = "eval --predictions p.csv", .out = "(294 more predictions are of other rows)"},
      {.line = "eval --predictions p.csv --name rules", .out = "predictions rules "},
      {.line = "eval churn --predictions p.csv --json",
       .out = "\"reproduced\":true",
       .schema = "mlp.evaluation/1"},
      {.line = "eval --name rules", .exit = 2, .err = "--name names predictions from a file"},
      {.line = "eval --predictions none.csv", .exit = 3, .err = "the predictions 'none.csv' do not exist"},
      {.line = "eval --predictions data/churn.csv", .exit = 3, .err = "has no column 'probability'"},
      {.line = "predict data/churn.csv -o data/churn.csv", .exit = 2, .err = "is the file that is read"},
      {.line = "predict", .exit = 2, .err = "'INPUT' is missing"},
      {.line = "predict data/churn.csv --on-invalid drop", .exit = 2, .err = "reject, flag"},
      {.line = "predict none.csv", .exit = 3, .err = "the input 'none.csv' does not exist"},
      {.line = "predict mlp.yaml", .exit = 3},
      {.line = "predict odd.csv",
       .out = "3,3,",
       .err = "'contract': 1 rows with an unseen category",
       .before = odd_rows},
      {.line = "predict odd.csv --on-invalid reject",
       .out = "1,1,,\n",
       .err = "3 of 3 rows are odd (rejected"},
      {.line = "export --to served", .out = "model.ubj, features.json, README.md, SHA256SUMS"},
      {.line = "export --to served", .exit = 3, .err = "is not an empty folder"},
      {.line = "export churn --to again --json", .out = "\"folder\":\"again\"", .schema = "mlp.export/1"},
      {.line = "export", .exit = 2, .err = "'--to DIR' is missing"},
      {.line = "completion bash", .out = "mlp"},
      {.line = "completion zsh --json", .schema = "mlp.completion/1"},
      {.line = "completion", .exit = 2, .err = "'SHELL' is missing"},
      {.line = "help predict", .out = "usage: mlp predict"},
      {.line = "help trainer", .out = "MLP_TRAIN_DATA"},
      {.line = "help evaluation", .out = "current_rule: {column: old_decision}"},
      {.line = "help --json", .schema = "mlp.help/1"},
      {.line = "help predcit", .exit = 2, .err = "predict"},
      {.line = "version", .out = "mlp "},
      {.line = "version --json", .schema = "mlp.version/1"},
      {.line = "version 2", .exit = 2},
  };
}

TEST_CASE("the commands that use a model, and those about mlp itself") {
  const Scratch scratch;
  start_sample(scratch);
  tell(scratch, story_of_use());
}

} // namespace mlp::test
