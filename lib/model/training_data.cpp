#include "model/training_data.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::model {

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
    throw Error(ErrorCode::input, "the weight column '{}' is {}, not number", column.name,
                name_of(column.type))
        .hint("give another column the role weight in mlp.yaml");
  }
  auto weights = gathered(column.numbers, rows);
  const auto bad = std::count_if(weights.begin(), weights.end(),
                                 [](double weight) { return !(weight >= 0.0) || std::isinf(weight); });
  if (bad > 0) {
    throw Error(ErrorCode::input, "the weight column '{}' is missing, negative or infinite in {} rows",
                column.name, bad)
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

} // namespace mlp::model
