#include "workflow/lookup.hpp"

namespace mlp::workflow {
namespace {

using Kind = Reference::Kind;

/// The newest run (dataset record) of a name, this project's before another's.
std::optional<ledger::Entry> newest_named(Workspace& workspace, std::string_view kind,
                                          std::string_view name) {
  if (!workspace.has_repository()) {
    return std::nullopt;
  }
  std::optional<ledger::Entry> best;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind != kind || entry.name != name) {
      continue;
    }
    const bool here = entry.project == workspace.project_path();
    if (!best || here || best->project != workspace.project_path()) {
      best = entry;
    }
  }
  return best;
}

} // namespace

std::optional<Reference> model_by_name(Workspace& workspace, std::string_view name) {
  const auto run = newest_named(workspace, "run", name);
  if (!run) {
    return std::nullopt;
  }
  return Reference{Kind::model, *ContentId::from_hex(run->model), run->name, run};
}

std::optional<Reference> dataset_by_name(Workspace& workspace, std::string_view name) {
  const auto record = newest_named(workspace, "dataset", name);
  if (!record) {
    return std::nullopt;
  }
  return Reference{Kind::dataset, *ContentId::from_hex(record->dataset), record->name, record};
}

std::optional<Reference> model_by_id(Workspace& workspace, std::string_view model) {
  std::optional<Reference> found;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind == "run" && entry.model == model) {
      found = Reference{Kind::model, *ContentId::from_hex(model), entry.name, entry};
    }
  }
  return found;
}

std::optional<Reference> dataset_by_id(Workspace& workspace, std::string_view dataset) {
  if (!workspace.has_repository()) {
    return std::nullopt;
  }
  std::optional<Reference> found;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    // A run or an evaluation names the dataset it read, even where nobody added it as a version of its own.
    const bool run_first = found && found->entry->kind == "evaluation" && entry.kind == "run";
    if (entry.dataset == dataset && (!found || entry.kind == "dataset" || run_first)) {
      found = Reference{Kind::dataset, *ContentId::from_hex(dataset), entry.name, entry};
    }
  }
  if (found && found->entry->kind != "dataset") {
    found->name = workspace.ledger().read(found->entry->id).body["dataset_name"].string_or();
  }
  return found;
}

std::optional<Reference> dataset_of_runs(Workspace& workspace, std::string_view name) {
  const auto& entries = workspace.ledger().entries();
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->kind == "run" && workspace.ledger().read(entry->id).body["dataset_name"].string_or() == name) {
      return Reference{Kind::dataset, *ContentId::from_hex(entry->dataset), std::string(name), *entry};
    }
  }
  return std::nullopt;
}

} // namespace mlp::workflow
