#include "workflow/scorer.hpp"

namespace mlp::workflow {

WorkFolder::WorkFolder(Workspace& workspace) {
  const fs::path folder = os::draft_path(workspace.store().root() / "tmp" / "external");
  workspace.context().files.make_directories(folder);
  path_ = fs::canonical(folder); // commands run elsewhere
}

WorkFolder::~WorkFolder() {
  std::error_code ignored; // what cannot be removed is a leftover like that of a killed process
  fs::remove_all(path_, ignored);
}

model::ExternalPlace external_place(Workspace& workspace, const fs::path& folder,
                                    const config::Project& project) {
  const Context& context = workspace.context();
  model::ExternalPlace place;
  place.folder = folder;
  place.threads = context.threads;
  if (project.model.external) {
    place.timeout_seconds = project.model.external->timeout_seconds;
  }
  place.progress = &context.progress;
  place.interrupt = &context.interrupt;
  return place;
}

Scorer::Scorer(Workspace& workspace, const model::Artifact& artifact) {
  if (!artifact.external) {
    built_in_ =
        std::make_unique<model::Predictor>(artifact, workspace.xgboost(), workspace.context().threads);
    return;
  }
  folder_ = std::make_unique<WorkFolder>(workspace);
  model::place_external_files(*artifact.external, workspace.store(), folder_->path());
  external_ = std::make_unique<model::ExternalPredictor>(
      artifact, external_place(workspace, folder_->path(), workspace.project()));
}

Scorer::~Scorer() = default;

const model::Artifact& Scorer::artifact() const {
  return built_in_ ? built_in_->artifact() : external_->artifact();
}

std::map<std::string, dataset::ColumnType> Scorer::types() const {
  return built_in_ ? built_in_->types() : external_->types();
}

std::vector<double> Scorer::scores(const dataset::Table& table, const std::vector<std::uint32_t>& rows,
                                   model::InputReport* report, std::vector<bool>* invalid) const {
  return built_in_ ? built_in_->scores(table, rows, report, invalid)
                   : external_->scores(table, rows, report, invalid);
}

std::unique_ptr<model::Probe> Scorer::probe(const dataset::Table& table,
                                            const std::vector<std::uint32_t>& rows) const {
  return built_in_ ? model::probe_of(*built_in_, table, rows) : model::probe_of(*external_, table, rows);
}

} // namespace mlp::workflow
