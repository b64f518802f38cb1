#pragma once

#include "git/repository.hpp"
#include "workflow/evaluating.hpp"

#include <vector>

namespace mlp::workflow {

/// All that `mlp eval --json` prints but the id of the record and of the predictions.
[[nodiscard]] Json document_of(const EvaluateResult& result, const evaluation::Scored& scored,
                               const std::vector<evaluation::Slice>& slices, const TestRows& test,
                               const LoadedModel& model, const config::Project& project);

/// The record of an evaluation keeps the overall values; slices, baselines and what a page draws are in the
/// document object.
[[nodiscard]] Json record_of(const Json& document, const EvaluateResult& result, const ContentId& document_id,
                             const git::CodeState& code);

} // namespace mlp::workflow
