#pragma once

#include "metrics/intervals.hpp"
#include "metrics/metric.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace mlp::metrics {

/// How far predictions must be widened so that a new row's truth is inside with a chance of at least `level`.
struct ConformalRule {
  double level = 0.9;
  std::int64_t n = 0;          ///< rows it was made from
  std::int64_t rank = 0;       ///< k = ⌈(n + 1)·level⌉: the k-th smallest misfit is the limit
  std::optional<double> limit; ///< absent where k > n: too few rows, everything is inside
  std::optional<Interval>
      expected; ///< of the share inside: 95% of Beta(k, n + 1 − k), by the luck of the n rows
};

/// Split conformal prediction from rows that the model was not fitted to. A row's misfit is 1 − P(its class),
/// or of a regression |target − prediction|; weights are not read. Holds for rows of the same distribution.
/// source  Vovk, Gammerman & Shafer 2005; Sadinle, Lei & Wasserman 2019 (classes); Vovk 2012 (Beta)
[[nodiscard]] ConformalRule conformal_rule(const Sample& calibration, double level);

/// A row's prediction set: how many classes it holds, and whether the true one is among them.
struct ConformalRow {
  bool covered = false;
  std::int64_t size = 0; ///< classes; 0 of a regression
};

/// One a row of the sample.
[[nodiscard]] std::vector<ConformalRow> conformal_rows(const ConformalRule& rule, const Sample& sample);

/// What the rule is worth on rows.
struct Coverage {
  std::int64_t n = 0;
  double share = 0.0;     ///< rows whose truth is inside
  Interval interval;      ///< of it (Wilson)
  double mean_size = 0.0; ///< classes a row
  double empty = 0.0;     ///< share of rows with no class: unlike anything the rule was made from
};

/// Of some of the rows, by position; at least one. level: of the interval
[[nodiscard]] Coverage coverage_of(std::span<const ConformalRow> rows, std::span<const std::uint32_t> at,
                                   double level);

} // namespace mlp::metrics
