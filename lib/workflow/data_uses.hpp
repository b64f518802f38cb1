#pragma once

#include "workflow/workspace.hpp"

#include <string>
#include <vector>

namespace mlp::workflow {

/// A model that was trained on data, or tested on it as its test file, and where it stands now.
struct TrainedModel {
  std::string name;
  std::string model;               ///< id
  std::vector<std::string> runs;   ///< ids of the records
  std::vector<std::string> stages; ///< that it holds now
  bool retired = false;
};

/// What was made from a version of data, as far as the ledger knows.
struct DataUses {
  std::vector<TrainedModel> models;     ///< in the order of their first runs
  std::vector<std::string> evaluations; ///< ids: on these data, or of these models
  std::vector<std::string> decisions;   ///< ids: about these models
};

/// Of these versions (hex ids) together.
[[nodiscard]] DataUses uses_of(Workspace& workspace, const std::vector<std::string>& datasets);

/// `{"models":[{"name","model","runs","stages","retired"}…],"evaluations":[id…],"decisions":[id…]}`
[[nodiscard]] Json to_json(const DataUses& uses);

/// "2 models, 3 evaluations, 1 decision; held now: production by income 7c1e04b": what was made from it.
[[nodiscard]] std::string uses_text(const DataUses& uses);

} // namespace mlp::workflow
