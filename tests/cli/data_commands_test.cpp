#include "cli/command_steps.hpp"

namespace mlp::test {

std::vector<Step> story_of_data() {
  const auto other_rows = [](const Scratch& scratch) { scratch.write("data/churn.csv", customers(401)); };
  const auto rows_of_twice = [](int rows) {
    return [rows](const Scratch& scratch) { scratch.write("twice.csv", customers(rows)); };
  };
  return {
      {.line = "data list", .out = "no dataset yet: run `mlp data add PATH`\n"},
      {.line = "data list extra", .exit = 2},
      {.line = "-C / data list", .exit = 3},
      {.line = "data add", .exit = 2, .err = "'PATH' is missing"},
      {.line = "data add data/churn.csv mlp.yaml --name x",
       .exit = 2,
       .err = "--name needs exactly one PATH"},
      {.line = "data add data/none.csv", .exit = 3, .err = "data 'data/none.csv' does not exist"},
      {.line = "data add data/churn.csv", .out = "pointer   data/churn.csv.mlp   (commit it)\n"},
      {.line = "data add data/churn.csv", .out = ", unchanged\n"},
      {.line = "data add data/churn.csv --json", .out = "\"unchanged\":true", .schema = "mlp.dataset/1"},
      {.line = "data list", .out = "data/churn.csv"},
      {.line = "data list --json", .out = "\"versions\":1", .schema = "mlp.dataset_line/1"},
      {.line = "data show churn", .out = "400 rows × 6 columns"},
      {.line = "data show data/churn.csv --json", .out = "\"name\":\"churn\"", .schema = "mlp.dataset/1"},
      {.line = "data show", .exit = 2, .err = "'REF' is missing"},
      {.line = "data show chrun", .exit = 3, .err = "did you mean `churn`?"},
      {.line = "data validate", .out = "valid   0 failed"},
      {.line = "data validate churn --json",
       .out = "\"id\":\"target_leakage\"",
       .schema = "mlp.validation/1"},
      {.line = "data validate mlp.yaml", .exit = 3},
      {.line = "data validate nowhere", .exit = 3, .err = "'nowhere' names nothing here"},
      {.line = "data validate a b", .exit = 2},
      {.line = "data add twice.csv", .out = "100 rows", .before = rows_of_twice(100)},
      {.line = "data validate twice.csv", .exit = 1, .out = "FAIL  row_count", .before = rows_of_twice(400)},
      {.line = "data validate other.csv",
       .out = "checked without target and split",
       .before = [](const Scratch& scratch) { scratch.write("other.csv", "a,b\n1,x\n2,y\n"); }},
      {.line = "data schema", .out = "  tenure: {type: number, nullable: false, min: 0, max: 71}"},
      {.line = "data schema --json", .out = "\"max\":71", .schema = "mlp.data_schema/1"},
      {.line = "data schema -o x.yaml", .exit = 2, .err = "need --write"},
      {.line = "data schema nowhere", .exit = 3},
      {.line = "data schema --write -o none/x.yaml", .exit = 3, .err = "is no place for a file"},
      {.line = "data schema --write", .out = "schema.yaml   6 columns   (edit and commit it)"},
      {.line = "data schema --write", .out = ", unchanged"},
      {.line = "data validate", .out = "valid   0 failed"},
      {.line = "data validate",
       .exit = 1,
       .out = "FAIL  schema.max",
       .before = edited("schema.yaml", "max: 71", "max: 60")},
      {.line = "train", .exit = 3, .err = "schema.max: "},
      {.line = "check",
       .exit = 3,
       .out = "did you mean 'max'?",
       .before = edited("schema.yaml", "max: 60", "maxx: 60")},
      {.line = "data validate", .exit = 3, .err = "schema.yaml:"},
      {.line = "data schema --write", .exit = 3, .err = "somebody may have edited it"},
      {.line = "data schema --write --force", .out = "schema.yaml   6 columns   (edit"},
      {.line = "data split --part test",
       .out = "row,id,tenure,charge,contract,region,churn\n",
       .err = "train "},
      {.line = "data split", .out = "row,part,id,"},
      {.line = "data split --part tst", .exit = 2, .err = "did you mean `test`?"},
      {.line = "data split --part test --json", .exit = 2, .err = "--json needs -o FILE"},
      {.line = "data split --part test -o t.csv --json", .out = "\"written\":", .schema = "mlp.split/1"},
      {.line = "data split --part test -o data/churn.csv", .exit = 2, .err = "is the file that is read"},
      {.line = "data split --part test -o none/t.csv", .exit = 3, .err = "does not exist"},
      {.line = "data checkout churn", .out = "(was there already)"},
      {.line = "data checkout", .exit = 2},
      {.line = "data checkout nope", .exit = 3, .err = "'nope' names nothing here"},
      {.line = "data checkout churn", .exit = 3, .err = "they would be lost", .before = other_rows},
      {.line = "data checkout churn --force --json",
       .out = "\"already_there\":false",
       .schema = "mlp.checkout/1"},
      {.line = "data split",
       .exit = 3,
       .err = "mlp.yaml:8:3: data 'data/churn.csv' does not exist",
       .before = removed("data/churn.csv")},
      {.line = "data checkout data/churn.csv", .out = "churn "}, // by its pointer
      {.line = "data add data/churn.csv", .out = ", unchanged\n"},
  };
}

TEST_CASE("the commands about data") {
  const Scratch scratch;
  start_sample(scratch);
  tell(scratch, story_of_data());
}

} // namespace mlp::test
