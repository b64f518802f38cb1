#include "workflow/evaluating.hpp"

#include "base/error.hpp"
#include "workflow/evidence.hpp"
#include "workflow/fairness.hpp"
#include "workflow/policy_source.hpp"
#include "workflow/stage_state.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

constexpr std::int64_t k_few_rows = 100; // policy.yaml's default min_n

std::vector<Check> checks_of(const TestRows& test, std::int64_t looks) {
  std::vector<Check> checks;
  const auto n = static_cast<std::int64_t>(test.rows.size());
  Check overlap{
      "train_overlap", CheckStatus::pass, static_cast<double>(test.excluded), 0.0, n + test.excluded, "", ""};
  if (test.excluded > 0) {
    overlap.status = CheckStatus::warn;
    overlap.why =
        fmt::format("{} rows are the same as rows the model was trained on: not scored", test.excluded);
  }
  checks.push_back(overlap);
  Check target{"rows_without_target",
               CheckStatus::pass,
               static_cast<double>(test.dropped),
               0.0,
               n + test.dropped,
               "",
               ""};
  if (test.dropped > 0) {
    target.status = CheckStatus::warn;
    target.why = fmt::format("{} rows have no target: not scored", test.dropped);
  }
  checks.push_back(target);
  Check few{"few_rows", CheckStatus::pass, static_cast<double>(n), static_cast<double>(k_few_rows), n, "",
            ""};
  if (n < k_few_rows) {
    few.status = CheckStatus::warn;
    few.why = fmt::format("{} rows say little: look at the intervals", n);
  }
  checks.push_back(few);
  if (looks > 0) {
    checks.push_back({"test_set_use", CheckStatus::pass, static_cast<double>(looks), std::nullopt, n,
                      looks > 1 ? fmt::format("look {} at this test part: each one wears it out", looks) : "",
                      ""});
  }
  return checks;
}

/// Slices of more values than a table can show were cut to the largest: that is said.
void note_pooled_slices(const std::vector<evaluation::Slice>& slices, std::vector<std::string>& notes) {
  for (const evaluation::Slice& slice : slices) {
    if (slice.pooled) {
      notes.push_back(fmt::format("more than {} slices: the largest are shown, the rest is {}",
                                  evaluation::k_most_slices, slice.label));
    }
  }
}

/// What needs more than scores: groups of protected columns, and where the model is weak.
void judge_groups(Workspace& workspace, const LoadedModel& model, const TestRows& test,
                  const evaluation::Scored& scored, EvaluateResult& result) {
  const config::Project& project = workspace.project();
  const Context& context = workspace.context();
  const model::Predictor predictor(model.artifact, workspace.xgboost(), context.threads);
  result.fairness = fairness_report(
      workspace, project, scored, test.table, test.rows,
      [&](const dataset::Table& table, const auto& rows) { return predictor.scores(table, rows); });
  result.weak_slices = evaluation::find_weak_slices(scored, test.table, test.rows, project,
                                                    {context.threads, &context.progress, &context.interrupt});
}

Json document_of(const EvaluateResult& result, const TestRows& test, const LoadedModel& model,
                 const ContentId& predictions, const config::Project& project) {
  Json document = evaluation::to_json(result.evaluation);
  document["fairness"] = result.fairness.attributes.empty() ? Json() : to_json(result.fairness);
  document["weak_slices"] = to_json(result.weak_slices);
  document["schema"] = "mlp.evaluation/1";
  document["model"] = result.model.hex();
  document["name"] = result.name;
  document["run"] = model.run.id.hex();
  document["dataset"] = result.dataset.hex();
  document["dataset_name"] = result.dataset_name;
  document["part"] = result.part;
  document["split"] = test.split.hex();
  document["sections"] = section_hashes(project);
  document["metrics_version"] = Json(metrics::k_metrics_version);
  document["excluded"] = result.excluded;
  document["dropped"] = result.dropped;
  document["test_set_use"] = result.test_set_use;
  document["predictions"] = predictions.hex();
  document["seed"] = project.evaluation.seed;
  Json checks = Json::array();
  for (const Check& check : result.checks) {
    checks.push_back(to_json(check));
  }
  document["checks"] = std::move(checks);
  return document;
}

