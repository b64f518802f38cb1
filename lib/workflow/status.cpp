#include "base/error.hpp"
#include "policy/policy.hpp"
#include "workflow/checking.hpp"
#include "workflow/outside_predictions.hpp"
#include "workflow/policy_source.hpp"
#include "workflow/stage_state.hpp"
#include "workflow/training.hpp"

namespace mlp::workflow {
namespace {

constexpr const char* k_charter[] = {"product.question", "product.decision", "product.owner"};

/// mlp.yaml as it stands now, with the overrides that the run was made with.
config::Project project_of_run(Workspace& workspace, const ledger::Record& run,
                               const config::Project& project) {
  std::vector<std::string> settings;
  if (run.body["settings"].is_array()) {
    for (const Json& setting : run.body["settings"].as_array()) {
      settings.push_back(setting.as_string());
    }
  }
  return settings.empty() ? project : workspace.project_with(parse_settings(settings));
}

/// Whether the bytes of a path are still the version that the run read.
void take_data_change(Workspace& workspace, const std::string& path, const std::string& read,
                      const std::string& since, StatusResult& result) {
  std::error_code ignored;
  if (!fs::exists(workspace.project_folder() / path, ignored)) {
    result.changed.push_back(fmt::format("data: {} is not here", path));
    return;
  }
  const fs::path full = workspace.project_folder() / path;
  const auto version =
      dataset::version_of(full, path, &workspace.hash_cache(full), workspace.context().now_ns(),
                          &workspace.context().progress, &workspace.context().interrupt);
  if (version.id.hex() != read) {
    result.changed.push_back(fmt::format("data: {} changed {}", path, since));
  }
}

void take_changes(Workspace& workspace, const config::Project& project, const ledger::Record& run,
                  StatusResult& result) {
  const git::CodeState code = workspace.repository().code_state();
  const std::string since = fmt::format("since run {}", run.id.brief());
  if (!code.clean) {
    result.changed.push_back(
        fmt::format("code: {} tracked files changed, not committed", code.modified.size()));
  }
  if (code.tree && run.body["code"]["tree"].string_or() != *code.tree) {
    result.changed.push_back(fmt::format("code: HEAD is another tree {}", since));
  }
  for (const char* section : {"data", "model", "evaluation"}) {
    const Json& now = std::string_view(section) == "data"    ? project.data_section
                      : std::string_view(section) == "model" ? project.model_section
                                                             : project.evaluation_section;
    if (run.body["sections"][section].string_or() != sha256(now.dump()).hex()) {
      result.changed.push_back(fmt::format("mlp.yaml: section {} changed {}", section, since));
    }
  }
  if (project.data.paths.size() == 1) {
    take_data_change(workspace, project.data.paths.front(), run.body["dataset"].string_or(), since, result);
  }
  if (project.data.split.by == config::SplitBy::file) {
    take_data_change(workspace, project.data.split.test_file, run.body["test_file"]["dataset"].string_or(),
                     since, result);
  }
}

void take_stages(const std::vector<std::string>& names, const policy::Stages& state, StatusResult& result) {
  for (const std::string& name : names) {
    const policy::Tenure* holder = state.holder_of(name);
    result.stages.push_back(holder == nullptr
                                ? StageLine{name, "", "", ""}
                                : StageLine{name, holder->name, holder->model, format_utc(holder->since)});
  }
  for (const auto& [stage, history] : state.stages) {
    for (const policy::StageConflict& conflict : history.conflicts) {
      result.conflicts.push_back(
          fmt::format("'{}': {} and {} were decided without seeing each other; decide again", stage,
                      conflict.first.substr(0, 7), conflict.second.substr(0, 7)));
    }
  }
}

/// The first stage that the newest model does not hold; empty where it holds all, or is retired.
std::string open_stage(const std::vector<std::string>& names, const policy::Stages& state,
                       const std::string& model) {
  if (state.is_retired(model)) {
    return "";
  }
  for (const std::string& name : names) {
    const policy::Tenure* holder = state.holder_of(name);
    if (holder == nullptr || holder->model != model) {
      return name;
    }
  }
  return "";
}

std::string next_command(const StatusResult& result, const std::string& open, bool retired) {
  if (!result.usable) {
    return "mlp check";
  }
  if (!result.last_run || retired || (!result.changed.empty() && result.last_evaluated)) {
    return "mlp train";
  }
  if (!result.last_evaluated) {
    return "mlp eval";
  }
  if (!open.empty()) {
    return fmt::format("mlp promote --to {}", open);
  }
  return "mlp log";
}

} // namespace

StatusResult status(Workspace& workspace) {
  StatusResult result;
  result.project = workspace.project_path();
  const config::LoadedProject loaded =
      load_any_project(os::read_file(workspace.project_folder() / "mlp.yaml"), "mlp.yaml", {});
  const config::Project& project = loaded.project;
  result.usable = loaded.usable();
  result.name = project.name;
  for (const char* key : k_charter) {
    if (!config::is_filled_in(project, key)) {
      result.charter_missing.emplace_back(key);
    }
  }
  const auto& entries = workspace.ledger().entries();
  result.records = static_cast<std::int64_t>(entries.size());
  result.unreadable = static_cast<std::int64_t>(workspace.ledger().quarantined().size());
  result.unpushed = workspace.ledger().unpublished();
  for (const ledger::Entry& entry : entries) {
    if (entry.project != workspace.project_path()) {
      continue;
    }
    if (entry.kind == "run") {
      result.last_run = entry;
      result.last_model = entry.model;
      result.last_evaluated = false;
    } else if (entry.kind == "evaluation" && entry.model == result.last_model && measured_a_model(entry)) {
      result.last_evaluated = true;
    }
  }
  const policy::Stages state = stage_state(workspace);
  const std::vector<std::string> names = stage_names(workspace);
  take_stages(names, state, result);
  if (result.last_run && result.usable) {
    const ledger::Record run = workspace.ledger().read(result.last_run->id);
    take_changes(workspace, project_of_run(workspace, run, project), run, result);
  }
  const std::string open = open_stage(names, state, result.last_model);
  const bool retired = state.is_retired(result.last_model);
  if (result.last_run && !retired) {
    const std::string model = fmt::format("{} {}", result.last_run->name, result.last_model.substr(0, 7));
    if (!result.last_evaluated) {
      result.waiting.push_back(fmt::format("{} is not evaluated", model));
    } else if (!open.empty()) {
      result.waiting.push_back(fmt::format("{} does not hold {}", model, open));
    }
  }
  result.next = next_command(result, open, retired);
  return result;
}

Json to_json(const StatusResult& result) {
  Json stages = Json::array();
  for (const StageLine& line : result.stages) {
    stages.push_back(Json::object({{"stage", line.stage},
                                   {"name", line.name.empty() ? Json() : Json(line.name)},
                                   {"model", line.model.empty() ? Json() : Json(line.model)},
                                   {"since", line.since.empty() ? Json() : Json(line.since)}}));
  }
  return Json::object({{"schema", "mlp.status/1"},
                       {"name", result.name},
                       {"project", result.project},
                       {"usable", result.usable},
                       {"charter_missing", result.charter_missing},
                       {"last_run", result.last_run ? Json(result.last_run->id.hex()) : Json()},
                       {"last_model", result.last_model.empty() ? Json() : Json(result.last_model)},
                       {"last_evaluated", result.last_evaluated},
                       {"changed", result.changed},
                       {"stages", std::move(stages)},
                       {"waiting", result.waiting},
                       {"conflicts", result.conflicts},
                       {"records", result.records},
                       {"unreadable", result.unreadable},
                       {"unpushed", result.unpushed},
                       {"next", result.next}});
}

} // namespace mlp::workflow
