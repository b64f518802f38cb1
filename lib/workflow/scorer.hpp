#pragma once

#include "model/external.hpp"
#include "model/probe.hpp"
#include "workflow/workspace.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mlp::workflow {

/// A folder of its own below the store's tmp/, for commands to work in; it goes with this object, or, where
/// this process is killed, with the next command that opens the store.
class WorkFolder {
public:
  explicit WorkFolder(Workspace& workspace);
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; } ///< absolute

private:
  fs::path path_;
};

/// What an external command may take in this workspace: its threads, mlp.yaml's time limit, Ctrl-C.
[[nodiscard]] model::ExternalPlace external_place(Workspace& workspace, const fs::path& folder,
                                                  const config::Project& project);

/// A model ready to predict, whichever trainer made it.
class Scorer {
public:
  Scorer(Workspace& workspace, const model::Artifact& artifact);
  ~Scorer();

  [[nodiscard]] const model::Artifact& artifact() const;
  [[nodiscard]] std::map<std::string, dataset::ColumnType> types() const;
  /// As model::Predictor::scores.
  [[nodiscard]] std::vector<double> scores(const dataset::Table& table,
                                           const std::vector<std::uint32_t>& rows,
                                           model::InputReport* report = nullptr,
                                           std::vector<bool>* invalid = nullptr) const;
  /// For explanations; table and this must outlive it.
  [[nodiscard]] std::unique_ptr<model::Probe> probe(const dataset::Table& table,
                                                    const std::vector<std::uint32_t>& rows) const;

private:
  std::unique_ptr<model::Predictor> built_in_;
  std::unique_ptr<WorkFolder> folder_;
  std::unique_ptr<model::ExternalPredictor> external_;
};

} // namespace mlp::workflow
