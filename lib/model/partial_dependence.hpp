#pragma once

#include "model/probe.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace mlp::model {

/// The mean prediction when every row has one value of a feature.
struct DependencePoint {
  std::string value;         ///< as people write it; "(missing)"
  std::vector<double> means; ///< binary: of P(positive); multiclass: of each class; regression: prediction
};

struct PartialDependence {
  std::size_t feature = 0;
  std::vector<DependencePoint> points;
};

/// Values of a number or date/time that are tried: its deciles among the rows, lowest and highest included;
/// of its distinct values where most rows share a few.
inline constexpr std::size_t k_dependence_points = 11;
/// Categories that are tried: the most frequent ones.
inline constexpr std::size_t k_most_dependence_categories = 20;

/// How the mean prediction depends on one feature, the others left as they are: each row is given each value
/// in turn. Rows that no such combination could exist for are averaged, too: where features are correlated,
/// read it with care. "(missing)" is tried where a row is.
///
/// probe    of at least one row
/// weights  [rows] or empty
/// source   Friedman 2001, Greedy function approximation, section 8.2
[[nodiscard]] PartialDependence partial_dependence(const Probe& probe, std::span<const double> weights,
                                                   std::size_t feature);

} // namespace mlp::model
