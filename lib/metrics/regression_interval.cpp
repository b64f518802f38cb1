#include "metrics/registry.hpp"
#include "metrics/row_means.hpp"

#include <array>
#include <cmath>

// Metrics of the interval around each prediction, prediction ± half_width of the sample.

namespace mlp::metrics {
namespace {

constexpr std::array<MetricInfo, 2> k_infos = {{
    {"interval_coverage", Task::regression, Direction::neither, IntervalMethod::wilson, "[0, 1]",
     "share of rows whose target lies in their 90% conformal interval; the closer to 0.9, the better",
     "Vovk, Gammerman & Shafer 2005", "", false},
    {"interval_width", Task::regression, Direction::neither, IntervalMethod::none, "[0, inf)",
     "width of the 90% conformal interval, the same for each row; the narrower, the better, where the "
     "coverage "
     "is the same. No interval of its own, because it comes from the validation rows",
     "Vovk, Gammerman & Shafer 2005", "", false},
}};
enum Position : std::size_t { coverage, width };

RowMean make(const Rows& rows, std::size_t metric) {
  RowMean mean;
  if (!rows.half_width) {
    mean.why = "there is no interval: it needs a model with enough validation rows";
    return mean;
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const bool inside = std::abs(rows.target[row] - rows.scores[row]) <= *rows.half_width;
    mean.values.push_back(metric == width ? 2.0 * *rows.half_width : inside ? 1.0 : 0.0);
  }
  return mean;
}

} // namespace

Family regression_interval() {
  return {infos_of(k_infos), [](const Rows& rows, std::span<const Wanted> wanted) {
            std::vector<RowMean> means;
            for (const Wanted& one : wanted) {
              means.push_back(make(rows, one.metric));
            }
            return std::unique_ptr<Statistic>(std::make_unique<RowMeans>(std::move(means)));
          }};
}

} // namespace mlp::metrics
