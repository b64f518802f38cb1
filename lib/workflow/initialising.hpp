#pragma once

#include "workflow/workspace.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mlp::workflow {

struct InitRequest {
  std::string directory;     ///< empty = the working directory
  std::string template_name; ///< empty = by the target's values, else binary
  std::string data;          ///< file or folder, as the user wrote it
  std::string target;
  std::string positive;
  std::string group; ///< column whose rows belong together: of a ranking the query
  std::vector<std::string> protected_columns;
  std::string ci; ///< git host whose workflow file is written; empty = none
};

struct InitResult {
  std::vector<std::pair<std::string, std::string>> written; ///< file → what it says
  std::vector<std::string> notes;                           ///< what was kept, guessed or left out
  std::string next;                                         ///< the command to type
};

/// Makes (or joins) a git repository; writes mlp.yaml filled in from the data, policy.yaml and .gitignore
/// lines. Commits nothing, overwrites nothing: what was there is kept and said so; mlp.yaml itself must not
/// exist. Where it does and nothing but `ci` is asked for, the workflow file alone is added to that project.
/// throws Error{input} where mlp.yaml or the workflow file exists, or a named column does not (nearest)
[[nodiscard]] InitResult init(const Context& context, const InitRequest& request);

} // namespace mlp::workflow
