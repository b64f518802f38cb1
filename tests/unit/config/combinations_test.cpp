#include "unit/config/loaded.hpp"

#include <doctest/doctest.h>

using namespace mlp::config;
using namespace mlp::test;

namespace {

const MetricsByTask k_metrics = {{mlp::Task::binary, {"roc_auc", "log_loss", "recall"}},
                                 {mlp::Task::multiclass, {"accuracy", "log_loss"}},
                                 {mlp::Task::regression, {"rmse", "mae", "r2"}}};

} // namespace

TEST_CASE("a positive class goes with a binary task, and only with it") {
  CHECK(findings_of(project_text("data: {path: a, target: t, positive: x}\nmodel: {task: regression}\n")) ==
        Lines{"positive_without_binary: mlp.yaml:3:28: 'data.positive' does not fit the task regression: "
              "only binary has a "
              "positive class"});
  CHECK(findings_of(project_text("data: {path: a, target: t}\nmodel: {task: binary}\n")) ==
        Lines{"missing_key: mlp.yaml:3:1: 'data.positive' is missing: the value of the target whose "
              "probability is predicted"});
}

TEST_CASE("threshold, costs and class weights go with their tasks") {
  CHECK(findings_of(project_text("data: {path: a, target: t}\n"
                                 "model: {task: regression, class_weight: balanced}\n"
                                 "evaluation: {decision: {threshold: 0.5, costs: {fn: 1}}}\n")) ==
        Lines{"class_weight_without_classes: mlp.yaml:4:27: 'model.class_weight: balanced' does not fit the "
              "task regression",
              "threshold_without_binary: mlp.yaml:5:25: 'evaluation.decision.threshold' does not fit the "
              "task regression",
              "threshold_without_binary: mlp.yaml:5:41: 'evaluation.decision.costs' does not fit the task "
              "regression"});
  CHECK(findings_of(project_text(
            "data: {path: a, target: t}\nmodel: {task: multiclass, class_weight: balanced}\n")) == Lines{});
}

TEST_CASE("the target is no input") {
  CHECK(findings_of(with_data("  columns:\n"
                              "    churn: {role: feature}\n"
                              "    other: {role: target}\n"
                              "  split: {key: [id, churn]}\n")) ==
        Lines{"target_as_input: mlp.yaml:9:13: the target 'churn' cannot have the role feature",
              "invalid_value: mlp.yaml:10:13: 'other' has the role target, but 'data.target' is 'churn'",
              "target_as_input: mlp.yaml:11:11: 'data.split.key' holds the target 'churn'"});
  CHECK(findings_of(with_data("  columns: {churn: {type: category, values: [Yes, No]}}\n")) == Lines{});
}

TEST_CASE("id, time, group and weight are roles of one column each") {
  for (const std::string role : {"id", "time", "group", "weight"}) {
    CHECK(findings_of(with_data("  columns:\n    z: {role: " + role + "}\n    a: {role: " + role + "}\n")) ==
          Lines{"duplicate_role: mlp.yaml:10:9: 'a' has the role " + role + ", which 'z' has already"});
  }
  CHECK(findings_of(with_data("  columns: {a: {role: ignore}, b: {role: ignore}}\n")) == Lines{});
}

TEST_CASE("a calibrator needs classes and a validation part") {
  CHECK(findings_of(
            project_text("data: {path: a, target: t}\nmodel: {task: regression, calibrate: platt}\n")) ==
        Lines{"calibration_without_classes: mlp.yaml:4:27: 'model.calibrate: platt' does not fit the task "
              "regression"});
  CHECK(findings_of(project_text("data: {path: a, target: t, positive: p, split: {valid: 0}}\n"
                                 "model: {task: binary, calibrate: isotonic}\n")) ==
        Lines{"calibration_without_validation: mlp.yaml:4:23: 'model.calibrate: isotonic' needs a validation "
              "part, and 'data.split' leaves it empty"});
  CHECK(findings_of(project_text(
            "data: {path: a, target: t}\nmodel: {task: multiclass, calibrate: platt}\n")) == Lines{});
}

