#pragma once

#include "base/json.hpp"
#include "base/progress.hpp"
#include "base/task.hpp"
#include "config/project.hpp"
#include "evaluation/slices.hpp"
#include "metrics/metric.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// Predictions and what they are compared with, row by row: all that an evaluation needs.
struct Scored {
  Task task = Task::binary;
  std::vector<std::string> classes; ///< binary {negative, positive}; multiclass; regression empty
  double threshold = 0.5;
  std::vector<double> target;  ///< [n], as metrics::Sample
  std::vector<double> weights; ///< [n] or empty
  std::vector<double> model;   ///< [n·k] scores of the model
  std::vector<double> dummy;   ///< [n·k] of always guessing the same (prior, mean)
  std::vector<double> simple;  ///< [n·k] of the simple model; empty where there is none
};

/// The Sample over one of its score vectors.
[[nodiscard]] metrics::Sample sample_of(const Scored& scored, const std::vector<double>& scores);

struct SliceResult {
  std::string label;
  std::vector<std::string> columns;
  std::int64_t n = 0;
  std::vector<metrics::MetricValue>
      metrics; ///< those of `evaluation.metrics`, and selection_rate where binary
};

/// What a model is worth on some rows.
struct Evaluation {
  Task task = Task::binary;
  std::string primary;            ///< name of the metric that decides
  std::vector<std::string> shown; ///< the metrics of mlp.yaml, in its order: what a terminal shows first
  double threshold = 0.5;
  std::vector<std::string> classes;
  std::int64_t n = 0;
  std::vector<metrics::MetricValue>
      metrics; ///< every metric of the task, then skill_vs_dummy and skill_vs_simple
  std::vector<metrics::MetricValue> dummy;  ///< values without intervals
  std::vector<metrics::MetricValue> simple; ///< empty where there is no simple model
  std::vector<SliceResult> slices;
  std::vector<std::vector<std::int64_t>> confusion; ///< classification only

  [[nodiscard]] const metrics::MetricValue* find(std::string_view name) const;
};

/// With how many threads, and who looks on: never changes a result.
struct Effort {
  unsigned threads = 1;
  Progress* progress = nullptr;         ///< may be null
  const Interrupt* interrupt = nullptr; ///< may be null
};

/// throws Error{input} as metrics::validate does, Error{interrupted}
[[nodiscard]] Evaluation evaluate(const Scored& scored, const std::vector<Slice>& slices,
                                  const config::Project& project, const Effort& effort = {});

/// `{"metrics":[…overall, then with "slice"…],"baselines":{"dummy":[…],"simple":[…]},"confusion":…,…}`
[[nodiscard]] Json to_json(const Evaluation& evaluation);

} // namespace mlp::evaluation
