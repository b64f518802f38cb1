#pragma once

#include "metrics/intervals.hpp"
#include "metrics/metric.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace mlp::metrics {

/// What is left of the errors where the model answers only when it is confident enough.
struct AbstentionPoint {
  double confidence = 0.0; ///< it answers from this probability of its most probable class on
  double coverage = 0.0;   ///< share of rows that it answers, by weight as all shares here
  double risk = 0.0;       ///< share of errors among them
};

/// Answers of at least 0.9 that are wrong: "hallucination" of a table's model.
struct ConfidentErrors {
  std::int64_t n = 0; ///< rows of confidence ≥ 0.9
  std::int64_t wrong = 0;
  std::optional<double> rate;       ///< absent where n = 0
  std::optional<Interval> interval; ///< of it (Wilson, effective rows)
  std::optional<double> promised;   ///< mean of 1 − confidence: the rate of a calibrated model
  std::vector<std::size_t> worst;   ///< positions of the wrong ones, the most confident first, at most 20
};

struct Abstention {
  std::vector<AbstentionPoint> curve; ///< at shares of about 1, 0.9, … 0.1; rows of one confidence together
  ConfidentErrors confident;
};

inline constexpr double k_confident = 0.9;

/// Of a classification's sample. The answer is the most probable class (the first of equals), whatever the
/// threshold; a row of weight 0 is not there. level: of the interval
/// source  El-Yaniv & Wiener 2010 (risk and coverage)
[[nodiscard]] Abstention abstention(const Sample& sample, double level);

} // namespace mlp::metrics
