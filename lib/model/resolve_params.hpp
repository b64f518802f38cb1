#pragma once

#include "config/project.hpp"
#include "model/artifact.hpp"

#include <map>
#include <string>
#include <vector>

namespace mlp::model {

/// What the data decide about the parameters.
struct TrainingFacts {
  const std::vector<Feature>& features;
  std::size_t classes = 2;  ///< of the target
  double mean_target = 0.0; ///< weighted, over the training rows
};

/// The parameters as XGBoost gets them: the user's under their main names, and what mlp fills in: objective,
/// tree_method (hist), seed, num_class, and base_score = the mean target for regressions that start from a
/// constant (XGBoost 1.7 would start from 0.5). Threads and verbosity are not among them.
/// throws Error{input}: a parameter that check_params refuses, a constraint on a column that is no feature,
/// categories with a method that would take their codes for numbers (exact, gblinear)
[[nodiscard]] std::map<std::string, Json> resolve_params(const config::Project& project,
                                                         const TrainingFacts& facts);

/// XGBoost takes texts: shortest numbers, 0 and 1 for booleans.
[[nodiscard]] std::map<std::string, std::string> param_texts(const std::map<std::string, Json>& params);

} // namespace mlp::model
