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
  std::int64_t n = 0;    ///< rows it was made from, those of weight 0 left out
  std::int64_t rank = 0; ///< the k-th smallest misfit is the limit; of equal weights k = ⌈(n + 1)·level⌉
  std::optional<double> limit; ///< absent where k > n: too few rows, everything is inside
  std::optional<Interval>
      expected; ///< of the share inside: 95% of Beta(k, n + 1 − k), by the luck of the n rows
};

/// Split conformal prediction from rows that the model was not fitted to. A row's misfit is 1 − P(its class),
/// or of a regression |target − prediction|. Holds for rows of the same distribution.
///
/// Weights: the limit is the smallest misfit below which lies `level` of the weight of the rows and of one
/// more of their mean weight, so that the promise holds for the population that the weights stand for; Beta
/// then counts effective rows. source  Vovk, Gammerman & Shafer 2005; Sadinle, Lei & Wasserman 2019
/// (classes); Vovk 2012 (Beta); Tibshirani, Barber, Candès & Ramdas 2019 (weights)
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
  double share = 0.0;     ///< rows whose truth is inside, by weight as all of these
  Interval interval;      ///< of it (Wilson, effective rows)
  double mean_size = 0.0; ///< classes a row
  double empty = 0.0;     ///< share of rows with no class: unlike anything the rule was made from
};

/// Of some of the rows, by position; nothing where none of them weighs something.
/// weights: of all rows, or empty; level: of the interval
[[nodiscard]] std::optional<Coverage> coverage_of(std::span<const ConformalRow> rows,
                                                  std::span<const double> weights,
                                                  std::span<const std::uint32_t> at, double level);

} // namespace mlp::metrics
