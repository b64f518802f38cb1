#include "workflow/evaluating.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/evidence.hpp"

namespace mlp::workflow {
namespace {

using test::check_named;
using test::error_of;
using test::OpenedProject;

std::string refusal(OpenedProject& project, const std::string& model, const std::string& data) {
  const Error error = error_of([&] { static_cast<void>(project.evaluate(model, data)); });
  CHECK((error.code() == ErrorCode::input || error.code() == ErrorCode::not_found));
  CHECK_FALSE(error.hints().empty());
  return error.what();
}

/// The rows once more, as other customers: each id is 9 and the old one.
std::string again(const std::string& rows) {
  std::string text;
  for (std::size_t begin = 0; begin < rows.size();) {
    const std::size_t end = rows.find('\n', begin) + 1;
    text += "9" + rows.substr(begin, end - begin);
    begin = end;
  }
  return text;
}

FittingEvaluation fitting(OpenedProject& project, const TrainResult& trained) {
  auto workspace = project.open();
  return fitting_evaluation(workspace, trained.run, workspace.project());
}

} // namespace

TEST_CASE("evaluate: the newest model on its test part; the record holds ids that can be followed") {
  OpenedProject project;
  const TrainResult trained = project.train();
  const EvaluateResult result = project.evaluate();
  CHECK(result.model == trained.model);
  CHECK(result.part == "test");
  CHECK(result.evaluation.n == trained.split.test);
  CHECK(result.excluded == 0);
  CHECK(result.dropped == 0);
  CHECK(result.next_stage == "staging");
  const Json& record = result.record.body;
  CHECK(record["kind"] == "evaluation");
  CHECK(record["n"] == trained.split.test);
  CHECK(record["primary"]["name"] == "roc_auc");
  CHECK(record["primary"]["value"] == *result.evaluation.find("roc_auc")->value);
  CHECK(result.document["evaluation"] == result.record.id.hex());
  auto workspace = project.open();
  const std::string kept = workspace.store().get(*ContentId::from_hex(record["predictions"].as_string()));
  CHECK(std::count(kept.begin(), kept.end(), '\n') == trained.split.test + 1); // and a header
  CHECK(Json::parse(workspace.store().get(*ContentId::from_hex(record["document"].as_string())))["n"] ==
        trained.split.test);
}

TEST_CASE("evaluate: the protected column is measured as slices, which sum up to all rows") {
  OpenedProject project;
  static_cast<void>(project.train());
  const EvaluateResult result = project.evaluate();
  REQUIRE(result.evaluation.slices.size() == 2);
  CHECK(result.evaluation.slices[0].label == "region=north");
  CHECK(result.evaluation.slices[1].label == "region=south");
  CHECK(result.evaluation.slices[0].n + result.evaluation.slices[1].n == result.evaluation.n);
}

TEST_CASE("evaluate: each look at the test part is counted, one at other data is none") {
  OpenedProject project;
  static_cast<void>(project.train());
  CHECK(project.evaluate().test_set_use == 1);
  CHECK(project.evaluate().test_set_use == 2);
  project.write("data/june.csv", test::customers(80, 1001));
  CHECK(project.evaluate("", "data/june.csv").test_set_use == 0);
  auto workspace = project.open();
  CHECK(promote(workspace, {.model = {}, .stage = "staging", .dry_run = true}).record->kind == "observation");
  CHECK(project.evaluate().test_set_use == 4); // the dry run was the third
  static_cast<void>(project.train({"max_depth=2"}));
  CHECK(project.evaluate().test_set_use == 5); // the part wears out, whichever model looks
}

TEST_CASE("evaluate: rows that the model was trained on are left out of other data and counted") {
  OpenedProject project;
  const TrainResult trained = project.train();
  const EvaluateResult same = project.evaluate("", "data/churn.csv");
  CHECK(same.part == "all");
  CHECK(same.excluded == trained.split.train + trained.split.valid);
  CHECK(same.evaluation.n == trained.split.test);
  CHECK(check_named(same, "train_overlap").status == CheckStatus::warn);
  CHECK(check_named(same, "train_overlap").observed == static_cast<double>(same.excluded));

  project.write("data/july.csv", test::customers(20) + test::customer_rows(30, 1001));
  const EvaluateResult mixed = project.evaluate("", "data/july.csv");
  CHECK(mixed.excluded + mixed.evaluation.n == 50);
  CHECK(mixed.evaluation.n >= 30);
  CHECK(check_named(mixed, "few_rows").status == CheckStatus::warn);
}

TEST_CASE("evaluate: the test part is scored whole, also where other cases look like trained ones") {
  OpenedProject project;
  project.write("data/churn.csv", test::customers(200) + again(test::customer_rows(200)));
  const TrainResult trained = project.train();
  const EvaluateResult result = project.evaluate(); // by id, equal rows fall into different parts
  CHECK(result.excluded == 0);
  CHECK(result.evaluation.n == trained.split.test);
  const Check overlap = check_named(result, "train_overlap");
  CHECK(overlap.status == CheckStatus::pass);
  CHECK(overlap.observed == 0.0);
  CHECK(overlap.why.find("other cases look the same as rows the model was trained on") != std::string::npos);
}

TEST_CASE("evaluate: in other data, a row with another id is another case") {
  OpenedProject project;
  static_cast<void>(project.train());
  project.write("data/twins.csv", test::k_customers_header + again(test::customer_rows(100)));
  const EvaluateResult twins = project.evaluate("", "data/twins.csv");
  CHECK(twins.excluded == 0);
  CHECK(twins.evaluation.n == 100);
}

TEST_CASE("evaluate: in other data without ids, a row that looks the same is the same") {
  OpenedProject project;
  project.edit("id: {role: id}", "id: {role: ignore}");
  const TrainResult trained = project.train();
  project.write("data/twins.csv", test::k_customers_header + again(test::customer_rows(100)));
  const auto learnt = std::count_if(trained.split.part.begin(), trained.split.part.begin() + 100,
                                    [](dataset::Part part) { return part != dataset::Part::test; });
  CHECK(project.evaluate("", "data/twins.csv").excluded == learnt);
}

TEST_CASE("evaluate: rows without a target are dropped and counted") {
  OpenedProject project;
  static_cast<void>(project.train());
  project.write("data/june.csv",
                test::customers(40, 1001) + "2001,3,50,month,north,\n2002,4,51,year,south,\n");
  const EvaluateResult result = project.evaluate("", "data/june.csv");
  CHECK(result.dropped == 2);
  CHECK(result.evaluation.n == 40);
  CHECK(check_named(result, "rows_without_target").status == CheckStatus::warn);
}

TEST_CASE("evaluate: data that cannot judge the model are refused, and nothing is recorded") {
  OpenedProject project;
  CHECK(refusal(project, "", "") == "this project has no model yet");
  static_cast<void>(project.train());
  const std::size_t before = project.records();
  project.write("data/other.csv", "id,tenure,charge,contract,region\n1,2,50,month,north\n");
  CHECK(refusal(project, "", "data/other.csv") == "the data have no column 'churn'");
  project.write("data/other.csv", std::string(test::k_customers_header) + "1,2,50,month,north,\n");
  CHECK(refusal(project, "", "data/other.csv")
            .ends_with("has a value of 'churn': there is nothing to compare with"));
  project.write("data/other.csv", std::string(test::k_customers_header) + "1,2,50,month,north,Maybe\n");
  CHECK(refusal(project, "", "data/other.csv") ==
        "the target 'churn' holds 'Maybe', which the model does not know: its classes are 'No', 'Yes'");
  project.write("data/other.csv", "id,tenure,charge,region,churn\n1001,2,50,north,Yes\n1002,2,50,north,No\n");
  CHECK(refusal(project, "", "data/other.csv").find("contract") != std::string::npos);
  CHECK(refusal(project, "", "data/none.csv") == "'data/none.csv' names nothing here");
  CHECK(refusal(project, "income", "") == "'income' names nothing here");
  CHECK(project.records() == before);
}

TEST_CASE("evaluate: only the rows that the model was trained on are no data to judge it") {
  OpenedProject project;
  const TrainResult trained = project.train();
  const std::string all = project.read("data/churn.csv");
  std::string seen;
  std::size_t line = 0;
  for (std::size_t begin = 0; begin < all.size(); ++line) {
    const std::size_t end = all.find('\n', begin) + 1;
    if (line == 0 || trained.split.part[line - 1] == dataset::Part::train) {
      seen += all.substr(begin, end - begin);
    }
    begin = end;
  }
  project.write("data/seen.csv", seen);
  CHECK(refusal(project, "", "data/seen.csv").starts_with("no row of seen "));
}

TEST_CASE(
    "evaluate: a model of another target, task or positive class is not judged as if it were this one's") {
  OpenedProject project;
  const ContentId model = project.train().model;
  const std::string yaml = project.read("mlp.yaml");
  const std::string start = "model churn " + model.brief() + " answers another question than mlp.yaml asks: ";
  project.edit("positive: \"Yes\"", "positive: \"No\"");
  CHECK(refusal(project, "", "") ==
        start + "binary of 'churn' (positive 'Yes'), not binary of 'churn' (positive 'No')");
  project.write("mlp.yaml", yaml);
  project.edit("target: churn\n  positive: \"Yes\"", "target: tenure");
  project.edit("task: binary", "task: regression");
  project.edit("metrics: [roc_auc, log_loss, recall]\n  decision: {threshold: 0.5}", "metrics: [rmse]");
  CHECK(refusal(project, "", "") == start + "binary of 'churn' (positive 'Yes'), not regression of 'tenure'");
}

TEST_CASE("evaluate: a regression of another target is refused though its numbers could be compared") {
  std::string yaml =
      test::replaced(test::project_yaml(), "target: churn\n  positive: \"Yes\"", "target: tenure");
  yaml = test::replaced(yaml, "task: binary", "task: regression");
  yaml = test::replaced(yaml, "metrics: [roc_auc, log_loss, recall]\n  decision: {threshold: 0.5}",
                        "metrics: [rmse]");
  yaml = test::replaced(yaml, "id: {role: id}", "id: {role: feature}");
  OpenedProject project(yaml);
  static_cast<void>(project.train());
  CHECK(project.evaluate().evaluation.find("rmse")->value);
  project.edit("target: tenure", "target: id");
  project.edit("id: {role: feature}", "tenure: {role: feature}");
  CHECK(refusal(project, "", "").ends_with("regression of 'tenure', not regression of 'id'"));
}

TEST_CASE(
    "fitting_evaluation: editing the owner keeps evidence, editing metrics, split or data makes it stale") {
  OpenedProject project;
  const TrainResult trained = project.train();
  CHECK(fitting(project, trained).why == "there is no evaluation of this model");
  const EvaluateResult evaluated = project.evaluate();
  REQUIRE(fitting(project, trained).record);
  CHECK(fitting(project, trained).record->id == evaluated.record.id);

  project.edit("name: Ana Ruiz", "name: Bo Lind");
  CHECK(fitting(project, trained).record);
  const std::string yaml = project.read("mlp.yaml");
  const std::string start = "evaluation " + evaluated.record.id.brief() + " is no evidence: ";
  const std::vector<std::array<std::string, 3>> changes = {
      {"bootstrap: 100", "bootstrap: 101", "the section 'evaluation' of mlp.yaml was changed since"},
      {"seed: 0, test: 0.3", "seed: 1, test: 0.3", "data.split was changed since"},
      {"region: {protected: true}", "region: {role: ignore}",
       "the section 'data' of mlp.yaml was changed since"}};
  for (const auto& [from, to, why] : changes) {
    project.write("mlp.yaml", yaml);
    project.edit(from, to);
    CHECK_FALSE(fitting(project, trained).record);
    CHECK(fitting(project, trained).why == start + why);
  }
  project.write("mlp.yaml", yaml);
  project.write("data/june.csv", test::customers(80, 1001));
  static_cast<void>(project.evaluate("", "data/june.csv")); // other data are no evidence, and hide none
  CHECK(fitting(project, trained).record->id == evaluated.record.id);
}

TEST_CASE("evaluate: by file, the test file is judged and its rows count as the test part") {
  OpenedProject project(test::replaced(test::project_yaml(), "{by: hash, seed: 0, test: 0.3, valid: 0.2}",
                                       "{by: file, test: data/test.csv, valid: 0.2}"));
  project.write("data/test.csv", test::customers(120, 1001));
  const TrainResult trained = project.train();
  CHECK(trained.split.test == 120);
  const EvaluateResult result = project.evaluate();
  CHECK(result.part == "test");
  CHECK(result.evaluation.n == 120);
  CHECK(result.dataset == sha256(project.read("data/test.csv")));
  CHECK(fitting(project, trained).record);
}

} // namespace mlp::workflow
