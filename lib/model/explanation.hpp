#pragma once

#include "model/partial_dependence.hpp"
#include "model/permutation_importance.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mlp::model {

/// What one feature is to a model.
struct FeatureExplanation {
  std::size_t feature = 0; ///< in the booster's column order
  std::string name;
  std::optional<xgb::FeatureUse> use; ///< absent of a linear booster and of an external model
  Importance importance;
};

/// What a model has learned, as it shows on some rows.
struct ModelExplanation {
  std::string metric;                        ///< whose loss is the importance
  std::vector<FeatureExplanation> features;  ///< the most important first
  std::vector<PartialDependence> dependence; ///< of the first of them that are used, in the same order
  std::vector<std::string> outputs;          ///< what each mean of a dependence is of; empty of a regression
};

/// Features whose dependence is worked out.
inline constexpr std::size_t k_dependences = 5;
/// Rows that a dependence is averaged over: its mean moves little with more.
inline constexpr std::size_t k_dependence_rows = 2000;

/// A simple random sample of min(n, most) of the numbers 0…n − 1, ascending; it depends on (seed, stream) and
/// n alone.
[[nodiscard]] std::vector<std::uint32_t> sample_positions(std::size_t n, std::size_t most, std::uint64_t seed,
                                                          std::uint64_t stream);

/// Arguments as of permutation_importance().
[[nodiscard]] ModelExplanation explain_model(const Probe& probe, const metrics::Sample& judged,
                                             const std::string& metric, const ImportanceOptions& options);

} // namespace mlp::model
