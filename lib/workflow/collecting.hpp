#pragma once

#include "workflow/workspace.hpp"

namespace mlp::workflow {

/// Takes from the store what nobody needs (see needed_objects): what commands that were interrupted or
/// refused left behind. It goes to `trash/<day>/` of the store, which is emptied after 14 days. Looks only,
/// unless `remove`. throws Error{environment} where other commands are at work, or where MLP_STORE says that
/// the store is shared with other repositories, whose needs nobody here can know
[[nodiscard]] store::Collected collect_garbage(Workspace& workspace, bool remove);

} // namespace mlp::workflow
