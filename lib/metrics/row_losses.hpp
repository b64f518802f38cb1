#pragma once

#include "metrics/rows.hpp"

#include <vector>

namespace mlp::metrics {

/// −ln(probability of the true class) of each row [n]: probabilities clipped to [ε, 1 − ε], ε = 2^-52, as
/// scikit-learn does for doubles; multiclass rows are first divided by their sum.
[[nodiscard]] std::vector<double> binary_log_losses(const Rows& rows);
[[nodiscard]] std::vector<double> multiclass_log_losses(const Rows& rows);

/// (score − target)² of each row [n]; binary and regression.
[[nodiscard]] std::vector<double> squared_errors(const Rows& rows);

/// 1 − ndcg of each row's query over the query's rows, so that a query's rows add up to its loss; 0 where
/// none of them is relevant.
[[nodiscard]] std::vector<double> ranking_losses(const Rows& rows);

/// The loss by which skill is judged: log loss (classification), squared error (regression) or 1 − ndcg
/// (ranking) of each row.
[[nodiscard]] std::vector<double> skill_losses(const Rows& rows);

} // namespace mlp::metrics
