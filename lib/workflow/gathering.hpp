#pragma once

#include "policy/policy.hpp"
#include "policy/stages.hpp"
#include "workflow/evidence.hpp"
#include "workflow/policy_source.hpp"
#include "workflow/references.hpp"

#include <optional>
#include <string>

namespace mlp::workflow {

/// All that the rules of one stage ask for, with the objects that a decision's record names.
struct Gathered {
  policy::Evidence evidence;
  std::optional<ledger::Record> evaluation;
  std::string why_no_evaluation;            ///< where there is none that fits
  std::optional<ContentId> champion_scores; ///< predictions of the holder on the same rows
  std::int64_t test_set_use = 0;
};

/// Reads the evaluation that fits, scores candidate and holder anew on the same rows for the comparisons,
/// looks up what the checks and required keys ask for. What cannot be had becomes `missing` with its reason,
/// never an error.
[[nodiscard]] Gathered gather_evidence(Workspace& workspace, const JudgingPolicy& judging,
                                       const policy::Stage& stage, const Reference& model,
                                       const policy::Stages& state);

} // namespace mlp::workflow
