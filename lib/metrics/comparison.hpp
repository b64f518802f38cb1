#pragma once

#include "base/check.hpp"
#include "metrics/metric.hpp"

#include <cstdint>
#include <memory>
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
  std::string method; ///< mcnemar_exact | mcnemar_midp | delong_paired | paired_t | paired_bootstrap |
                      ///< paired_cluster_bootstrap | paired_block_bootstrap
  std::int64_t n = 0; ///< rows in the metric's denominator (recall: the positive ones)
  double standard_error = 0.0;
  std::string why; ///< of a status that is not ok
};

/// Paired by row: `candidate` and `champion` have the same targets and weights. evaluation.md, section 3:
/// accuracy → McNemar with a Newcombe-paired interval; roc_auc → paired DeLong; means of per-row losses →
/// paired t; the rest → paired bootstrap. Proportions of fixed rows (recall, fpr) are treated like accuracy;
/// unequal weights rule out McNemar and DeLong, fewer than 50 rows the t interval. Rows that depend on each
/// other are always resampled, whole clusters or blocks of time at once. throws Error{input}: no such metric,
/// one without a better direction (bias, prevalence), samples that differ in rows, targets or weights, alpha
/// outside (0, 0.5)
[[nodiscard]] Difference compare(std::string_view metric, const Sample& candidate, const Sample& champion,
                                 double alpha, const IntervalOptions& options);

/// A metric of two score vectors of the same rows, for whoever looks at one resample after another.
class MetricPair {
public:
  /// throws as compare(); both must outlive this
  MetricPair(std::string_view metric, const Sample& first, const Sample& second);
  ~MetricPair();

  /// By how much the first is better; NaN where one of them is undefined.
  [[nodiscard]] double difference() const;
  /// The same on one resample of the bootstrap: rows, clusters or blocks of time, as the first depends on
  /// them.
  [[nodiscard]] double resampled(std::uint64_t seed, std::uint64_t replicate) const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

enum class DecisionMode { guard, non_inferiority, superiority };
[[nodiscard]] std::string_view name_of(DecisionMode mode);

/// The decision rule of evaluation.md, section 3: pass, fail or inconclusive (with the n that would decide
/// it), as a check: id = the mode, observed = δ, limit = −margin (superiority: 0), why in words. A difference
/// that is not ok, or not a number, is missing: it never passes.
/// throws Error{input} for a margin below 0, or of 0 for non-inferiority
[[nodiscard]] Check decide(const Difference& difference, DecisionMode mode, double margin, double alpha);

} // namespace mlp::metrics
