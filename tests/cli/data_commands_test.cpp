#include "cli/command_steps.hpp"

namespace mlp::test {

std::vector<Step> story_of_data() {
  const auto other_rows = [](const Scratch& scratch) { scratch.write("data/churn.csv", customers(401)); };
  const auto new_table = [](const Scratch& scratch) { scratch.write("new.csv", customers(10)); };
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
      {.line = "data show churn --limit 2", .out = "… 4 more columns: --limit 0 shows all"},
      {.line = "data show churn --columns regoin", .exit = 3, .err = "did you mean 'region'?"},
      {.line = "data show churn --limit -1", .exit = 2, .err = "is negative"},
      {.line = "data show churn --html churn.html", .out = "400 rows × 6 columns"},
      {.line = "data show churn --html none/churn.html", .exit = 3, .err = "does not exist"},
      {.line = "data show churn --datasheet", .out = "| rows | 400 | profile "},
      {.line = "data show churn --datasheet --json", .out = "\"sections\":[", .schema = "mlp.datasheet/1"},
      {.line = "data show churn --datasheet -o churn.md", .out = "wrote     churn.md\n"},
      {.line = "data show churn -o churn.md", .exit = 2, .err = "-o needs --datasheet"},
      {.line = "data show new.csv", .out = "not added yet", .before = new_table},
      {.line = "data diff churn data/churn.csv", .out = "the same bytes\n"},
      {.line = "data diff churn data/churn.csv --json", .out = "\"equal\":true", .schema = "mlp.data_diff/1"},
      {.line = "data diff churn new.csv", .exit = 1, .out = "rows, by id\n  - 390 removed"},
      {.line = "data diff churn new.csv --json",
       .exit = 1,
       .out = "\"removed\":390",
       .schema = "mlp.data_diff/1"},
      {.line = "data diff churn new.csv --html diff.html", .exit = 1},
      {.line = "data diff churn new.csv --html data", .exit = 3, .err = "is a folder"},
      {.line = "data diff churn", .exit = 2, .err = "'B' is missing"},
      {.line = "data diff churn nope.csv", .exit = 3, .err = "'nope.csv' names nothing here"},
      {.line = "data diff churn mlp.yaml", .exit = 3},
      {.line = "data diff churn new.csv --id region", .exit = 3, .err = "does not name each row once"},
      {.line = "data add new.csv --licence CC-BY-4 --note first", .err = "did you mean 'CC-BY-4.0'?"},
      {.line = "data add new.csv --licence Creative,Commons",
       .exit = 2,
       .err = "is no SPDX licence expression"},
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
