#pragma once

#include "metrics/metric.hpp"

#include <optional>

namespace mlp::metrics {

/// What one case of each outcome costs, in money; a gain is a negative cost.
struct Costs {
  double tp = 0.0;
  double tn = 0.0;
  double fp = 0.0;
  double fn = 0.0;
};

/// The threshold of least expected cost for calibrated probabilities, (fp − tn)/((fp − tn) + (fn − tp)).
/// Nothing where being wrong does not cost more than being right. Source: Elkan 2001.
[[nodiscard]] std::optional<double> bayes_threshold(const Costs& costs);

/// A threshold chosen on a binary sample, and what it reaches there.
struct ThresholdChoice {
  double threshold = 0.5;
  double reached = 0.0; ///< mean cost, F1, recall, or share of weight called positive
};

// Thresholds lie half-way between two scores, so that no row of the sample stands on one; of equally good
// ones the one that calls fewer rows positive. throws as validate(); Error{input} without a positive row
// where positives are counted

/// By the costs of the sample's rows. throws Error{input} where it has none
[[nodiscard]] ThresholdChoice cheapest_threshold(const Sample& sample);
[[nodiscard]] ThresholdChoice best_f1_threshold(const Sample& sample);
/// The highest one whose recall is at least this.
[[nodiscard]] ThresholdChoice recall_threshold(const Sample& sample, double recall);
/// The lowest one that calls at most this share positive.
[[nodiscard]] ThresholdChoice capacity_threshold(const Sample& sample, double share);

} // namespace mlp::metrics
