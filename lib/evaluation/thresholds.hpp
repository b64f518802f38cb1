#pragma once

#include "evaluation/evaluation.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mlp::evaluation {

inline constexpr std::size_t k_threshold_steps = 100;

/// What a binary model calls positive at each threshold 0, 0.01 … 1, among all rows or those of a slice.
/// Counts of rows, without weights.
struct ThresholdCounts {
  std::string slice; ///< label; empty = all rows
  std::int64_t positives = 0;
  std::int64_t negatives = 0;
  std::vector<std::int64_t> true_positives;  ///< [steps + 1] positives whose score is ≥ the threshold
  std::vector<std::int64_t> false_positives; ///< [steps + 1] negatives, likewise
  std::vector<double> value_per_1000; ///< [steps + 1] by the rows' costs; of all rows alone, where there are
};

/// All rows first, then each slice; empty where the task is not binary.
[[nodiscard]] std::vector<ThresholdCounts> threshold_counts(const Scored& scored,
                                                            const std::vector<Slice>& slices);

/// `{"steps":100,"groups":[{"slice","positives","negatives","tp":[…],"fp":[…]}…]}`
[[nodiscard]] Json to_json(const std::vector<ThresholdCounts>& counts);

} // namespace mlp::evaluation
