#include "workflow/evaluating.hpp"

#include "base/error.hpp"
#include "evaluation/dependence.hpp"
#include "evaluation/label_metrics.hpp"
#include "workflow/champion.hpp"
#include "workflow/evaluation_document.hpp"
#include "workflow/evidence.hpp"
#include "workflow/fairness.hpp"
#include "workflow/model_checks.hpp"
#include "workflow/policy_source.hpp"
#include "workflow/relying.hpp"
#include "workflow/scorer.hpp"
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
  } else if (test.alike > 0) {
    overlap.why = fmt::format("{} other cases look the same as rows the model was trained on: scored; "
                              "duplicates_across_split says whether they are more than chance makes",
                              test.alike);
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
    target.why = fmt::format("{} rows have no target{}: not scored", test.dropped,
                             test.query.empty() ? "" : " or no query");
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

/// A property of the data, and no fault: it never warns.
Check check_of(const evaluation::QueryCounts& queries) {
  Check check{"queries_without_relevant",
              CheckStatus::pass,
              static_cast<double>(queries.without_relevant),
              std::nullopt,
              queries.n,
              "",
              ""};
  if (queries.without_relevant > 0) {
    check.why = fmt::format("{} of {} queries have no relevant row: left out of every metric",
                            queries.without_relevant, queries.n);
  }
  return check;
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

/// Predictions from a file may be labels without scores.
bool has_labels_only(const EvaluateResult& result) {
  return result.predictions && result.predictions->labels_only;
}

/// What needs more than scores: groups of protected columns, and where the model is weak.
void judge_groups(Workspace& workspace, const LoadedModel& model, const TestRows& test,
                  const evaluation::Scored& scored, EvaluateResult& result) {
  const config::Project& project = workspace.project();
  const Context& context = workspace.context();
  ScoreTable score_table; // a file cannot be asked about other values
  std::optional<Scorer> scorer;
  if (!result.predictions) {
    scorer.emplace(workspace, model.artifact);
    score_table = [&](const dataset::Table& table, const auto& rows) { return scorer->scores(table, rows); };
  }
  result.fairness = fairness_report(workspace, project, scored, test.table, test.rows, score_table);
  result.weak_slices = evaluation::find_weak_slices(scored, test.table, test.rows, project,
                                                    {context.threads, &context.progress, &context.interrupt});
}

/// Sets that hold the truth are made from the validation rows of a model, so predictions from elsewhere have
/// none.
std::optional<evaluation::ValidationScores> validation_of(Workspace& workspace, const LoadedModel& model,
                                                          const TestRows& test, EvaluateResult& result) {
  std::string note;
  std::optional<evaluation::ValidationScores> validation;
  const bool is_of_model = !result.predictions || result.predictions->reproduced();
  if (is_of_model && model.artifact.task != Task::ranking) {
    validation = validation_scores(workspace, workspace.project(), model, test, note);
  }
  if (!note.empty()) {
    result.notes.push_back(note);
  }
  return validation;
}

/// What single predictions are good for.
void judge_reliance(Workspace& workspace, const evaluation::Scored& scored,
                    const std::vector<evaluation::Slice>& slices,
                    const std::optional<evaluation::ValidationScores>& validation, EvaluateResult& result) {
  const Context& context = workspace.context();
  result.reliance = evaluation::reliance(scored, slices, validation, workspace.project(),
                                         {context.threads, &context.progress, &context.interrupt});
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

/// The model that is measured, or what stands in for it where a file of predictions comes without one.
LoadedModel judged(Workspace& workspace, const config::Project& project, const EvaluateRequest& request) {
  if (!request.name.empty() && request.predictions.empty()) {
    throw Error(ErrorCode::usage, "--name names predictions from a file, and there is no --predictions")
        .hint("run `mlp eval --predictions FILE --name NAME`");
  }
  require_short("name", request.name);
  if (!request.predictions.empty() && request.model.empty()) {
    return stand_in(workspace, project);
  }
  return load_model(workspace, request.model.empty() ? newest_model(workspace)
                                                     : resolve_model(workspace, request.model));
}

/// Who or what is measured, and on which rows.
EvaluateResult start(Workspace& workspace, const EvaluateRequest& request, const LoadedModel& model,
                     TestRows& test) {
  EvaluateResult result;
  result.name = model.reference.name;
  result.model = model.reference.id;
  if (!request.predictions.empty()) {
    const bool of_model = !request.model.empty();
    result.predictions =
        take_predictions(workspace, {request.predictions, request.name, of_model}, model, test);
    result.name = of_model ? result.name : result.predictions->name;
    result.model = of_model ? result.model : result.predictions->object;
  }
  result.dataset = test.dataset;
  result.dataset_name = test.dataset_name;
  result.part = test.part;
  result.excluded = test.excluded;
  result.dropped = test.dropped;
  return result;
}

evaluation::Scored scored_rows(Workspace& workspace, const LoadedModel& model, const TestRows& test,
                               EvaluateResult& result) {
  const config::Project& project = workspace.project();
  evaluation::Scored scored;
  scored.task = model.artifact.task;
  scored.classes = model.artifact.classes;
  scored.threshold = model.artifact.threshold;
  scored.target = test.target;
  scored.weights = test.weights;
  evaluation::set_dependence(scored, test.table, test.rows, project);
  const bool is_of_model = !result.predictions || result.predictions->reproduced();
  scored.features = is_of_model ? model.artifact.features.size() : 0;
  evaluation::set_costs(scored, test.table, test.rows, project);
  scored.model = result.predictions ? result.predictions->scores : score(workspace, model, test);
  if (has_labels_only(result)) {
    scored.threshold = 0.5; // a label is a score of 0 or 1
    scored.labels_only = true;
  }
  BaselineScores baselines = baseline_scores(workspace, project, model, test);
  scored.dummy = std::move(baselines.dummy);
  scored.simple = std::move(baselines.simple);
  scored.stump = std::move(baselines.stump.scores);
  result.stump_question = std::move(baselines.stump.question);
  if (!baselines.note.empty()) {
    result.notes.push_back("no simple model beside it: " + baselines.note);
  }
  return scored;
}

void take_current_rule(Workspace& workspace, const LoadedModel& model, const TestRows& test,
                       const evaluation::Scored& scored, EvaluateResult& result) {
  std::string note;
  result.rule = current_rule(workspace, model.artifact, test, scored, note);
  if (!note.empty()) {
    result.notes.push_back(note);
  }
}

/// Beside what would be instead of any model: the one that is in use now.
void take_champion(Workspace& workspace, const LoadedModel& model, const TestRows& test,
                   EvaluateResult& result) {
  if (result.predictions || test.part != "test") {
    return;
  }
  std::string note;
  if (auto champion = compare_with_champion(workspace, workspace.project(), model, note)) {
    result.evaluation.comparisons.push_back(std::move(*champion));
  } else if (!note.empty()) {
    result.notes.push_back(note);
  }
}

void measure(Workspace& workspace, const LoadedModel& model, const TestRows& test,
             const evaluation::Scored& scored, const std::vector<evaluation::Slice>& slices,
             const std::optional<evaluation::ValidationScores>& validation, EvaluateResult& result) {
  const Context& context = workspace.context();
  const evaluation::Effort effort{context.threads, &context.progress, &context.interrupt};
  take_current_rule(workspace, model, test, scored, result);
  const auto rule = result.rule ? std::optional(result.rule->scores) : std::nullopt;
  result.evaluation = evaluation::evaluate(scored, slices, workspace.project(), effort, rule);
  take_champion(workspace, model, test, result);
  if (has_labels_only(result)) {
    evaluation::keep_label_metrics(result.evaluation);
  }
  result.value = evaluation::decision_value(scored, result.evaluation, rule, workspace.project(), effort);
  if (test.part == "test") {
    result.test_set_use = test_set_use(workspace, test.dataset.hex(), test.split.hex()) + 1;
  }
  result.checks = checks_of(test, result.test_set_use);
  const std::vector<Check> more = result.predictions ? checks_of(*result.predictions, test)
                                                     : model_checks(workspace, model, test, scored);
  result.checks.insert(result.checks.end(), more.begin(), more.end());
  if (result.evaluation.queries) {
    result.checks.push_back(check_of(*result.evaluation.queries));
  }
  if (result.rule) {
    result.checks.push_back(check_of(*result.rule));
  }
  note_pooled_slices(slices, result.notes);
  judge_groups(workspace, model, test, scored, result);
  if (!has_labels_only(result) && scored.task != Task::ranking) {
    judge_reliance(workspace, scored, slices, validation, result);
  }
  for (Check& check : evaluation::checks_of(result.fairness)) {
    result.checks.push_back(std::move(check));
  }
  result.worst = worst_mistakes(test, scored, model.artifact);
}

} // namespace

EvaluateResult evaluate(Workspace& workspace, const EvaluateRequest& request) {
  const config::Project& project = workspace.project();
  const LoadedModel model = judged(workspace, project, request);
  TestRows test = test_rows(workspace, project, {&model}, request.data);
  EvaluateResult result = start(workspace, request, model, test);
  evaluation::Scored scored = scored_rows(workspace, model, test, result);
  const auto validation = validation_of(workspace, model, test, result);
  scored.half_width = evaluation::conformal_half_width(scored, validation);
  workspace.context().interrupt.check();
  const auto slices = evaluation::slices_of(test.table, test.rows, project);
  measure(workspace, model, test, scored, slices, validation, result);

  const ContentId predictions = has_labels_only(result) ? result.predictions->object
                                                        : store_scores(workspace, model, test, scored.model);
  result.document = document_of(result, scored, slices, test, model, project);
  result.document["predictions"] = predictions.hex();
  const ContentId document_id = workspace.store().put(result.document.dump());
  workspace.context().interrupt.check();
  result.record = workspace.record(
      "evaluation", record_of(result.document, result, document_id, workspace.repository().code_state()));
  result.document["evaluation"] = result.record.id.hex();
  if (!result.predictions || result.predictions->reproduced()) {
    result.next_stage = stage_to_try(workspace, result.model.hex());
  }
  return result;
}

} // namespace mlp::workflow
