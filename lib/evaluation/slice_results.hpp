#pragma once

#include "base/json.hpp"
#include "evaluation/scored.hpp"
#include "evaluation/slices.hpp"
#include "metrics/metric.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// A slice, or a group in a fairness report, of fewer rows says too little: it is insufficient.
inline constexpr std::int64_t k_min_group_rows = 100;

/// A metric in the slice minus the same one in all other rows (the complement, not the overall value, of
/// which the slice is a part).
struct RestDifference {
  std::string metric;
  metrics::Status status = metrics::Status::ok;
  std::optional<double> rest;  ///< the metric in the other rows
  std::optional<double> value; ///< slice − rest
  std::optional<double> lower; ///< from both intervals (metrics::difference_interval)
  std::optional<double> upper;
  std::string why;
};

struct SliceResult {
  std::string label;
  std::vector<std::string> columns;
  std::int64_t n = 0;
  std::vector<metrics::MetricValue>
      metrics; ///< those of `evaluation.metrics`, and selection_rate where binary
  std::optional<std::int64_t> n_pos = std::nullopt; ///< binary
  std::optional<std::int64_t> n_neg = std::nullopt;
  metrics::Status status = metrics::Status::ok; ///< insufficient below k_min_group_rows, of a ranking queries
  std::string why = {};
  std::vector<RestDifference> differences = {}; ///< one a metric, in their order
  bool pooled = false;                          ///< as Slice::pooled
};

/// What the model is worth on some of the rows, and how that differs from the others. A rest of more than
/// 100,000 rows is thinned to about so many, and resampled at most 400 times: it hardly adds to the interval.
[[nodiscard]] SliceResult evaluate_slice(const Scored& scored, const Slice& slice,
                                         const std::vector<std::string>& names,
                                         const metrics::IntervalOptions& options);

/// The same for each slice, several at once where there are enough of them.
[[nodiscard]] std::vector<SliceResult> evaluate_slices(const Scored& scored, const std::vector<Slice>& slices,
                                                       const std::vector<std::string>& names,
                                                       const metrics::IntervalOptions& options);

/// One item a metric: the metric's own members and `slice`, `slice_columns`, `slice_status`, `n_neg`,
/// `difference`.
void append_json(const SliceResult& slice, Json& list);

} // namespace mlp::evaluation