/// The record keeps the overall values; slices and baselines in full are in the document object.
Json record_of(const Json& document, const EvaluateResult& result, const ContentId& document_id,
               const git::CodeState& code) {
  Json body = document;
  body.erase("schema");
  body.erase("baselines");
  body.erase("fairness");
  body.erase("weak_slices");
  body.erase("confusion");
  Json overall = Json::array();
  for (const metrics::MetricValue& value : result.evaluation.metrics) {
    overall.push_back(metrics::to_json(value));
  }
  body["metrics"] = std::move(overall);
  body["document"] = document_id.hex();
  const metrics::MetricValue* primary = result.evaluation.find(result.evaluation.primary);
  body["primary"] =
      Json::object({{"name", primary->name},
                    {"value", primary->value},
                    {"ci", primary->lower ? Json::array({*primary->lower, *primary->upper}) : Json()}});
  body["headline"] = Json::object({{"metric", primary->name}, {"value", primary->value}});
  body["code"] = Json::object({{"commit", code.commit}, {"tree", code.tree}, {"clean", code.clean}});
  return body;
}

std::string stage_to_try(Workspace& workspace, const std::string& model) {
  const policy::Stages state = stage_state(workspace);
  for (const std::string& stage : stage_names(workspace)) {
    const policy::Tenure* holder = state.holder_of(stage);
    if (holder == nullptr || holder->model != model) {
      return stage;
    }
  }
  return "";
}

} // namespace

EvaluateResult evaluate(Workspace& workspace, const EvaluateRequest& request) {
  const config::Project& project = workspace.project();
  const LoadedModel model = load_model(
      workspace, request.model.empty() ? newest_model(workspace) : resolve_model(workspace, request.model));
  const TestRows test = test_rows(workspace, project, {&model}, request.data);

  EvaluateResult result;
  result.name = model.reference.name;
  result.model = model.reference.id;
  result.dataset = test.dataset;
  result.dataset_name = test.dataset_name;
  result.part = test.part;
  result.excluded = test.excluded;
  result.dropped = test.dropped;

  evaluation::Scored scored;
  scored.task = model.artifact.task;
  scored.classes = model.artifact.classes;
  scored.threshold = model.artifact.threshold;
  scored.target = test.target;
  scored.weights = test.weights;
  scored.model = score(workspace, model, test);
  BaselineScores baselines = baseline_scores(workspace, project, model, test);
  scored.dummy = std::move(baselines.dummy);
  scored.simple = std::move(baselines.simple);
  if (!baselines.note.empty()) {
    result.notes.push_back("no simple model beside it: " + baselines.note);
  }
  workspace.context().interrupt.check();
  const auto slices = evaluation::slices_of(test.table, test.rows, project);
  const Context& context = workspace.context();
  result.evaluation =
      evaluation::evaluate(scored, slices, project, {context.threads, &context.progress, &context.interrupt});
  if (test.part == "test") {
    result.test_set_use = test_set_use(workspace, test.dataset.hex(), test.split.hex()) + 1;
  }
  result.checks = checks_of(test, result.test_set_use);
  note_pooled_slices(slices, result.notes);
  judge_groups(workspace, model, test, scored, result);
  for (Check& check : evaluation::checks_of(result.fairness)) {
    result.checks.push_back(std::move(check));
  }

  const ContentId predictions = store_scores(workspace, model, test, scored.model);
  result.document = document_of(result, test, model, predictions, project);
  const ContentId document_id = workspace.store().put(result.document.dump());
  workspace.context().interrupt.check();
  result.record = workspace.record(
      "evaluation", record_of(result.document, result, document_id, workspace.repository().code_state()));
  result.document["evaluation"] = result.record.id.hex();
  result.next_stage = stage_to_try(workspace, result.model.hex());
  return result;
}

} // namespace mlp::workflow
