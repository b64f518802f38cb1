#pragma once

#include "policy/stages.hpp"
#include "workflow/references.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

struct RollbackRequest {
  std::string stage;
  std::string reason;
};
struct RollbackResult {
  std::string stage;
  policy::Tenure from; ///< who held it until now
  policy::Tenure to;   ///< who holds it again
  ledger::Record record;
};
/// Puts the holder before the present one (the newest that is not retired) back on the stage.
/// throws Error{not_found} where there is none, Error{conflict} where the stage moved meanwhile
[[nodiscard]] RollbackResult rollback(Workspace& workspace, const RollbackRequest& request);

struct RetireRequest {
  std::string model;
  std::string reason;
  std::string replaced_by; ///< REF; may be empty
  bool force = false;      ///< retire a holder of a stage although nothing replaces it
};
struct RetireResult {
  std::string name;
  ContentId model;
  std::vector<std::string> stages; ///< that it held and left
  std::optional<Reference> replaced_by;
  ledger::Record record;
};
/// Takes the model off every stage for good; its records and bytes stay. A stage that it held is empty
/// afterwards: only `mlp promote` fills one, so that no retirement can go round the gates. throws
/// Error{conflict} (exit 1) where it holds a stage and neither replaced_by nor force is given, or it is
/// retired already
[[nodiscard]] RetireResult retire(Workspace& workspace, const RetireRequest& request);

struct ModelLine {
  std::string name;
  ContentId model;
  std::vector<std::string> stages;   ///< it holds
  std::string since;                 ///< of the stage, else of its first run
  std::string owner;                 ///< product.owner.name of mlp.yaml when it was trained
  std::optional<std::string> metric; ///< "roc_auc"
  std::optional<double> value;       ///< of its newest evaluation
  std::string health;                ///< retired | not evaluated | evaluated | in conflict
};
/// Every model of the project, holders of later stages first, then newest first. `at` (ISO date or time)
/// shows the state then.
[[nodiscard]] std::vector<ModelLine> list_models(Workspace& workspace, const std::string& at);
[[nodiscard]] Json to_json(const ModelLine& line);

/// "2026-11-23" → the last second of that day; a full time stays. throws Error{usage}
[[nodiscard]] std::string until_time(const std::string& text);

} // namespace mlp::workflow
