#pragma once

#include "evaluation/baseline_comparison.hpp"
#include "workflow/scoring.hpp"

#include <optional>
#include <string>

namespace mlp::workflow {

/// A model against the one that holds the last stage which another model holds: both scored anew on the rows
/// of the model's test part that neither was trained on, by the metrics of mlp.yaml that have a better
/// direction, with the function that the promotion gate uses. Nothing where no other model holds a stage, or
/// `note` says why the two cannot be compared.
[[nodiscard]] std::optional<evaluation::BaselineComparison>
compare_with_champion(Workspace& workspace, const config::Project& project, const LoadedModel& model,
                      std::string& note);

} // namespace mlp::workflow
