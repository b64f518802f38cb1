#pragma once

#include "metrics/intervals.hpp"
#include "metrics/metric.hpp"
#include "metrics/row_weights.hpp"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace mlp::metrics {

/// The values of several numbers on each of many resamples.
class Replicates {
public:
  Replicates(std::size_t replicates, std::size_t numbers)
      : numbers_(numbers), values_(replicates * numbers) {}

  [[nodiscard]] std::size_t size() const { return values_.size() / numbers_; }
  [[nodiscard]] std::span<double> of_replicate(std::size_t replicate) {
    return std::span(values_).subspan(replicate * numbers_, numbers_);
  }
  /// One number on all resamples on which it is defined.
  [[nodiscard]] std::vector<double> defined(std::size_t number) const;

private:
  std::size_t numbers_;
  std::vector<double> values_;
};

/// Writes `numbers` values for rows that weigh so much; called from several threads at once.
using Evaluate = std::function<void(RowWeights& weights, std::span<double> values)>;

/// Evaluates resamples (see Resampler): a row drawn c times counts c times its weight. The result is the same
/// on any number of threads. throws Error{input} for fewer than one replicate
[[nodiscard]] Replicates bootstrap(const Rows& rows, std::size_t numbers, const Evaluate& evaluate,
                                   const IntervalOptions& options);

/// Percentile interval of a number's replicates; nothing where more than 5% of them are undefined.
[[nodiscard]] std::optional<Interval> percentile_interval(const Replicates& replicates, std::size_t number,
                                                          double level);

/// "1,204 of 2,000 resamples leave it undefined": why there is no such interval.
[[nodiscard]] std::string why_no_interval(const Replicates& replicates, std::size_t number);

} // namespace mlp::metrics
