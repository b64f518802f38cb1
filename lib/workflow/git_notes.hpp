#pragma once

#include "workflow/workspace.hpp"

#include <optional>
#include <string>

namespace mlp::workflow {

/// What to tell of data at `full` that git keeps, or would keep with the next `git add -A`, beside their
/// pointer: with the line for .gitignore that leaves them to mlp. Nothing where git ignores them, or they lie
/// outside of the work tree.
[[nodiscard]] std::optional<std::string> note_of_git(Workspace& workspace, const fs::path& full);

} // namespace mlp::workflow
