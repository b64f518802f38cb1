#pragma once

#include "evaluation/evaluation.hpp"

namespace mlp::evaluation {

/// Of predictions that are labels without probabilities (Scored::model holds 0 and 1): every metric that
/// needs a probability or a ranking becomes undefined, with the reason; those of the confusion matrix stand.
void keep_label_metrics(Evaluation& evaluation);

} // namespace mlp::evaluation
