#include "metrics/row_means.hpp"

#include "metrics/sums.hpp"

namespace mlp::metrics {

void RowMeans::evaluate(RowWeights& weights, std::span<double> values) const {
  const double total = sum(weights);
  for (std::size_t i = 0; i < means_.size(); ++i) {
    if (means_[i].values.empty()) {
      values[i] = k_undefined;
      continue;
    }
    const double mean = weighted_sum(weights, means_[i].values) / total;
    values[i] = means_[i].transform == nullptr ? mean : means_[i].transform(mean);
  }
}

std::vector<double> RowMeans::row_values(std::size_t metric) const {
  return means_[metric].transform == nullptr ? means_[metric].values : std::vector<double>{};
}

} // namespace mlp::metrics
