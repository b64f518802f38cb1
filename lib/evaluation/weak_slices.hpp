#pragma once

#include "base/json.hpp"
#include "config/project.hpp"
#include "dataset/table.hpp"
#include "evaluation/scored.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// A slice that the search found, as the rows that it never saw confirm it or not.
struct WeakSlice {
  std::string label; ///< "contract=month & tenure=< 12"
  std::vector<std::string> columns;
  std::int64_t searched_n = 0;      ///< rows (ranking: queries) in the half that was searched
  double searched_difference = 0.0; ///< mean loss there, less the other rows': biased upwards
  std::int64_t n = 0;               ///< rows in the half that confirms
  double loss = 0.0;                ///< mean loss there
  double difference = 0.0;          ///< less the other rows' mean loss
  double p_value = 1.0;             ///< one-sided, of no greater loss (Welch)
  double q_value = 1.0;             ///< Benjamini-Hochberg over the slices that were found
  bool confirmed = false;           ///< q_value ≤ 1 − confidence
};

struct WeakSlices {
  std::string loss;              ///< log_loss or mse, of each row; 1 - ndcg, of each query
  std::int64_t candidates = 0;   ///< slices that were large enough to be looked at
  std::vector<WeakSlice> slices; ///< the most striking first, at most ten
  std::string why;               ///< of there being none at all
};

/// Where is the model worst? Every value of each feature, protected and sliced column, and every pair of
/// values of two of them (of the 30 most striking columns), is compared with all other rows by its mean loss.
/// Searching overfits: half of the rows is searched, the other half confirms. Slices of fewer than 1% of a
/// half or 50 rows, pooled values, pairs no worse than either of their values, and slices of mostly the same
/// rows as a worse one are passed over. More than 200,000 rows are thinned. Of a ranking the queries with a
/// relevant row are compared, by the columns that say the same of all rows of a query.
[[nodiscard]] WeakSlices find_weak_slices(const Scored& scored, const dataset::Table& table,
                                          const std::vector<std::uint32_t>& rows,
                                          const config::Project& project, const Effort& effort);

[[nodiscard]] Json to_json(const WeakSlices& found);

} // namespace mlp::evaluation
