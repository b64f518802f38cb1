#pragma once

#include "validation/subject.hpp"

namespace mlp::validation {

/// Which checks run. `cheap` ones look at each cell a few times at most and are run by every training; `all`
/// adds near duplicates.
enum class Depth { cheap, all };

/// Every check that the subject allows, in the order of `mlp help checks`; what cannot run says why.
/// Deterministic, on any number of threads.
[[nodiscard]] Findings examine(const Subject& subject, Depth depth);

} // namespace mlp::validation
