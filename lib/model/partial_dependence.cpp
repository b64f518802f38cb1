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

/// Each row gets the value of one that has it.
Swap all_given(std::size_t feature, std::span<const float> column, float tried) {
  const auto has_it = [tried](float value) {
    return value == tried || (std::isnan(value) && std::isnan(tried));
  };
  const auto row = static_cast<std::uint32_t>(std::ranges::find_if(column, has_it) - column.begin());
  return {feature, std::vector<std::uint32_t>(column.size(), row)};
}

} // namespace

PartialDependence partial_dependence(const Probe& probe, std::span<const double> weights,
                                     std::size_t feature) {
  const auto& features = probe.artifact().features;
  const std::size_t rows = probe.rows();
  std::vector<float> column(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    column[row] = probe.encoded()[row * features.size() + feature];
  }
  const std::vector<float> grid = grid_of(features[feature], column);
  std::vector<Swap> swaps;
  swaps.reserve(grid.size());
  for (const float tried : grid) {
    swaps.push_back(all_given(feature, column, tried));
  }
  const auto scores = probe.scores_after(swaps);
  PartialDependence result{feature, {}};
  for (std::size_t i = 0; i < grid.size(); ++i) {
    result.points.push_back({value_text(features[feature], grid[i]), means_of(scores[i], rows, weights)});
  }
  return result;
}

} // namespace mlp::model