TEST_CASE("early stopping needs a validation part; the default gives way where there is none") {
  const std::string no_valid =
      project_text("data: {path: a, target: t, positive: p, split: {valid: 0}}\nmodel: {task: binary}\n");
  CHECK(findings_of(no_valid) == Lines{});
  CHECK(load_project(no_valid, "f").project.model.early_stopping == 0);
  CHECK(findings_of(project_text("data: {path: a, target: t, positive: p, split: {valid: 0}}\n"
                                 "model: {task: binary, early_stopping: 10}\n")) ==
        Lines{"early_stopping_without_validation: mlp.yaml:4:23: 'model.early_stopping' 10 needs a "
              "validation part, and "
              "'data.split' leaves it empty"});
  CHECK(findings_of(with_data(
            "  columns: {day: {role: time}}\n  split: {by: time, test_from: 2026-01-01}\n")) == Lines{});
}

TEST_CASE("metrics exist, fit the task and stand once") {
  CHECK(
      findings_of(std::string(k_smallest) + "evaluation:\n  metrics: [roc_auc, rmse, recal, ece, roc_auc]\n",
                  k_metrics) ==
      Lines{"metric_task_mismatch: mlp.yaml:7:22: metric 'rmse' does not fit the task binary",
            "unknown_metric: mlp.yaml:7:28: unknown metric 'recal'; did you mean 'recall'?",
            "not_supported: mlp.yaml:7:35: not supported by this version yet: metric 'ece'",
            "duplicate_entry: mlp.yaml:7:40: metric 'roc_auc' stands here again"});
  CHECK(findings_of(std::string(k_smallest) + "evaluation: {metrics: whatever}\n") ==
        Lines{}); // nobody said which exist
}

TEST_CASE(
    "a metric with a parameter has one spelling; another parameter than its own is refused with a hint") {
  const MetricsByTask forms = {{mlp::Task::binary, {"recall", "lift@0.1", "lift@k", "recall@k"}},
                               {mlp::Task::regression, {"pinball@q"}}};
  const auto loaded = load_project(std::string(k_smallest) + "evaluation: {metrics: [lift@10%, lift@025]}\n",
                                   "mlp.yaml", {}, forms);
  CHECK(loaded.findings.empty());
  CHECK(loaded.project.evaluation.metrics == std::vector<std::string>{"lift@0.1", "lift@25"});
  const auto refused = load_project(std::string(k_smallest) +
                                        "evaluation: {metrics: [lift@0, lift@10%, lift@0.1, pinball@5%]}\n",
                                    "mlp.yaml", {}, forms);
  REQUIRE(refused.findings.size() == 3);
  CHECK(refused.findings[0].text() == "mlp.yaml:6:24: unknown metric 'lift@0'");
  CHECK(refused.findings[0].hint ==
        "write `lift@k` with k: rows: how many (100) or which share of them (10%)");
  CHECK(refused.findings[1].rule == "duplicate_entry");
  CHECK(refused.findings[2].rule == "metric_task_mismatch");
}

TEST_CASE("each task has metrics where none are written") {
  const auto metrics = [](const std::string& task) {
    return load_project(project_text("data: {path: a, target: t}\nmodel: {task: " + task + "}\n"), "f")
        .project.evaluation.metrics;
  };
  CHECK(metrics("multiclass") == Lines{"accuracy", "log_loss", "macro_f1"});
  CHECK(metrics("regression") == Lines{"rmse", "mae", "r2"});
  CHECK(metrics("ranking") == Lines{"ndcg@10", "ndcg", "map@10", "mrr"});
}

TEST_CASE("a ranking has a column of role group, by which it is split unless something else is written") {
  const std::string data = "data: {path: a, target: t, columns: {q: {role: group}, i: {role: id}}";
  const std::string model = "}\nmodel: {task: ranking}\n";
  CHECK(findings_of(project_text(data + model)) == Lines{});
  CHECK(load_project(project_text(data + model), "f").project.data.split.key == Lines{"q"});
  CHECK(load_project(project_text(data + "}\nmodel: {task: regression}\n"), "f").project.data.split.key ==
        Lines{"i"});
  const Lines without = findings_of(project_text("data: {path: a, target: t}\nmodel: {task: ranking}\n"));
  REQUIRE(without.size() == 1);
  CHECK(
      without.front().starts_with("missing_key: mlp.yaml:4:9: a ranking needs a column with the role group"));
}

TEST_CASE("a ranking has no threshold, costs, class weights, calibration or positive class") {
  const std::string data = "data: {path: a, target: t, columns: {q: {role: group}}}\n";
  CHECK(findings_of(project_text(data + "model: {task: ranking, class_weight: balanced, calibrate: platt}\n"
                                        "evaluation: {decision: {threshold: 0.4, costs: {fp: 1}}}\n"))
            .size() == 4);
}
