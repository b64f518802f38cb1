#pragma once

#include "metrics/statistic.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::metrics {

// The families, in the order in which their metrics are shown.
[[nodiscard]] Family binary_ranking();
[[nodiscard]] Family binary_probability();
[[nodiscard]] Family binary_threshold();
[[nodiscard]] Family binary_calibration();
[[nodiscard]] Family binary_costs();
[[nodiscard]] Family multiclass_confusion();
[[nodiscard]] Family multiclass_probability();
[[nodiscard]] Family multiclass_ranking();
[[nodiscard]] Family multiclass_calibration();
[[nodiscard]] Family regression_losses();
[[nodiscard]] Family regression_fit();
[[nodiscard]] Family regression_time();
[[nodiscard]] Family regression_interval();
[[nodiscard]] Family query_ranking();

/// Metrics of one family among those asked for.
struct PreparedFamily {
  std::unique_ptr<Statistic> statistic;
  std::vector<const MetricInfo*> infos; ///< one a metric of the statistic, in its order
  std::vector<std::string> names;       ///< of the same, as asked for
  std::vector<std::size_t> positions;   ///< of these metrics among the names asked for
};

/// Groups `names` by family, so that each family makes one pass for all of its metrics. `rows` must outlive
/// the result.
/// throws Error{input} for a name that is no metric of the rows' task, with the nearest one as a hint
[[nodiscard]] std::vector<PreparedFamily> prepare(std::span<const std::string> names, const Rows& rows);

/// As prepare(), of one name.
[[nodiscard]] PreparedFamily prepare_one(std::string_view name, const Rows& rows);

} // namespace mlp::metrics
