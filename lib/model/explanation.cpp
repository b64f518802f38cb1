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

ModelExplanation explain_model(const Probe& probe, const metrics::Sample& judged, const std::string& metric,
                               const ImportanceOptions& options) {
  const auto& features = probe.artifact().features;
  ModelExplanation result;
  result.metric = metric;
  result.outputs = outputs_of(probe.artifact());
  auto importances = permutation_importance(probe, judged, metric, options);
  const std::vector<xgb::FeatureUse> use = probe.feature_use();
  for (std::size_t i = 0; i < features.size(); ++i) {
    result.features.push_back(
        {i, features[i].name, use.empty() ? std::nullopt : std::optional(use[i]), std::move(importances[i])});
  }
  std::sort(result.features.begin(), result.features.end(), matters_more);

  const auto positions =
      sample_positions(judged.rows(), k_dependence_rows, options.seed, k_dependence_stream);
  const std::unique_ptr<Probe> some = probe.of(positions);
  std::vector<double> weights;
  for (std::size_t i = 0; i < positions.size() && !judged.weights.empty(); ++i) {
    weights.push_back(judged.weights[positions[i]]);
  }
  for (const FeatureExplanation& of : result.features) {
    if (result.dependence.size() < k_dependences && (!of.use || of.use->splits > 0)) {
      if (options.interrupt != nullptr) {
        options.interrupt->check();
      }
      result.dependence.push_back(partial_dependence(*some, weights, of.feature));
    }
  }
  return result;
}

} // namespace mlp::model
