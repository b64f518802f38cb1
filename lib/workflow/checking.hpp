#pragma once

#include "config/yaml.hpp"
#include "workflow/workspace.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

/// All that is wrong with mlp.yaml and policy.yaml, at once: forms, combinations, metrics, parameters,
/// columns the data lack.
struct CheckResult {
  std::vector<config::Finding> findings;
  std::vector<std::string> notes; ///< what could not be looked at, e.g. data that are not there
  [[nodiscard]] bool ok() const;  ///< no finding is an error
};
[[nodiscard]] CheckResult check(Workspace& workspace);
[[nodiscard]] Json to_json(const CheckResult& result);

/// What `mlp status` shows in one screen.
struct StageLine {
  std::string stage;
  std::string name; ///< empty: nobody holds it
  std::string model;
  std::string since;
};
struct StatusResult {
  std::string name;
  std::string project;                      ///< path in the repository
  bool usable = true;                       ///< mlp.yaml has no error
  std::vector<std::string> charter_missing; ///< of product.question, product.decision, product.owner
  std::optional<ledger::Entry> last_run;
  std::string last_model;
  bool last_evaluated = false;
  std::vector<std::string>
      changed; ///< "code: 2 files changed since run 91ab3f2", "data: data/adult.csv changed since …"
  std::vector<StageLine> stages;
  std::vector<std::string> waiting; ///< "income 7c1e04b is not evaluated", "… holds staging, not production"
  std::vector<std::string> conflicts;
  std::int64_t records = 0;
  std::int64_t unreadable = 0;          ///< quarantined records
  std::optional<std::int64_t> unpushed; ///< records that the remote lacks; nothing where there is no remote
  std::string next;
};
[[nodiscard]] StatusResult status(Workspace& workspace);
[[nodiscard]] Json to_json(const StatusResult& result);

} // namespace mlp::workflow
