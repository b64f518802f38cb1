#pragma once

#include "metrics/rows.hpp"

#include <cstdint>
#include <vector>

namespace mlp::metrics {

/// Rows of one query that have the same score: nothing says which of them comes first.
struct Tie {
  double rows = 0.0;
  double relevant = 0.0; ///< of them, with a grade above 0
  double gain = 0.0;     ///< Σ grade
  double gain_exp = 0.0; ///< Σ 2^grade − 1
};

/// The results of one query.
struct Query {
  std::vector<std::uint32_t> rows; ///< of the sample
  std::vector<Tie> ties;           ///< the highest score first
  std::vector<double> grades;      ///< the highest first: the ideal order
  double relevant = 0.0;
};

/// The queries of rows whose `places` name them, in the order of these. One without a relevant row has no
/// order that is better than another: it is left out of every metric.
[[nodiscard]] std::vector<Query> queries_of(const Rows& rows);

/// What a metric of these rows counts: rows; of a ranking the queries that have a relevant one.
[[nodiscard]] std::int64_t count_units(const Rows& rows);

/// How much a grade of relevance is worth.
enum class Gain { linear, exponential };

// Each is the value expected where ties are broken at random, over the first `places` results (infinity: all
// of them); 1 is the best. source  Järvelin & Kekäläinen 2002; McSherry & Najork 2008 (ties)

/// Discounted gain over that of the ideal order; discount 1/log2(1 + rank).
[[nodiscard]] double ndcg(const Query& query, double places, Gain gain);
/// Σ of the precision at each relevant result, over min(relevant, places).
[[nodiscard]] double average_precision(const Query& query, double places);
/// 1 / rank of the first relevant result.
[[nodiscard]] double reciprocal_rank(const Query& query);
/// How many of the first results are relevant.
[[nodiscard]] double relevant_within(const Query& query, double places);
/// The chance that one of the first results is relevant.
[[nodiscard]] double chance_of_hit(const Query& query, double places);

} // namespace mlp::metrics
