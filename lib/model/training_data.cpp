#include "model/training_data.hpp"

#include "base/error.hpp"
#include "metrics/metric.hpp"
#include "model/boosting.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::model {

std::vector<std::uint32_t> thinned_rows(const std::vector<std::uint32_t>& rows) {
  constexpr std::size_t k_most_rows = 100'000;
  const std::size_t step = std::max<std::size_t>(1, (rows.size() + k_most_rows - 1) / k_most_rows);
  std::vector<std::uint32_t> kept;
  kept.reserve(rows.size() / step + 1);
  for (std::size_t i = 0; i < rows.size(); i += step) {
    kept.push_back(rows[i]);
  }
  return kept;
}

std::vector<double> gathered(const std::vector<double>& values, const std::vector<std::uint32_t>& rows) {
  std::vector<double> part;
  part.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    part.push_back(values[row]);
  }
  return part;
}

std::vector<double> weights_of(const dataset::Table& table, const dataset::Roles& roles,
                               const std::vector<std::uint32_t>& rows) {
  if (!roles.weight) {
    return {};
  }
  const auto& column = table.column(*roles.weight);
  if (column.type != dataset::ColumnType::number && column.type != dataset::ColumnType::boolean) {
    throw Error(ErrorCode::input, "the weight column '{}' is a {}, not a number", column.name,
                name_of(column.type))
        .hint("give another column the role weight in mlp.yaml");
  }
  auto weights = gathered(column.numbers, rows);
  const auto is_bad = [](double weight) { return !(weight >= 0.0) || std::isinf(weight); };
  const auto first = std::find_if(weights.begin(), weights.end(), is_bad);
  if (first != weights.end()) {
    const std::uint32_t row = rows[static_cast<std::size_t>(first - weights.begin())];
    throw Error(
        ErrorCode::input,
        "the weight column '{}' is missing, negative or infinite in {} of {} rows; the first is row {}",
        column.name, std::count_if(first, weights.end(), is_bad), rows.size(), row + 1)
        .hint("give every row a weight of 0 or more");
  }
  return weights;
}

std::vector<double> balanced_weights(const std::vector<double>& target, const std::vector<double>& weights,
                                     std::size_t classes) {
  std::vector<double> rows_of_class(classes, 0.0);
  for (const double label : target) {
    rows_of_class[static_cast<std::size_t>(label)] += 1.0;
  }
  const double share = static_cast<double>(target.size()) / static_cast<double>(classes);
  std::vector<double> balanced;
  balanced.reserve(target.size());
  for (std::size_t i = 0; i < target.size(); ++i) {
    const double factor = share / rows_of_class[static_cast<std::size_t>(target[i])];
    balanced.push_back(factor * (weights.empty() ? 1.0 : weights[i]));
  }
  return balanced;
}

Artifact untrained_artifact(const dataset::Target& target, const dataset::Roles& roles,
                            const config::Project& project, std::vector<Feature> features) {
  Artifact artifact;
  artifact.task = project.model.task;
  artifact.target = roles.target;
  artifact.classes = target.classes;
  if (artifact.task == Task::binary) {
    artifact.positive = artifact.classes.at(1);
  }
  artifact.threshold = project.evaluation.decision.threshold;
  artifact.id_column = roles.id;
  artifact.features = std::move(features);
  return artifact;
}

double weighted_mean(const std::vector<double>& values, const std::vector<double>& weights) {
  double sum = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double weight = weights.empty() ? 1.0 : weights[i];
    sum += weight * values[i];
    total += weight;
  }
  return sum / total;
}

void require_trainable(const dataset::Roles& roles, Task task, const std::vector<double>& target,
                       const std::vector<double>& weights) {
  if (roles.features.empty()) {
    throw Error(ErrorCode::input, "there is no feature to train on")
        .hint("give at least one column the role feature in mlp.yaml");
  }
  if (target.empty()) {
    throw Error(ErrorCode::input, "there are no rows to train on").hint("look at `mlp data split`");
  }
  const bool is_constant =
      std::all_of(target.begin(), target.end(), [&](double value) { return value == target[0]; });
  if (is_constant && task == Task::ranking) {
    throw Error(ErrorCode::input,
                "all {} training rows have the same grade of '{}': no order is better than another",
                target.size(), roles.target)
        .hint("look at `mlp data split`, or add rows with other grades");
  }
  if (is_constant && has_classes(task)) {
    throw Error(ErrorCode::input, "all {} training rows are of one class of '{}'", target.size(),
                roles.target)
        .hint("look at `mlp data split`, or add rows of the other class");
  }
  if (!weights.empty() &&
      std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 0.0; })) {
    throw Error(ErrorCode::input, "the weight of all {} training rows is 0", target.size())
        .hint("give some training rows a weight above 0");
  }
}

std::string stopping_metric(const config::Project& project) {
  const Task task = project.model.task;
  if (!project.evaluation.metrics.empty()) {
    const std::string& primary = project.evaluation.metrics.front();
    const auto* const info = metrics::find_metric(task, primary);
    if (info != nullptr && metrics::can_steer(*info)) {
      return primary;
    }
  }
  return std::string(loss_of(task));
}

} // namespace mlp::model
