#include "workflow/evaluation_document.hpp"

#include "evaluation/row_errors.hpp"
#include "evaluation/thresholds.hpp"
#include "workflow/evidence.hpp"

namespace mlp::workflow {

Json document_of(const EvaluateResult& result, const evaluation::Scored& scored,
                 const std::vector<evaluation::Slice>& slices, const TestRows& test, const LoadedModel& model,
                 const config::Project& project) {
  Json document = evaluation::to_json(result.evaluation);
  document["fairness"] = result.fairness.attributes.empty() ? Json() : to_json(result.fairness);
  document["current_rule"] = result.rule ? to_json(*result.rule) : Json();
  document["stump"] = result.stump_question.empty() ? Json() : Json(result.stump_question);
  document["value"] = result.value ? to_json(*result.value) : Json();
  document["weak_slices"] = to_json(result.weak_slices);
  if (result.reliance) {
    const Json reliance = evaluation::to_json(*result.reliance, test.rows);
    for (const auto& [name, section] : reliance.as_object()) {
      document[name] = section;
    }
  }
  document["schema"] = "mlp.evaluation/1";
  document["name"] = result.name;
  if (!result.predictions || !model.run.kind.empty()) { // a stand-in is no model, and has no run
    document["model"] = result.model.hex();
    document["run"] = model.run.id.hex();
  } else {
    document["model"] = nullptr;
    document["run"] = nullptr;
  }
  document["dataset"] = result.dataset.hex();
  document["dataset_name"] = result.dataset_name;
  document["part"] = result.part;
  document["split"] = test.split.hex();
  document["sections"] = section_hashes(project);
  document["metrics_version"] = Json(metrics::k_metrics_version);
  document["excluded"] = result.excluded;
  document["dropped"] = result.dropped;
  document["test_set_use"] = result.test_set_use;
  document["seed"] = project.evaluation.seed;
  if (result.predictions) {
    document["predictions_file"] = to_json(*result.predictions);
    if (result.predictions->labels_only) {
      document["threshold"] = nullptr; // the labels were made by somebody else's
    }
  }
  Json checks = Json::array();
  for (const Check& check : result.checks) {
    checks.push_back(to_json(check));
  }
  document["checks"] = std::move(checks);
  const bool has_scores = !result.predictions || !result.predictions->labels_only;
  document["thresholds"] = scored.task == Task::binary && has_scores
                               ? evaluation::to_json(evaluation::threshold_counts(scored, slices))
                               : Json();
  document["error_bins"] =
      scored.task == Task::regression
          ? evaluation::to_json(evaluation::error_bins(scored, project.evaluation.confidence))
          : Json();
  return document;
}

Json record_of(const Json& document, const EvaluateResult& result, const ContentId& document_id,
               const git::CodeState& code) {
  Json body = document;
  body.erase("schema");
  body.erase("baselines");
  body.erase("comparisons");
  body.erase("stump");
  body.erase("fairness");
  body.erase("value");
  body.erase("weak_slices");
  body.erase("confusion");
  body.erase("thresholds");
  body.erase("calibration");
  body.erase("conformal");
  body.erase("abstention");
  body.erase("error_bins");
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
  if (result.predictions && !result.predictions->reproduced()) {
    body["headline"]["of"] = "predictions";
  }
  body["code"] = Json::object({{"commit", code.commit}, {"tree", code.tree}, {"clean", code.clean}});
  return body;
}

} // namespace mlp::workflow
