#pragma once

#include "config/project.hpp"
#include "policy/policy.hpp"
#include "workflow/workspace.hpp"

#include <string>
#include <vector>

namespace mlp::workflow {

/// The rules that judge, and where they came from (architecture.md, "Which policy judges").
struct JudgingPolicy {
  policy::Policy policy;
  std::string text;        ///< policy.yaml as it judges
  ContentId hash;          ///< of text
  std::string branch;      ///< "origin/main", "main", or "unprotected" (the working tree)
  config::Project project; ///< mlp.yaml of the same place: product, data, evaluation that gates rely on
  std::vector<std::string> differences; ///< sentences: how the working tree differs from it
};

/// throws Error{environment} with the `git config` line where there is a remote but no branch can be
/// resolved, Error{input} where the policy is absent or has errors
[[nodiscard]] JudgingPolicy judging_policy(Workspace& workspace);

/// The stages of the working tree's policy.yaml, in its order; none where there is no such file.
/// throws Error{input} where it is no YAML
[[nodiscard]] std::vector<std::string> stage_names(const Workspace& workspace);
/// The last of them; "production" where there is none.
[[nodiscard]] std::string last_stage(const Workspace& workspace);

/// What the policy must know of the project to judge itself.
[[nodiscard]] policy::PolicyContext policy_context(const config::Project& project);

} // namespace mlp::workflow
