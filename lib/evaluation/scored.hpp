#pragma once

#include "base/progress.hpp"
#include "base/task.hpp"
#include "config/project.hpp"
#include "dataset/table.hpp"
#include "metrics/metric.hpp"

#include <cstdint>
#include <optional>
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
  metrics::Dependence dependence = metrics::Dependence::none; ///< as metrics::Sample
  std::vector<std::uint32_t> places;
  std::size_t features = 0;         ///< that the model reads; 0 where nobody knows
  std::optional<double> half_width; ///< regression: of the model's conformal interval, where it has one
  std::vector<double> call_cost;    ///< [n] or empty: as metrics::Sample
  std::vector<double> pass_cost;
  std::vector<double> stump; ///< [n·k] of a single split of one feature; empty where there is none
  bool labels_only = false;  ///< `model` holds decisions without probabilities

  [[nodiscard]] bool has_costs() const { return !call_cost.empty(); }
};

/// Fills in the costs of `rows` of `table`, whose targets `scored` holds, by mlp.yaml.
/// throws Error{input} as dataset::row_costs does
void set_costs(Scored& scored, const dataset::Table& table, const std::vector<std::uint32_t>& rows,
               const config::Project& project);

/// With how many threads, and who looks on: never changes a result.
struct Effort {
  unsigned threads = 1;
  Progress* progress = nullptr;         ///< may be null
  const Interrupt* interrupt = nullptr; ///< may be null
};

/// The Sample over one of its score vectors.
[[nodiscard]] metrics::Sample sample_of(const Scored& scored, const std::vector<double>& scores);

/// The Sample of the model's scores, with what is known of the model.
[[nodiscard]] metrics::Sample model_sample_of(const Scored& scored);

/// The rows at `at` alone, with the model's scores; baselines are left out.
[[nodiscard]] Scored rows_at(const Scored& scored, const std::vector<std::uint32_t>& at);

/// Level, replicates and seed of mlp.yaml.
[[nodiscard]] metrics::IntervalOptions interval_options(const config::Project& project, const Effort& effort);

} // namespace mlp::evaluation
