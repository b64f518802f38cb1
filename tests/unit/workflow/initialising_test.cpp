#include "workflow/initialising.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/checking.hpp"

namespace mlp::workflow {
namespace {

using test::error_of;

/// A folder outside any repository with a table in it, and `mlp init` in it.
struct Start : test::GitScratch {
  test::Silence silence;
  Interrupt interrupt;

  Start() { write("churn.csv", test::customers(100)); }

  Context context() {
    return {.directory = root,
            .now_ns = [] { return test::k_start * 1'000'000'000; },
            .files = os::real_files(),
            .progress = silence,
            .interrupt = interrupt,
            .store = {},
            .xgboost = {}};
  }
  InitResult run(const InitRequest& request) {
    const Context now = context();
    return init(now, request);
  }
  std::string refusal(const InitRequest& request, ErrorCode code = ErrorCode::input) {
    const Error error = error_of([&] { static_cast<void>(run(request)); });
    CHECK(error.code() == code);
    return std::string(error.what()) + (error.hints().empty() ? "" : "\n" + error.hints()[0]);
  }
  bool has(const std::string& name) const { return std::filesystem::exists(root / name); }
};

InitRequest with_data(const std::string& directory, const std::string& target = "churn") {
  return {.directory = directory,
          .template_name = {},
          .data = "churn.csv",
          .target = target,
          .positive = {},
          .group = {},
          .protected_columns = {},
          .ci = {}};
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("init: mlp.yaml is filled in from the data, which are copied; it is right as it stands") {
  Start start;
  InitRequest request = with_data("income");
  request.protected_columns = {"region"};
  const InitResult result = start.run(request);
  const std::string yaml = start.read("income/mlp.yaml");
  CHECK(contains(yaml, "\nname: income\n"));
  CHECK(contains(yaml, "\n  path: data/churn.csv\n"));
  CHECK(contains(yaml, "\n  target: churn\n"));
  CHECK(contains(yaml, "\n  positive: \"Yes\""));
  CHECK(contains(yaml, "\n    id: {role: id}\n    region: {protected: true}\n"));
  CHECK(contains(yaml, "\n  task: binary\n"));
  CHECK(start.read("income/data/churn.csv") == start.read("churn.csv"));
  CHECK(start.read("income/.gitignore") == "/data/*\n!/data/*.mlp\n");
  CHECK(result.next == "cd income && git add -A && git commit -m \"start\" && mlp train");
  CHECK(start.has("income/.git"));
  CHECK(start.try_git("income", {"rev-parse", "HEAD"}).status != 0); // commits nothing

  Context context = start.context();
  context.directory = start.root / "income";
  Workspace workspace(context);
  CHECK(check(workspace).ok());
}

TEST_CASE("init: rows that follow each other in time are tested on the last fifth of them") {
  Start start;
  std::string csv = "day,shop,hired\n";
  for (int day = 0; day < 100; ++day) { // 2026-01-01 is day 0, four rows a day
    for (int shop = 0; shop < 4; ++shop) {
      csv += fmt::format("{},{},{}\n", format_date(1'767'225'600 + day * 86'400), shop, day * 7 % 31 + shop);
    }
  }
  start.write("hired.csv", csv);
  InitRequest request = with_data("hired", "hired");
  request.data = "hired.csv";
  const InitResult result = start.run(request);
  const std::string yaml = start.read("hired/mlp.yaml");
  CHECK(contains(yaml, "\n    day: {role: time}\n"));
  // Of 400 rows the 320th is of day 80, the 256th of day 64.
  CHECK(contains(yaml, "\n  split: {by: time, valid_from: 2026-03-06, test_from: 2026-03-22}   #"));
  CHECK(contains(result.notes.front(), "rows from 2026-03-22 on (20%) are the test part"));
  Context context = start.context();
  context.directory = start.root / "hired";
  Workspace workspace(context);
  CHECK(check(workspace).ok());

  request.directory = "grouped";
  request.group = "shop";
  static_cast<void>(start.run(request));
  CHECK(contains(start.read("grouped/mlp.yaml"), "\n    day: {role: ignore}\n    shop: {role: group}\n"));
  CHECK(
      contains(start.read("grouped/mlp.yaml"), "\n  split: {by: group, seed: 0, test: 0.2, valid: 0.2}   #"));
}

TEST_CASE("init: the folder's name is the model's, however the folder is written") {
  for (const std::string folder : {"Income 2026", "Income 2026/", "./Income 2026", "a/../Income 2026/"}) {
    CAPTURE(folder);
    Start start;
    std::filesystem::create_directories(start.root / "a");
    static_cast<void>(start.run(with_data(folder)));
    CHECK(contains(start.read("Income 2026/mlp.yaml"), "\nname: income-2026\n"));
  }
}

TEST_CASE("init: the task follows from the target's values") {
  Start start;
  static_cast<void>(start.run(with_data("regression", "tenure")));
  CHECK(contains(start.read("regression/mlp.yaml"), "\n  task: regression\n"));
  static_cast<void>(start.run(with_data("multiclass", "contract")));
  CHECK(contains(start.read("multiclass/mlp.yaml"), "\n  task: multiclass\n"));
}

TEST_CASE("init: without data the template is written, to be filled in") {
  Start start;
  const InitResult result = start.run({});
  CHECK(contains(start.read("mlp.yaml"), "\n  path: data/data.csv\n"));
  CHECK(result.next == "git add -A && git commit -m \"start\" && mlp train");
}

TEST_CASE("init overwrites nothing: a project is refused, policy and ignore lines are kept and said so") {
  Start start;
  start.write("there/mlp.yaml", "mine");
  CHECK(contains(start.refusal(with_data("there")), "exists: nothing is overwritten"));
  CHECK(start.read("there/mlp.yaml") == "mine");
  CHECK_FALSE(start.has("there/policy.yaml"));

  start.write("other/policy.yaml", "my policy");
  start.write("other/.gitignore", "*.o"); // without a line end
  const InitResult result = start.run(with_data("other"));
  CHECK(start.read("other/policy.yaml") == "my policy");
  CHECK(start.read("other/.gitignore") == "*.o\n/data/*\n!/data/*.mlp\n");
  CHECK(std::find(result.notes.begin(), result.notes.end(), "policy.yaml exists: kept as it is") !=
        result.notes.end());

  start.write("third/data/churn.csv", "other bytes");
  CHECK(contains(start.refusal(with_data("third")), "exists and differs from"));
  CHECK(start.read("third/data/churn.csv") == "other bytes");
  CHECK_FALSE(start.has("third/mlp.yaml"));
}

TEST_CASE("init joins the repository that it stands in, and takes data below the project where they lie") {
  Start start;
  start.repository("repo");
  start.write("repo/models/tables/churn.csv", test::customers(60));
  InitRequest request = with_data("repo/models");
  request.data = "repo/models/tables/churn.csv";
  static_cast<void>(start.run(request));
  CHECK_FALSE(start.has("repo/models/.git"));
  CHECK_FALSE(start.has("repo/models/data"));
  CHECK(contains(start.read("repo/models/mlp.yaml"), "\n  path: tables/churn.csv\n"));
  CHECK(start.git("repo", {"log", "--oneline"}).find('\n') ==
        start.git("repo", {"log", "--oneline"}).size() - 1);
}

TEST_CASE("init: columns that the data lack, values that are none and templates that do not exist name the "
          "nearest") {
  Start start;
  CHECK(start.refusal(with_data("x", "chrn")) ==
        "--target: the data have no column 'chrn'\ndid you mean `--target churn`?");
  InitRequest request = with_data("x");
  request.protected_columns = {"regoin"};
  CHECK(contains(start.refusal(request), "did you mean `--protected region`?"));
  request = with_data("x");
  request.positive = "yes";
  CHECK(start.refusal(request) == "--positive: 'yes' is no value of 'churn'\nits values: No, Yes");
  request = with_data("x");
  request.template_name = "binray";
  CHECK(contains(start.refusal(request, ErrorCode::usage), "did you mean `--template binary`?"));
  CHECK(contains(start.refusal(with_data("x", ""), ErrorCode::usage), "--data needs --target"));
  request = with_data("x");
  request.data = "";
  CHECK(contains(start.refusal(request, ErrorCode::usage), "need --data"));
  request = with_data("x");
  request.data = "none.csv";
  static_cast<void>(start.refusal(request, ErrorCode::not_found));
  CHECK_FALSE(start.has("x"));
}

TEST_CASE("init: a template that does not fit the target is refused before anything is written") {
  Start start;
  InitRequest request = with_data("x", "contract");
  request.template_name = "binary";
  CHECK(contains(start.refusal(request), "'contract' has 3 different values: a binary target has two"));
  request.template_name = "regression";
  CHECK(start.refusal(request) == "the target 'contract' is a category, but a regression needs numbers\n"
                                  "use `--template binary` or `--template multiclass`");
  request = with_data("x", "tenure");
  request.positive = "3";
  CHECK(contains(start.refusal(request, ErrorCode::usage), "which has no positive value"));
  CHECK_FALSE(start.has("x"));
}

TEST_CASE("init: the positive value is as asked, else true or 1, and says which it took") {
  Start start;
  start.write("churn.csv", "x,y,z\n1,a,0\n2,b,1\n3,a,1\n4,b,1\n5,a,1\n");
  const auto positive = [&](const std::string& folder, const std::string& target, const std::string& asked) {
    InitRequest request = with_data(folder, target);
    request.positive = asked;
    const InitResult result = start.run(request);
    const std::string yaml = start.read(folder + "/mlp.yaml");
    const auto begin = yaml.find("positive: ") + 10;
    return yaml.substr(begin, yaml.find("   #", begin) - begin);
  };
  CHECK(positive("asked", "y", "a") == "a");
  CHECK(positive("rarer", "y", "") == "b"); // two of five
  CHECK(positive("one", "z", "") == "\"1\"");
}

} // namespace mlp::workflow
