#pragma once

#include "evaluation/scored.hpp"
#include "workflow/scoring.hpp"

#include <span>

namespace mlp::workflow {

/// leak_by_dominance: the feature with the largest share of the trees' total gain, where that share is above
/// 80% and the test AUC (of several classes: roc_auc_ovr) above 0.95; warn. observed = the share. Nothing
/// where no feature was used.
///
/// names  [features]
/// gains  [features] Σ over the feature's splits
[[nodiscard]] std::optional<Check> dominance_check(const std::vector<std::string>& names,
                                                   std::span<const double> gains, double auc, std::int64_t n);

/// What a model and the rows it is judged on show of a leak:
///
/// leak_by_dominance     as above; of boosted trees, and tasks with classes
/// preprocessing_leakage whether the model's categories and ranges are those of the rows of the train part
///                       alone, learnt anew; observed = features of which they are not; fail. Where the table
///                       is the one that the model was trained on, and mlp.yaml's `data` are the run's
[[nodiscard]] std::vector<Check> model_checks(Workspace& workspace, const LoadedModel& model,
                                              const TestRows& test, const evaluation::Scored& scored);

} // namespace mlp::workflow
