#pragma once

#include "metrics/comparison.hpp"
#include "workflow/scoring.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

/// Two models' scores of the rows that neither was trained on.
struct Pair {
  TestRows test;
  evaluation::Scored scored; ///< target, weights and what belongs together; the first model's scores
  std::vector<double> second;
  double second_threshold = 0.5;
  std::size_t second_features = 0;

  [[nodiscard]] metrics::Sample first_sample() const;
  [[nodiscard]] metrics::Sample second_sample() const;
};

/// Scores both anew. throws Error{input} where the second predicts something else, or no rows are left
[[nodiscard]] Pair score_both(Workspace& workspace, const config::Project& project, const LoadedModel& first,
                              const LoadedModel& second);

/// What the paired comparison of two models says, metric by metric.
struct ModelComparison {
  std::int64_t n = 0; ///< rows
  double level = 0.95;
  std::vector<metrics::Difference> differences; ///< second − first, + is better
  std::vector<double> adjusted_p;               ///< Holm over the metrics; 1 where there is none
  /// By metric: what either run recorded of its spread over seeds; nothing where none did.
  std::vector<std::optional<double>> seed_deviations;
};

/// By the metrics of mlp.yaml that have a better direction; of labels alone by those that need no
/// probabilities.
[[nodiscard]] std::vector<metrics::Difference>
compare_by_metrics(Workspace& workspace, const config::Project& project, const metrics::Sample& candidate,
                   const metrics::Sample& champion, bool labels_only);

/// The second against the first, by compare_by_metrics.
[[nodiscard]] ModelComparison compare_pair(Workspace& workspace, const config::Project& project,
                                           const Pair& pair);

/// compare_pair of two models. Only where both models were evaluated on one test
/// part before: so it is no further look at it. Else nothing, and `why` says what is missing.
[[nodiscard]] std::optional<ModelComparison> compare_models(Workspace& workspace, const Reference& first,
                                                            const Reference& second, std::string& why);

[[nodiscard]] Json to_json(const ModelComparison& comparison);

} // namespace mlp::workflow
