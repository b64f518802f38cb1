#pragma once

#include "metrics/statistic.hpp"

#include <string>
#include <vector>

namespace mlp::metrics {

/// A metric that is the weighted mean of one value a row, or a function of that mean.
struct RowMean {
  std::vector<double> values;                 ///< [n]; empty where the metric is undefined on these rows
  double (*transform)(double mean) = nullptr; ///< for example the root of RMSE; none: the mean itself
  std::string why;                            ///< of being undefined
};

/// The statistic of metrics that are all means of row values.
class RowMeans final : public Statistic {
public:
  explicit RowMeans(std::vector<RowMean> means) : means_(std::move(means)) {}

  void evaluate(RowWeights& weights, std::span<double> values) const override;
  [[nodiscard]] std::string why_undefined(std::size_t metric) const override { return means_[metric].why; }
  [[nodiscard]] std::vector<double> row_values(std::size_t metric) const override;

private:
  std::vector<RowMean> means_;
};

} // namespace mlp::metrics
