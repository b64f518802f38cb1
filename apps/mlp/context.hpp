#pragma once

#include "session.hpp"
#include "workflow/workspace.hpp"

namespace mlp::cli {

/// What a use case gets of the session. The session must outlive it.
[[nodiscard]] workflow::Context context_of(Session& session);

} // namespace mlp::cli
