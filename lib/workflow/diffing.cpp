#include "base/error.hpp"
#include "workflow/listing.hpp"
#include "workflow/outside_predictions.hpp"
#include "workflow/paired_evaluations.hpp"

#include <set>

namespace mlp::workflow {
namespace {

/// The run and the newest evaluation behind a REF.
struct Side {
  std::string title;
  Reference model;
  bool is_model = false; ///< the REF names a model, not one of its records
  bool is_evaluation = false;
  Json run;
  Json evaluation; ///< null where there is none
};

Side side_of(Workspace& workspace, const std::string& text) {
  const Reference reference = resolve(workspace, text);
  const bool is_record = reference.kind == Reference::Kind::record;
  const bool is_evaluation = is_record && reference.entry->kind == "evaluation";
  if (reference.kind == Reference::Kind::dataset ||
      (is_record && !is_evaluation && reference.entry->model.empty())) {
    throw Error(ErrorCode::not_found, "'{}' is neither a run, nor a model, nor an evaluation", text)
        .hint("`mlp log --kind run` lists the runs");
  }
  Side side;
  side.is_evaluation = is_evaluation;
  const std::string model = reference.entry->model;
  if (is_evaluation && model.empty()) { // of predictions that no model made here
    side.evaluation = workspace.ledger().read(reference.entry->id).body;
    side.title = fmt::format("evaluation {} (predictions {})", reference.entry->id.brief(),
                             side.evaluation["name"].string_or());
    return side;
  }
  const bool is_run = reference.entry->kind == "run";
  const ledger::Record run =
      is_run ? workspace.ledger().read(reference.entry->id) : run_of(workspace, *ContentId::from_hex(model));
  side.run = run.body;
  side.is_model = reference.kind == Reference::Kind::model;
  side.model = {Reference::Kind::model, *ContentId::from_hex(model), run.body["name"].string_or(),
                std::nullopt};
  if (is_evaluation) {
    side.evaluation = workspace.ledger().read(reference.entry->id).body;
  } else {
    for (const ledger::Entry& entry : workspace.ledger().entries()) {
      if (entry.kind == "evaluation" && entry.model == model && measured_a_model(entry)) {
        side.evaluation = workspace.ledger().read(entry.id).body;
      }
    }
  }
  side.title = is_evaluation ? fmt::format("evaluation {} ({} {})", reference.entry->id.brief(),
                                           side.evaluation["name"].string_or(), model.substr(0, 7))
                             : fmt::format("run {} ({} {})", run.id.brief(), run.body["name"].string_or(),
                                           model.substr(0, 7));
  return side;
}

void compare(std::vector<report::DiffLine>& out, const std::string& area, const std::string& name,
             const Json& left, const Json& right) {
  if (left != right) {
    out.push_back({area, name, left, right});
  }
}

/// Every member that either side has; nested mappings as dotted names.
void compare_members(std::vector<report::DiffLine>& out, const std::string& area, const std::string& prefix,
                     const Json& left, const Json& right) {
  std::set<std::string> names;
  for (const Json* side : {&left, &right}) {
    if (side->is_object()) {
      for (const auto& [name, value] : side->as_object()) {
        names.insert(name);
      }
    }
  }
  for (const std::string& name : names) {
    if (left[name].is_object() || right[name].is_object()) {
      compare_members(out, area, prefix + name + ".", left[name], right[name]);
    } else {
      compare(out, area, prefix + name, left[name], right[name]);
    }
  }
}

Json metric_values(const Json& evaluation) {
  Json values = Json::object();
  if (evaluation["metrics"].is_array()) {
    for (const Json& metric : evaluation["metrics"].as_array()) {
      values[metric["name"].as_string()] = metric["value"];
    }
  }
  return values;
}

} // namespace

DiffResult diff(Workspace& workspace, const std::string& left, const std::string& right) {
  const Side a = side_of(workspace, left);
  const Side b = side_of(workspace, right);
  DiffResult result{a.title, b.title, {}, std::nullopt, ""};
  auto& out = result.differences;
  compare(out, "model", "id", a.run["model"], b.run["model"]);
  compare(out, "data", "dataset", a.run["dataset"], b.run["dataset"]);
  for (const char* name : {"rows", "columns"}) {
    compare(out, "data", name, a.run[name], b.run[name]);
  }
  compare_members(out, "data", "split.", a.run["split"], b.run["split"]);
  compare_members(out, "data", "sections.", Json::object({{"data", a.run["sections"]["data"]}}),
                  Json::object({{"data", b.run["sections"]["data"]}}));
  for (const char* name : {"commit", "tree", "clean", "snapshot"}) {
    compare(out, "code", name, a.run["code"][name], b.run["code"][name]);
  }
  compare_members(out, "parameters", "", a.run["params"], b.run["params"]);
  for (const char* name : {"rounds", "best_round", "seed", "trainer"}) {
    compare(out, "parameters", name, a.run[name], b.run[name]);
  }
  compare_members(out, "environment", "", a.run["environment"], b.run["environment"]);
  compare_members(
      out, "metrics", "valid ",
      Json::object({{a.run["valid_metric"]["name"].string_or("metric"), a.run["valid_metric"]["value"]}}),
      Json::object({{b.run["valid_metric"]["name"].string_or("metric"), b.run["valid_metric"]["value"]}}));
  compare_members(out, "metrics", "", metric_values(a.evaluation), metric_values(b.evaluation));
  if (a.is_model && b.is_model) {
    result.comparison = compare_models(workspace, a.model, b.model, result.why_no_comparison);
  } else if (a.is_evaluation && b.is_evaluation) {
    result.comparison = compare_evaluations(workspace, a.evaluation, b.evaluation, result.why_no_comparison);
  }
  return result;
}

} // namespace mlp::workflow
