#pragma once

#include "base/check.hpp"
#include "metrics/metric.hpp"

#include <string>
#include <string_view>

namespace mlp::metrics {

/// Two models on the same rows: δ = candidate − champion, oriented so that + is better.
struct Difference {
  std::string metric;
  Status status = Status::ok;
  std::optional<double> candidate;
  std::optional<double> champion;
  double delta = 0.0;
  double lower = 0.0; ///< two-sided 1 − 2·alpha interval: its ends are the one-sided bounds at alpha
  double upper = 0.0;
  std::optional<double> p_value; ///< two-sided, of δ = 0
  std::string method; ///< mcnemar_exact | mcnemar_midp | delong_paired | paired_t | paired_bootstrap
  std::int64_t n = 0;
  double standard_error = 0.0;
  std::string why;
};

/// Paired by row: `candidate` and `champion` have the same targets and weights. evaluation.md, section 3:
/// accuracy → McNemar with a Newcombe-paired interval; roc_auc → paired DeLong; means of per-row losses →
/// paired t; the rest → paired bootstrap.
[[nodiscard]] Difference compare(std::string_view metric, const Sample& candidate, const Sample& champion,
                                 double alpha, const IntervalOptions& options);

enum class DecisionMode { guard, non_inferiority, superiority };

/// The decision rule of evaluation.md, section 3: pass, fail or inconclusive (with the n that would decide
/// it), as a check: observed = δ, limit = −margin (superiority: 0), why in words.
[[nodiscard]] Check decide(const Difference& difference, DecisionMode mode, double margin, double alpha);

} // namespace mlp::metrics
