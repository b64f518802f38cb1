#pragma once

#include "dataset/distinct_sketch.hpp"
#include "dataset/even_cells.hpp"
#include "dataset/profile.hpp"
#include "dataset/profile_parts.hpp"
#include "dataset/quantile_sketch.hpp"
#include "dataset/value_counts.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// What a profile says of any number of values, in bounded memory: extremes and moments as they are,
/// quantiles, histogram and the number of different values from sketches.
///
/// Quantiles  numbers that spread evenly enough are counted in EvenCells, the others go to a QuantileSketch;
///            both together are within the error that the latter states.
/// Variance  from sums of x − s and (x − s)², s being the mean of the values that were there first (Chan,
///           Golub & LeVeque, "Algorithms for computing the sample variance", The American Statistician 37
///           (1983), the shifted form): s is as far from the mean as the first values are.
/// Top       values that are frequent among the first are counted exactly from there on; others that the
///           quantile sketch shows to be frequent come with its error.
class NumberSketches {
public:
  /// `first`: the values that were there before it was decided to sketch; they are taken.
  explicit NumberSketches(std::span<const double> first);
  explicit NumberSketches(const ValueCounts& first);

  /// NaN is passed over. Returns how many were none.
  std::int64_t add(std::span<const double> values);
  /// Sets all of a profile but name, type, missing and count. At least two values.
  void describe(ColumnProfile& profile, const Column& shown);
  /// Values and how many each stands for, after describe(): within the profile's rank_error.
  [[nodiscard]] ValueCounts counts() const;

private:
  /// A value that was frequent among the first, and how often it occurred since, and then.
  struct Candidate {
    double value = 0;
    std::int64_t count = 0;
  };
  static constexpr std::size_t k_slots = 4096; ///< for at most 651 candidates: mostly free
  static constexpr std::size_t k_block = 1024; ///< stays in the first cache from step to step

  void set_candidates(const ValueCounts& likely, double least);
  void take_block(std::span<const double> values);
  void take_extremes(std::span<const double> values);
  void take(std::span<const double> values);
  void count_candidate(double value, std::uint64_t hash);
  [[nodiscard]] std::vector<std::pair<double, std::int64_t>> top(const ValueCounts& sketch) const;

  std::vector<double> block_; ///< [k_block] of which waiting_ are there
  std::size_t waiting_ = 0;
  std::optional<EvenCells> cells_;
  std::vector<double> given_back_; ///< by the cells: room that is used again
  QuantileSketch quantiles_{0};    ///< of what the cells do not take
  DistinctSketch distinct_;
  double shift_ = 0;
  CompensatedSum sum_;     ///< of x − shift
  CompensatedSum squares_; ///< of (x − shift)²
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
  std::vector<Candidate> candidates_; ///< at their hash, or behind it; NaN: free. Empty where there is none
};

} // namespace mlp::dataset
