#include "metrics/isotonic.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::metrics {
namespace {

/// Rows of neighbouring scores that share a probability.
struct Pool {
  double weight = 0.0;
  double positive = 0.0; ///< Σ weight·outcome
  double rows = 0.0;
  double low = 0.0; ///< its lowest and highest score
  double high = 0.0;

  [[nodiscard]] double mean() const { return positive / weight; }
  void take(const Pool& next) {
    weight += next.weight;
    positive += next.positive;
    rows += next.rows;
    high = next.high;
  }
};

std::vector<Pool> pools_of(std::span<const double> outcomes, std::span<const double> scores,
                           std::span<const double> weights) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < order.size();) {
    Pool pool{0.0, 0.0, 0.0, scores[order[i]], scores[order[i]]};
    for (; i < order.size() && scores[order[i]] == pool.low; ++i) { // equal scores are one point
      pool.weight += weights[order[i]];
      pool.positive += weights[order[i]] * outcomes[order[i]];
      pool.rows += 1.0;
    }
    pools.push_back(pool);
    while (pools.size() > 1 && pools[pools.size() - 2].mean() >= pools.back().mean()) {
      const Pool last = pools.back();
      pools.pop_back();
      pools.back().take(last);
    }
  }
  return pools;
}

/// No probability of 0 or 1: what a pool of n rows without a case, or of cases only, is taken for.
std::vector<double> means_of(const std::vector<Pool>& pools) {
  std::vector<double> means;
  means.reserve(pools.size());
  for (const Pool& pool : pools) {
    means.push_back(pool.mean());
  }
  const std::size_t last = means.size() - 1;
  if (means[0] <= 0.0) {
    const double rule = 1.0 / (pools[0].rows + 2.0);
    means[0] = last > 0 ? std::min(rule, means[1]) : rule;
  }
  if (means[last] >= 1.0) {
    const double rule = (pools[last].rows + 1.0) / (pools[last].rows + 2.0);
    means[last] = last > 0 ? std::max(rule, means[last - 1]) : rule;
  }
  return means;
}

} // namespace

IsotonicMap fit_isotonic(std::span<const double> outcomes, std::span<const double> scores,
                         std::span<const double> weights) {
  const auto pools = pools_of(outcomes, scores, weights);
  const auto means = means_of(pools);
  IsotonicMap map;
  for (std::size_t i = 0; i < pools.size(); ++i) {
    map.scores.push_back(pools[i].low);
    map.probabilities.push_back(means[i]);
    if (pools[i].high > pools[i].low) {
      map.scores.push_back(pools[i].high);
      map.probabilities.push_back(means[i]);
    }
  }
  return map;
}

double interpolated(const IsotonicMap& map, double score) {
  const auto above = std::upper_bound(map.scores.begin(), map.scores.end(), score);
  if (above == map.scores.begin()) {
    return map.probabilities.front();
  }
  if (above == map.scores.end()) {
    return map.probabilities.back();
  }
  const auto high = static_cast<std::size_t>(above - map.scores.begin());
  const double share = (score - map.scores[high - 1]) / (map.scores[high] - map.scores[high - 1]);
  return std::lerp(map.probabilities[high - 1], map.probabilities[high], share);
}

} // namespace mlp::metrics
