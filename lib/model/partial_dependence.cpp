#include "model/partial_dependence.hpp"

#include "metrics/sums.hpp"
#include "model/feature_value.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace mlp::model {
namespace {

/// Deciles that are values themselves (type 1): whole numbers stay whole. `sorted` may be empty.
std::vector<float> deciles(const std::vector<float>& sorted) {
  std::vector<float> grid;
  for (std::size_t i = 0; i < k_dependence_points && !sorted.empty(); ++i) {
    const std::size_t at = i * (sorted.size() - 1) / (k_dependence_points - 1);
    if (grid.empty() || grid.back() != sorted[at]) {
      grid.push_back(sorted[at]);
    }
  }
  return grid;
}

std::vector<float> quantile_grid(std::vector<float> values) {
  std::sort(values.begin(), values.end());
  std::vector<float> grid = deciles(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  const bool is_lopsided = 2 * grid.size() < std::min(values.size(), k_dependence_points);
  return is_lopsided ? deciles(values) : grid; // most rows have one value: the others tell the story
}

/// The most frequent codes, in the order of their texts.
std::vector<float> code_grid(const std::vector<float>& values) {
  std::map<float, std::int64_t> counts;
  for (const float value : values) {
    ++counts[value];
  }
  std::vector<std::pair<std::int64_t, float>> by_count;
  by_count.reserve(counts.size());
  for (const auto& [code, count] : counts) {
    by_count.emplace_back(-count, code);
  }
  std::sort(by_count.begin(), by_count.end());
  std::vector<float> grid;
  for (std::size_t i = 0; i < std::min(by_count.size(), k_most_dependence_categories); ++i) {
    grid.push_back(by_count[i].second);
  }
  std::sort(grid.begin(), grid.end());
  return grid;
}

std::vector<float> grid_of(const Feature& feature, std::span<const float> column) {
  std::vector<float> present;
  for (const float value : column) {
    if (!std::isnan(value)) {
      present.push_back(value);
    }
  }
  const bool is_coded = feature.type == dataset::ColumnType::category;
  std::vector<float> grid = is_coded ? code_grid(present) : quantile_grid(present);
  if (present.size() < column.size()) {
    grid.push_back(std::numeric_limits<float>::quiet_NaN());
  }
  return grid;
}

std::vector<double> means_of(const std::vector<double>& scores, std::size_t rows,
                             std::span<const double> weights) {
  const std::size_t width = scores.size() / rows;
  std::vector<double> means;
  std::vector<double> output(rows);
  const std::vector<double> equal(weights.empty() ? rows : 0, 1.0);
  for (std::size_t k = 0; k < width; ++k) {
    for (std::size_t row = 0; row < rows; ++row) {
      output[row] = scores[row * width + k];
    }
    means.push_back(
        metrics::weighted_mean(weights.empty() ? std::span<const double>(equal) : weights, output));
  }
  return means;
}

} // namespace

PartialDependence partial_dependence(const Predictor& predictor, std::span<const float> encoded,
                                     std::span<const double> weights, std::size_t feature) {
  const auto& features = predictor.artifact().features;
  const std::size_t rows = encoded.size() / features.size();
  std::vector<float> values(encoded.begin(), encoded.end());
  std::vector<float> column(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    column[row] = values[row * features.size() + feature];
  }
  PartialDependence result{feature, {}};
  for (const float tried : grid_of(features[feature], column)) {
    for (std::size_t row = 0; row < rows; ++row) {
      values[row * features.size() + feature] = tried;
    }
    result.points.push_back(
        {value_text(features[feature], tried), means_of(predictor.scores_of_encoded(values), rows, weights)});
  }
  return result;
}

} // namespace mlp::model
