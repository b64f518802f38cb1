#pragma once

#include "dataset/split.hpp"
#include "model/artifact.hpp"
#include "workflow/workspace.hpp"

namespace mlp::workflow {

/// Sets the artefact's threshold by `evaluation.decision.threshold`, chosen on the validation part alone
/// (never on test rows), after whatever calibrates the model. Returns what the run records,
/// `{"rule","value","reached", "n","part"}`; null where the threshold is a number or the task not binary.
[[nodiscard]] Json choose_threshold(Workspace& workspace, const config::Project& project,
                                    const dataset::Table& table, const dataset::Split& split,
                                    model::Artifact& artifact);

} // namespace mlp::workflow
