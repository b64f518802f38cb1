#pragma once

#include "base/task.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace mlp::metrics {

/// What a model that looks at no feature says of `n` rows: each class's share of the training rows'
/// weight (classification), their mean target (regression).
///
/// target   [m], m ≥ 1: of the training rows, as in Sample
/// weights  [m] or empty
/// classes  k of a multiclass task, else 1
/// returns  [n·classes], laid out as Sample::scores
/// throws   Error{input} for no training rows, or none that weighs anything
[[nodiscard]] std::vector<double> dummy_scores(Task task, std::span<const double> target,
                                               std::span<const double> weights, std::size_t classes,
                                               std::size_t n);

} // namespace mlp::metrics
