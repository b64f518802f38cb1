#pragma once

#include "base/task.hpp"
#include "config/project.hpp"
#include "dataset/roles.hpp"
#include "dataset/table.hpp"
#include "model/artifact.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mlp::model {

/// values[row] of each of `rows`.
[[nodiscard]] std::vector<double> gathered(const std::vector<double>& values,
                                           const std::vector<std::uint32_t>& rows);

/// Every n-th of them, so that at most 100,000 are left: what a baseline is fitted to, since more would
/// change it by less than it is worth.
[[nodiscard]] std::vector<std::uint32_t> thinned_rows(const std::vector<std::uint32_t>& rows);

/// The weight column of these rows; empty where there is none.
/// throws Error{input} where it is no number, or missing, negative or infinite in a row
[[nodiscard]] std::vector<double> weights_of(const dataset::Table& table, const dataset::Roles& roles,
                                             const std::vector<std::uint32_t>& rows);

/// n / (classes × rows of the row's class), times its weight: each class weighs as much as any other.
/// `target` holds class indices below `classes`; `weights` may be empty.
[[nodiscard]] std::vector<double> balanced_weights(const std::vector<double>& target,
                                                   const std::vector<double>& weights, std::size_t classes);

/// Of the training rows. throws Error{input}: no feature, no rows, one class only, every weight 0
void require_trainable(const dataset::Roles& roles, Task task, const std::vector<double>& target,
                       const std::vector<double>& weights);

/// The metric that judges training on the validation part: the primary one where it says which direction is
/// better, else the loss.
[[nodiscard]] std::string stopping_metric(const config::Project& project);

/// What is known of a model before it is trained: task, target, classes, threshold, id column and inputs.
[[nodiscard]] Artifact untrained_artifact(const dataset::Target& target, const dataset::Roles& roles,
                                          const config::Project& project, std::vector<Feature> features);

/// `weights` may be empty.
[[nodiscard]] double weighted_mean(const std::vector<double>& values, const std::vector<double>& weights);

} // namespace mlp::model
