#pragma once

#include "policy/stages.hpp"
#include "workflow/workspace.hpp"

#include <optional>
#include <string>

namespace mlp::workflow {

/// Who holds which stage in this project, from the ledger's decisions; `until` (inclusive) leaves out later
/// ones by their claimed time.
[[nodiscard]] policy::Stages stage_state(Workspace& workspace, const std::optional<std::string>& until = {});

} // namespace mlp::workflow
