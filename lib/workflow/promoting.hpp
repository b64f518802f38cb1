#pragma once

#include "policy/policy.hpp"
#include "workflow/references.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

struct PromoteRequest {
  std::string model; ///< REF; empty = the newest (refused where CI is set)
  std::string stage;
  bool dry_run = false; ///< judge and record no decision; it counts as a look at the test set
};

struct PromoteResult {
  std::string name;
  ContentId model;
  std::string stage;
  policy::Verdict verdict;
  ContentId policy_hash;
  std::string policy_branch;
  std::optional<std::string> holder;    ///< hex id of the model that held the stage when judged
  std::optional<ledger::Record> record; ///< promotion or denial; of a dry run the observation
  bool dry_run = false;
  std::vector<std::string> notes; ///< how the working tree differs from the policy's branch, …
  std::vector<std::string> hints; ///< what would help a refused model
};

/// Judges the stage's gates and records the decision. The answer "no" is a value; throws Error{conflict} only
/// where the stage moved meanwhile, Error{not_found} for an unknown stage (nearest)
[[nodiscard]] PromoteResult promote(Workspace& workspace, const PromoteRequest& request);

/// `{"schema":"mlp.decision/1","allowed","reason","stage","model","policy","rules",…}`
[[nodiscard]] Json to_json(const PromoteResult& result);

} // namespace mlp::workflow
