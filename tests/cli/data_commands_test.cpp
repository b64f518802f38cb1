#include "cli/command_steps.hpp"

namespace mlp::test {

std::vector<Step> story_of_data() {
  const auto other_rows = [](const Scratch& scratch) { scratch.write("data/churn.csv", customers(401)); };
  const auto rows_of_twice = [](int rows) {
    return [rows](const Scratch& scratch) { scratch.write("twice.csv", customers(rows)); };
  };
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
      {.line = "data validate", .out = "valid   0 failed"},
      {.line = "data validate churn --json",
       .out = "\"id\":\"target_leakage\"",
       .schema = "mlp.validation/1"},
      {.line = "data validate mlp.yaml", .exit = 3},
      {.line = "data validate nowhere", .exit = 3, .err = "'nowhere' names nothing here"},
      {.line = "data validate a b", .exit = 2},
      {.line = "data add twice.csv",
       .out = "100 rows",
       .err = "the line '/twice.csv' in '.gitignore' keeps them out",
       .before = rows_of_twice(100)},
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

TEST_CASE(
    "files are shown and compared where there is no project and no repository, and nothing is left behind") {
  const Scratch scratch;
  scratch.write("a.csv", "x,y\n1,p\n2,q\n");
  scratch.write("b.csv", "x,y\n1,p\n3,q\n4,q\n");
  const MlpOptions here{.directory = scratch.root};
  const auto run = [&](std::vector<std::string> arguments) { return mlp_run(arguments, here); };

  for (const bool in_repository : {false, true}) {
    CAPTURE(in_repository);
    if (in_repository) {
      git_run(scratch.root, {"init", "-q"});
    }
    const MlpResult shown = run({"data", "show", "a.csv"});
    CHECK(shown.exit == 0);
    CHECK(shown.out.find("2 rows × 2 columns") != std::string::npos);
    const MlpResult json = run({"data", "show", "a.csv", "--json", "--html", "a.html"});
    CHECK(json.exit == 0);
    CHECK(json.out.find("\"recorded\":null") != std::string::npos);
    CHECK(scratch.read("a.html").find("a") != std::string::npos);
    std::filesystem::remove(scratch.root / "a.html");

    const MlpResult diff = run({"data", "diff", "a.csv", "b.csv", "--json"});
    CHECK(diff.exit == 1);
    CHECK(diff.out.find("\"added\":2") != std::string::npos);
    CHECK(run({"data", "diff", "a.csv", "a.csv"}).exit == 0);
    CHECK_FALSE(std::filesystem::exists(scratch.root / ".git" / "mlp"));
  }
}

TEST_CASE("outside of a repository a name is a file, and what needs a project says so") {
  const Scratch scratch;
  scratch.write("a.csv", "x,y\n1,p\n");
  const MlpOptions here{.directory = scratch.root};
  const MlpResult absent = mlp_run({"data", "show", "adult"}, here);
  CHECK(absent.exit == 3);
  CHECK(absent.err.find("no file 'adult' here") != std::string::npos);
  CHECK(absent.err.find("hint: outside of a git repository") != std::string::npos);
  CHECK(mlp_run({"data", "diff", "a.csv", "data:a"}, here).exit == 3);
  CHECK(mlp_run({"data", "show", "a.csv", "--datasheet"}, here).err.find("not in a git repository") !=
        std::string::npos);
  CHECK(mlp_run({"data", "validate", "a.csv"}, here).exit == 3);
}

} // namespace mlp::test
