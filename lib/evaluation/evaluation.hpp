#pragma once

#include "base/json.hpp"
#include "base/task.hpp"
#include "config/project.hpp"
#include "evaluation/baseline_comparison.hpp"
#include "evaluation/scored.hpp"
#include "evaluation/slice_results.hpp"
#include "evaluation/slices.hpp"
#include "metrics/metric.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// Of more classes, only the metrics of a class that mlp.yaml names are measured.
inline constexpr std::size_t k_most_classes_measured = 50;

/// The queries of a ranking.
struct QueryCounts {
  std::int64_t n = 0;
  std::int64_t without_relevant = 0; ///< left out of every metric
};

/// What a model is worth on some rows.
struct Evaluation {
  Task task = Task::binary;
  std::string primary;            ///< name of the metric that decides
  std::vector<std::string> shown; ///< the metrics of mlp.yaml, in its order: what a terminal shows first
  double threshold = 0.5;
  std::vector<std::string> classes;
  std::int64_t n = 0;
  std::optional<QueryCounts> queries; ///< ranking
  std::vector<metrics::MetricValue>
      metrics; ///< every metric of the task (those of money where there are costs), then skill_vs_dummy, …
  std::vector<metrics::MetricValue> dummy;        ///< values without intervals
  std::vector<metrics::MetricValue> simple;       ///< empty where there is no simple model
  std::vector<metrics::MetricValue> stump;        ///< likewise of the single split
  std::vector<metrics::MetricValue> current_rule; ///< on the rows that it decides; empty where nobody says
  std::vector<BaselineComparison> comparisons;
  std::vector<SliceResult> slices;
  std::vector<std::vector<std::int64_t>> confusion; ///< classification only

  [[nodiscard]] const metrics::MetricValue* find(std::string_view name) const;
};

/// What is measured on each slice: the metrics of mlp.yaml, and of two classes the selection rate.
[[nodiscard]] std::vector<std::string> slice_metrics(Task task, std::vector<std::string> shown);

/// throws Error{input} as metrics::validate does, Error{interrupted}
[[nodiscard]] Evaluation evaluate(const Scored& scored, const std::vector<Slice>& slices,
                                  const config::Project& project, const Effort& effort = {},
                                  const std::optional<RuleScores>& rule = std::nullopt);

/// `{"metrics":[…overall, then with
/// "slice"…],"baselines":{"dummy":[…],"simple":[…],…},"comparisons","confusion":…,…}`
[[nodiscard]] Json to_json(const Evaluation& evaluation);

} // namespace mlp::evaluation
