#include "metrics/threshold_choice.hpp"

#include "base/error.hpp"
#include "metrics/rows.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace mlp::metrics {
namespace {

constexpr double k_rounding = 1e-12; // of sums that are equal on paper

/// The weights above one threshold.
struct Cut {
  double threshold = 1.0;
  double tp = 0.0;
  double fp = 0.0;
  double cost = 0.0; ///< of all rows, where the sample has costs
};

struct Cuts {
  std::vector<Cut> cuts; ///< from calling none to calling all
  double positive = 0.0;
  double negative = 0.0;
};

Cuts cuts_of(const Sample& sample) {
  const Rows rows = canonical(sample);
  RowWeights row_weights(rows);
  const std::span<const double> weights = row_weights.all();
  Cuts result;
  double cost = rows.pass_cost.empty() ? 0.0 : weighted_sum(weights, rows.pass_cost);
  if (rows.scores.front() < 1.0) { // at 1 a score of 1 is still called
    result.cuts.push_back({0.5 * (1.0 + rows.scores.front()), 0.0, 0.0, cost});
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    (rows.target[row] == 1.0 ? result.positive : result.negative) += weights[row];
    cost += rows.call_cost.empty() ? 0.0 : weights[row] * (rows.call_cost[row] - rows.pass_cost[row]);
    const bool is_last = row + 1 == rows.size();
    if (is_last || rows.scores[row + 1] < rows.scores[row]) {
      const double threshold = is_last ? 0.0 : 0.5 * (rows.scores[row] + rows.scores[row + 1]);
      result.cuts.push_back({threshold, result.positive, result.negative, cost});
    }
  }
  return result;
}

void require_positives(const Cuts& cuts) {
  if (!(cuts.positive > 0.0)) {
    throw Error(ErrorCode::input, "cannot choose a threshold: there is no positive row to choose it on")
        .hint("look at `mlp data split`, or write a number as evaluation.decision.threshold");
  }
}

/// The cut of the highest score; the first of those that differ by no more than `rounding`.
template <typename Score> ThresholdChoice best(const Cuts& cuts, Score score, double rounding = 0.0) {
  ThresholdChoice choice;
  bool is_first = true;
  for (const Cut& cut : cuts.cuts) {
    const double value = score(cut);
    if (is_first || value > choice.reached + rounding) {
      choice = {cut.threshold, value};
    }
    is_first = false;
  }
  return choice;
}

} // namespace

std::optional<double> bayes_threshold(const Costs& costs) {
  const double false_alarm = costs.fp - costs.tn;
  const double miss = costs.fn - costs.tp;
  if (!(false_alarm > 0.0) || !(miss > 0.0)) {
    return std::nullopt;
  }
  return false_alarm / (false_alarm + miss);
}

ThresholdChoice cheapest_threshold(const Sample& sample) {
  if (sample.call_cost.empty()) {
    throw Error(ErrorCode::input, "cannot choose the cheapest threshold: there are no costs")
        .hint("set `evaluation.decision.costs` in mlp.yaml");
  }
  const Cuts cuts = cuts_of(sample);
  const double rows = cuts.positive + cuts.negative;
  double largest = 0.0;
  for (const Cut& cut : cuts.cuts) {
    largest = std::max(largest, std::abs(cut.cost / rows));
  }
  ThresholdChoice choice = best(
      cuts, [&](const Cut& cut) { return -cut.cost / rows; }, k_rounding * largest);
  choice.reached = -choice.reached;
  return choice;
}

ThresholdChoice best_f1_threshold(const Sample& sample) {
  const Cuts cuts = cuts_of(sample);
  require_positives(cuts);
  return best(cuts, [&](const Cut& cut) { return 2.0 * cut.tp / (cut.tp + cut.fp + cuts.positive); });
}

ThresholdChoice recall_threshold(const Sample& sample, double recall) {
  const Cuts cuts = cuts_of(sample);
  require_positives(cuts);
  const auto found = std::find_if(cuts.cuts.begin(), cuts.cuts.end(),
                                  [&](const Cut& cut) { return cut.tp >= recall * cuts.positive; });
  const Cut& cut = found == cuts.cuts.end() ? cuts.cuts.back() : *found;
  return {cut.threshold, cut.tp / cuts.positive};
}

ThresholdChoice capacity_threshold(const Sample& sample, double share) {
  const Cuts cuts = cuts_of(sample);
  const double rows = cuts.positive + cuts.negative;
  ThresholdChoice choice{cuts.cuts.front().threshold, (cuts.cuts.front().tp + cuts.cuts.front().fp) / rows};
  for (const Cut& cut : cuts.cuts) {
    if (cut.tp + cut.fp <= share * rows) {
      choice = {cut.threshold, (cut.tp + cut.fp) / rows};
    }
  }
  return choice;
}

} // namespace mlp::metrics
