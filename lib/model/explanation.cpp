#include "model/explanation.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

namespace mlp::model {
namespace {

constexpr std::uint64_t k_dependence_stream = 1;

/// By importance, then by how often trees ask for it, then by column.
bool matters_more(const FeatureExplanation& a, const FeatureExplanation& b) {
  const auto rank = [](const FeatureExplanation& of) {
    return std::tuple(-of.importance.value.value_or(-std::numeric_limits<double>::infinity()),
                      -(of.use ? of.use->splits : 0), of.feature);
  };
  return rank(a) < rank(b);
}

std::vector<std::string> outputs_of(const Artifact& artifact) {
  switch (artifact.task) {
  case Task::binary:
    return {artifact.classes.back()};
  case Task::multiclass:
    return artifact.classes;
  case Task::regression:
  case Task::ranking:
    return {};
  }
  return {};
}

} // namespace

std::vector<std::uint32_t> sample_positions(std::size_t n, std::size_t most, std::uint64_t seed,
                                            std::uint64_t stream) {
  std::vector<std::uint32_t> positions(n);
  std::iota(positions.begin(), positions.end(), 0U);
  if (n <= most) {
    return positions;
  }
  const auto key = [&](std::uint32_t at) { return std::pair(random_bits(seed, stream, at), at); };
  const auto end = positions.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(positions.begin(), end, positions.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  positions.resize(most);
  std::sort(positions.begin(), positions.end());
  return positions;
}

ModelExplanation explain_model(const Predictor& predictor, std::span<const float> encoded,
                               const metrics::Sample& judged, const std::string& metric,
                               const ImportanceOptions& options) {
  const auto& features = predictor.artifact().features;
  const std::size_t width = features.size();
  ModelExplanation result;
  result.metric = metric;
  result.outputs = outputs_of(predictor.artifact());
  auto importances = permutation_importance(predictor, encoded, judged, metric, options);
  const bool has_use = predictor.booster().kind() != "gblinear";
  const auto use = has_use ? predictor.booster().feature_use() : std::vector<xgb::FeatureUse>();
  for (std::size_t i = 0; i < width; ++i) {
    result.features.push_back(
        {i, features[i].name, has_use ? std::optional(use[i]) : std::nullopt, std::move(importances[i])});
  }
  std::sort(result.features.begin(), result.features.end(), matters_more);

  std::vector<float> values;
  std::vector<double> weights;
  for (const std::uint32_t row :
       sample_positions(judged.rows(), k_dependence_rows, options.seed, k_dependence_stream)) {
    const auto line = encoded.subspan(row * width, width);
    values.insert(values.end(), line.begin(), line.end());
    if (!judged.weights.empty()) {
      weights.push_back(judged.weights[row]);
    }
  }
  for (const FeatureExplanation& of : result.features) {
    if (result.dependence.size() < k_dependences && (!of.use || of.use->splits > 0)) {
      if (options.interrupt != nullptr) {
        options.interrupt->check();
      }
      result.dependence.push_back(partial_dependence(predictor, values, weights, of.feature));
    }
  }
  return result;
}

} // namespace mlp::model
