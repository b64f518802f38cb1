#pragma once

#include "evaluation/reliance.hpp"
#include "workflow/scoring.hpp"

#include <optional>
#include <string>

namespace mlp::workflow {

/// The validation rows of the model's own run with its scores, from which a conformal rule is made. Where the
/// model has a calibrator, which was fitted to these very rows, the scores are cross-fitted. Nothing where
/// the run has no such rows, or mlp.yaml now splits the data otherwise (`note` says so: a row that was
/// trained on would make the rule too narrow).
[[nodiscard]] std::optional<evaluation::ValidationScores>
validation_scores(Workspace& workspace, const config::Project& project, const LoadedModel& model,
                  const TestRows& test, std::string& note);

} // namespace mlp::workflow
