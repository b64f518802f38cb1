#include "evaluation/thresholds.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::evaluation {
namespace {

/// The highest step whose threshold the score still reaches.
std::size_t step_of(double score) {
  const double steps = static_cast<double>(k_threshold_steps);
  auto step = static_cast<std::size_t>(std::clamp(std::floor(score * steps), 0.0, steps));
  while (step < k_threshold_steps && score >= static_cast<double>(step + 1) / steps) { // 0.29 · 100 < 29
    ++step;
  }
  while (step > 0 && score < static_cast<double>(step) / steps) {
    --step;
  }
  return step;
}

ThresholdCounts counts_of(const Scored& scored, std::string slice, const auto& rows) {
  ThresholdCounts counts;
  counts.slice = std::move(slice);
  counts.true_positives.assign(k_threshold_steps + 1, 0);
  counts.false_positives.assign(k_threshold_steps + 1, 0);
  for (const auto row : rows) {
    const bool positive = scored.target[row] == 1.0;
    ++(positive ? counts.positives : counts.negatives);
    ++(positive ? counts.true_positives : counts.false_positives)[step_of(scored.model[row])];
  }
  for (auto* called :
       {&counts.true_positives, &counts.false_positives}) { // from "at this step" to "at it or above"
    std::partial_sum(called->rbegin(), called->rend(), called->rbegin());
  }
  return counts;
}

/// What 1,000 rows are worth at each threshold.
std::vector<double> values_of(const Scored& scored) {
  std::vector<double> gained(k_threshold_steps + 1, 0.0); // by calling the rows of each step
  double cost = 0.0;                                      // of calling none
  for (std::size_t row = 0; row < scored.target.size(); ++row) {
    cost += scored.pass_cost[row];
    gained[step_of(scored.model[row])] += scored.pass_cost[row] - scored.call_cost[row];
  }
  std::partial_sum(gained.rbegin(), gained.rend(), gained.rbegin());
  for (double& value : gained) {
    value = 1000.0 * (value - cost) / static_cast<double>(scored.target.size());
  }
  return gained;
}

} // namespace

std::vector<ThresholdCounts> threshold_counts(const Scored& scored, const std::vector<Slice>& slices) {
  std::vector<ThresholdCounts> counts;
  if (scored.task != Task::binary) {
    return counts;
  }
  std::vector<std::uint32_t> all(scored.target.size());
  std::iota(all.begin(), all.end(), 0U);
  counts.push_back(counts_of(scored, "", all));
  if (scored.has_costs()) {
    counts.front().value_per_1000 = values_of(scored);
  }
  for (const Slice& slice : slices) {
    counts.push_back(counts_of(scored, slice.label, slice.at));
  }
  return counts;
}

Json to_json(const std::vector<ThresholdCounts>& counts) {
  Json groups = Json::array();
  for (const ThresholdCounts& group : counts) {
    Json item = Json::object({{"slice", group.slice.empty() ? Json() : Json(group.slice)},
                              {"positives", group.positives},
                              {"negatives", group.negatives},
                              {"tp", group.true_positives},
                              {"fp", group.false_positives}});
    if (!group.value_per_1000.empty()) {
      item["value_per_1000"] = group.value_per_1000;
    }
    groups.push_back(std::move(item));
  }
  return Json::object({{"steps", k_threshold_steps}, {"groups", std::move(groups)}});
}

} // namespace mlp::evaluation
