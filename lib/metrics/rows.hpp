#pragma once

#include "metrics/metric.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace mlp::metrics {

/// A validated sample in canonical order: sorted by scores (highest first), target, weight and costs. Every
/// sum and every resampling runs in this order, so no result depends on the order in which the rows were
/// given.
struct Rows {
  Task task = Task::binary;
  std::vector<double> target;  ///< [n]
  std::vector<double> scores;  ///< [n·classes], row-major
  std::vector<double> weights; ///< [n], or empty where all are equal: then each row weighs 1 (see RowWeights)
  std::size_t classes = 1;
  double threshold = 0.5;
  Dependence dependence =
      Dependence::none;              ///< time only where the losses of neighbouring rows are correlated
  std::vector<std::uint32_t> places; ///< [n] index of the cluster, or place in time 0…n−1; empty for none
  std::size_t groups = 0;            ///< clusters
  std::vector<std::uint32_t> times;  ///< [n] of rows in time, correlated or not: equal ones are equal here
  std::vector<std::string> class_names; ///< as Sample's
  std::size_t features = 0;
  std::optional<double> half_width;
  std::vector<double> call_cost; ///< [n] or empty, as Sample
  std::vector<double> pass_cost;

  [[nodiscard]] std::size_t size() const { return target.size(); }
  [[nodiscard]] std::span<const double> row_scores(std::size_t row) const {
    return std::span(scores).subspan(row * classes, classes);
  }
  /// Multiclass: the class of the highest probability, the first one of equals.
  [[nodiscard]] std::size_t called_class(std::size_t row) const;
};

/// throws what validate() throws
[[nodiscard]] Rows canonical(const Sample& sample);

/// Samples of the same rows in one common order: canonical for the first, rows that are equal there in that
/// of the second, and so on. At least one. throws what validate() throws, and Error{input} where they differ
/// in rows, targets, weights or classes
[[nodiscard]] std::vector<Rows> canonical_together(std::span<const Sample> samples);

/// The positions of `values`, the highest value first; equal values keep their order.
[[nodiscard]] std::vector<std::uint32_t> descending_order(std::span<const double> values);

/// values[order[0]], values[order[1]], …
[[nodiscard]] std::vector<double> gather(std::span<const double> values,
                                         std::span<const std::uint32_t> order);

} // namespace mlp::metrics
