#include "workflow/outside_predictions.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/checking.hpp"
#include "workflow/evidence.hpp"
#include "workflow/listing.hpp"
#include "workflow/tracing.hpp"
#include "workflow/using.hpp"

namespace mlp::workflow {
namespace {

using test::check_named;
using test::error_of;
using test::OpenedProject;

/// The kinds of project that predictions differ in.
std::string multiclass_yaml() {
  std::string yaml = test::replaced(test::project_yaml(), "  positive: \"Yes\"\n", "");
  yaml = test::replaced(yaml, "target: churn", "target: contract");
  yaml = test::replaced(yaml, "task: binary", "task: multiclass");
  yaml = test::replaced(yaml, "  decision: {threshold: 0.5}\n", "");
  return test::replaced(yaml, "[roc_auc, log_loss, recall]", "[log_loss, accuracy]");
}
std::string regression_yaml() {
  std::string yaml = test::replaced(multiclass_yaml(), "target: contract", "target: charge");
  yaml = test::replaced(yaml, "task: multiclass", "task: regression");
  return test::replaced(yaml, "[log_loss, accuracy]", "[rmse, mae]");
}

void predict(OpenedProject& project, const std::string& input, const std::string& output) {
  auto workspace = project.open();
  static_cast<void>(mlp::workflow::predict(
      workspace, {.model = {}, .input = input, .output = output, .on_invalid = {}}, [](std::string_view) {}));
}

EvaluateResult judge(OpenedProject& project, EvaluateRequest request) {
  auto workspace = project.open();
  return evaluate(workspace, request);
}

std::string refusal(OpenedProject& project, const EvaluateRequest& request) {
  const Error error = error_of([&] { static_cast<void>(judge(project, request)); });
  CHECK_FALSE(error.hints().empty());
  return error.what();
}

const metrics::MetricValue& metric(const EvaluateResult& result, std::string_view name) {
  REQUIRE(result.evaluation.find(name) != nullptr);
  return *result.evaluation.find(name);
}

} // namespace

TEST_CASE("eval --predictions: what `mlp predict` wrote is worth exactly what the model is, in every task") {
  for (const std::string& yaml : {test::project_yaml(), multiclass_yaml(), regression_yaml()}) {
    OpenedProject project(yaml);
    static_cast<void>(project.train());
    const EvaluateResult own = project.evaluate();
    predict(project, "data/churn.csv", "p.csv");
    for (const std::string model : {"", "churn"}) {
      const EvaluateResult given = judge(project, {.model = model, .predictions = "p.csv"});
      CAPTURE(own.evaluation.primary);
      for (const metrics::MetricValue& value : own.evaluation.metrics) {
        CAPTURE(value.name);
        const auto* info = metrics::find_metric(own.evaluation.task, value.name);
        const metrics::MetricValue& same = *given.evaluation.find(value.name);
        if (!model.empty() || info == nullptr || info->from_rows) {
          CHECK(metrics::to_json(same) == metrics::to_json(value));
        } else { // a file alone does not know the model's features and intervals
          CHECK(same.status == metrics::Status::undefined);
        }
      }
      CHECK(given.document["metrics"].size() == own.document["metrics"].size());
      CHECK(given.document["baselines"] == own.document["baselines"]);
      CHECK(given.document["confusion"] == own.document["confusion"]);
      CHECK(given.document["predictions"] == own.document["predictions"]);
      CHECK(given.predictions->outside == 400 - own.evaluation.n);
      CHECK(given.predictions->matched_by == "id");
      CHECK(given.test_set_use == (model.empty() ? 2 : 3)); // each is a look
    }
  }
}

TEST_CASE("eval --predictions: without a model the file is what was judged, and no model's record changes") {
  OpenedProject project;
  static_cast<void>(project.train());
  predict(project, "data/churn.csv", "rules.csv");
  const EvaluateResult given = judge(project, {.predictions = "rules.csv"});
  CHECK(given.name == "rules");
  CHECK(given.model == sha256(project.read("rules.csv")));
  CHECK(given.next_stage.empty());
  const Json& record = given.record.body;
  CHECK(record["model"].is_null());
  CHECK(record["name"] == "rules");
  CHECK(record["predictions_file"]["object"] == given.model.hex());
  CHECK(record["predictions_file"]["path"] == "rules.csv");
  auto workspace = project.open();
  CHECK(workspace.store().get(given.model) == project.read("rules.csv"));
  CHECK(summary_of(record).starts_with("evaluated predictions rules " + given.model.brief() +
                                       " on test of churn"));
  CHECK(audit(workspace, "").findings.empty());
  const LineageNode sources = lineage(workspace, given.record.id.hex(), Direction::up);
  REQUIRE(sources.links.size() == 2);
  CHECK(sources.links[0].kind == "predictions");
  CHECK(sources.links[0].id == given.model.hex());
  CHECK(sources.links[1].kind == "dataset");
}

TEST_CASE("eval --predictions: a project without any model can judge them, under a name of its own") {
  OpenedProject project;
  std::string text = "row,prediction,probability\n";
  for (int row = 1; row <= 400; ++row) {
    text += fmt::format("{},Yes,0.75\n", row);
  }
  project.write("guess.csv", text);
  const EvaluateResult given = judge(project, {.predictions = "guess.csv", .name = "always"});
  CHECK(given.name == "always");
  CHECK(*metric(given, "recall").value == 1.0);
  CHECK(*metric(given, "roc_auc").value == 0.5); // all scores are the same
  CHECK(check_named(given, "prediction_unlike_probability").status == CheckStatus::pass);
}

TEST_CASE(
    "eval --predictions: a file is no evidence for a promotion, unless the model predicts the very same") {
  OpenedProject project;
  const TrainResult trained = project.train();
  predict(project, "data/churn.csv", "p.csv");
  std::string better = "row,probability\n"; // the truth itself: sample_project.hpp says who leaves
  for (int id = 1; id <= 400; ++id) {
    const bool leaves = (id * 37 % 72 < 30 && id * 7 % 3 < 2) != (id * 13 % 10 == 0);
    better += fmt::format("{},{}\n", id, leaves ? 1 : 0);
  }
  project.write("better.csv", better);
  const EvaluateResult forged = judge(project, {.model = "churn", .predictions = "better.csv"});
  CHECK(*metric(forged, "roc_auc").value == 1.0);
  CHECK(forged.model == trained.model);
  CHECK(check_named(forged, "predictions_unlike_model").status == CheckStatus::warn);
  CHECK(forged.next_stage.empty());
  const auto fitting = [&] {
    auto workspace = project.open();
    return fitting_evaluation(workspace, trained.run, workspace.project());
  };
  CHECK_FALSE(fitting().record.has_value());
  CHECK(fitting().why.find("a file of predictions that the model itself does not make") != std::string::npos);
  CHECK_FALSE(project.promote("staging").verdict.allowed);

  const EvaluateResult same = judge(project, {.model = "churn", .predictions = "p.csv"});
  CHECK(check_named(same, "predictions_unlike_model").status == CheckStatus::pass);
  CHECK(same.predictions->reproduced());
  CHECK(fitting().record->id == same.record.id);
  CHECK(project.promote("staging").verdict.allowed);
}

TEST_CASE(
    "eval --predictions: what a file says of a model neither counts as its evaluation nor as its metric") {
  OpenedProject project;
  static_cast<void>(project.train());
  std::string text = "row,probability\n";
  for (int row = 1; row <= 400; ++row) {
    text += fmt::format("{},0.5\n", row);
  }
  project.write("other.csv", text);
  static_cast<void>(judge(project, {.model = "churn", .predictions = "other.csv"}));
  auto workspace = project.open();
  CHECK_FALSE(status(workspace).last_evaluated);
}

TEST_CASE(
    "eval --predictions: labels alone have a confusion matrix, and no metric that needs a probability") {
  OpenedProject project;
  static_cast<void>(project.train());
  const EvaluateResult own = project.evaluate();
  predict(project, "data/churn.csv", "p.csv");
  std::string labels;
  std::string line;
  for (const char c : project.read("p.csv")) { // without its last column
    line += c;
    if (c == '\n') {
      labels += line.substr(0, line.rfind(',')) + "\n";
      line.clear();
    }
  }
  project.write("labels.csv", labels);
  const EvaluateResult given = judge(project, {.predictions = "labels.csv"});
  CHECK(given.document["confusion"] == own.document["confusion"]);
  CHECK(*metric(given, "recall").value == *metric(own, "recall").value);
  CHECK(*metric(given, "recall").lower == *metric(own, "recall").lower);
  CHECK(metric(given, "roc_auc").status == metrics::Status::undefined);
  CHECK(metric(given, "roc_auc").why == "the predictions are labels without probabilities");
  CHECK(metric(given, "skill_vs_dummy").status == metrics::Status::undefined);
  for (const evaluation::SliceResult& slice : given.evaluation.slices) {
    CHECK(slice.metrics.front().status == metrics::Status::undefined); // roc_auc
  }
  CHECK(given.document["threshold"].is_null());
  CHECK(given.record.body["primary"]["value"].is_null());
}

TEST_CASE("eval --predictions: a subset is judged as far as it goes, and what is left out is counted") {
  OpenedProject project;
  static_cast<void>(project.train());
  const std::int64_t n = project.evaluate().evaluation.n;
  predict(project, "data/churn.csv", "p.csv");
  const std::string all = project.read("p.csv");
  const std::string half = all.substr(0, all.find("\n200,") + 1); // rows 1 to 199
  project.write("half.csv", half);
  const EvaluateResult given = judge(project, {.predictions = "half.csv"});
  CHECK(given.evaluation.n < n);
  CHECK(given.predictions->not_predicted == n - given.evaluation.n);
  CHECK(given.predictions->outside == 199 - given.evaluation.n);
  CHECK(check_named(given, "rows_not_predicted").status == CheckStatus::warn);
  CHECK(*check_named(given, "rows_not_predicted").observed == static_cast<double>(n - given.evaluation.n));
}

TEST_CASE("eval --predictions --data: other labelled data are judged whole, by the ids they have") {
  OpenedProject project;
  static_cast<void>(project.train());
  project.write("data/june.csv", test::customers(80, 1001));
  const EvaluateResult own = project.evaluate("", "data/june.csv");
  predict(project, "data/june.csv", "june_p.csv");
  const EvaluateResult given = judge(project, {.data = "data/june.csv", .predictions = "june_p.csv"});
  CHECK(given.part == "all");
  CHECK(given.evaluation.n == 80);
  CHECK(given.document["metrics"] == own.document["metrics"]);
  CHECK(refusal(project, {.predictions = "june_p.csv"}).starts_with("'june_p.csv' row 1: churn "));
}

TEST_CASE("eval --predictions: rows that the split trains on are not judged, whoever predicts them") {
  OpenedProject project;
  const TrainResult trained = project.train();
  const EvaluateResult own = project.evaluate("", "data/churn.csv");
  CHECK(own.excluded == trained.split.train + trained.split.valid);
  predict(project, "data/churn.csv", "p.csv");
  const EvaluateResult given = judge(project, {.data = "data/churn.csv", .predictions = "p.csv"});
  CHECK(given.excluded == own.excluded);
  CHECK(given.document["metrics"] == own.document["metrics"]);
}

TEST_CASE("eval --predictions: files that cannot be read are refused, and nothing is recorded") {
  OpenedProject project;
  CHECK(refusal(project, {.predictions = "none.csv"}) == "the predictions 'none.csv' do not exist");
  CHECK(refusal(project, {.predictions = "data"}) == "'data' is a folder, not a file of predictions");
  project.write("bad.csv", "row,probability\n1,0.5\n2,1.5\n");
  CHECK(refusal(project, {.predictions = "bad.csv"}) ==
        "'bad.csv' row 2: 'probability' is 1.5, not in [0, 1]");
  CHECK(
      refusal(project, {.predictions = {}, .name = "x"}).starts_with("--name names predictions from a file"));
  CHECK(project.records() == 0);
}

} // namespace mlp::workflow
