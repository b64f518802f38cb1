#pragma once

#include "evaluation/evaluation.hpp"

#include <string_view>

namespace mlp::evaluation {

/// Whether a metric reads nothing but which class each row is called.
[[nodiscard]] bool is_label_metric(Task task, std::string_view metric);

/// Of predictions that are labels without probabilities (Scored::model holds 0 and 1): every metric that
/// needs a probability or a ranking becomes undefined, with the reason; those of the confusion matrix stand.
void keep_label_metrics(Evaluation& evaluation);
void keep_label_metrics(Task task, std::vector<metrics::MetricValue>& values);

} // namespace mlp::evaluation
