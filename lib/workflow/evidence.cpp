#include "workflow/evidence.hpp"

#include "dataset/split.hpp"
#include "metrics/metric.hpp"

namespace mlp::workflow {
namespace {

/// What keeps an evaluation from being evidence; empty where it fits.
std::string stale_because(const Json& body, const std::string& dataset, const std::string& split,
                          const Json& sections) {
  if (body["predictions_file"].is_object() && !body["predictions_file"]["reproduced"].bool_or(false)) {
    return "it measured a file of predictions that the model itself does not make";
  }
  if (body["part"].string_or() != "test" || body["dataset"].string_or() != dataset) {
    return "it was made on other data than the model's test part";
  }
  if (body["split"].string_or() != split) {
    return "data.split was changed since";
  }
  for (const char* section : {"data", "evaluation"}) {
    if (body["sections"][section].string_or() != sections[section].string_or()) {
      return std::string("the section '") + section + "' of mlp.yaml was changed since";
    }
  }
  if (body["metrics_version"].integer_or(0) != metrics::k_metrics_version) {
    return "it was made by another version of the metrics";
  }
  return "";
}

} // namespace

Json section_hashes(const config::Project& project) {
  return Json::object({{"data", sha256(project.data_section.dump()).hex()},
                       {"evaluation", sha256(project.evaluation_section.dump()).hex()},
                       {"model", sha256(project.model_section.dump()).hex()}});
}

std::int64_t test_set_use(Workspace& workspace, const std::string& dataset, const std::string& split) {
  std::int64_t looks = 0;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.dataset != dataset || (entry.kind != "evaluation" && entry.kind != "observation")) {
      continue;
    }
    const Json body = workspace.ledger().read(entry.id).body;
    const bool look = entry.kind == "observation" ? body["what"].string_or() == "dry_run"
                                                  : body["part"].string_or() == "test";
    looks += look && body["split"].string_or() == split ? 1 : 0;
  }
  return looks;
}

FittingEvaluation fitting_evaluation(Workspace& workspace, const ledger::Record& run,
                                     const config::Project& project) {
  const std::string model = run.body["model"].as_string();
  const Json& file = run.body["test_file"]["dataset"];
  const std::string dataset = file.is_null() ? run.body["dataset"].as_string() : file.as_string();
  const std::string split = dataset::split_id(project).hex();
  const Json sections = section_hashes(project);
  FittingEvaluation result;
  result.why = "there is no evaluation of this model";
  const auto& entries = workspace.ledger().entries();
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->kind != "evaluation" || entry->model != model) {
      continue;
    }
    ledger::Record record = workspace.ledger().read(entry->id);
    const std::string why = stale_because(record.body, dataset, split, sections);
    if (why.empty()) {
      result.record = std::move(record);
      result.why.clear();
      return result;
    }
    result.why = "evaluation " + record.id.brief() + " is no evidence: " + why;
  }
  return result;
}

} // namespace mlp::workflow
