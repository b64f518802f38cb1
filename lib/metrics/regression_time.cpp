#include "metrics/registry.hpp"
#include "metrics/sums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

// Metrics that read the rows in the order of their times.

namespace mlp::metrics {
namespace {

constexpr std::array<MetricInfo, 1> k_infos = {{
    {"mase@n", Task::regression, Direction::lower_is_better, IntervalMethod::bootstrap, "[0, inf)",
     "mae over the mean absolute change of the target from n rows earlier: below 1 = better than repeating "
     "the "
     "season of n rows. On the rows measured, by the column of role time (no group, no two rows of one time)",
     "Hyndman & Koehler 2006", "", false},
}};

/// Which row stands how many rows behind which in time; empty, with the reason, where nobody can tell.
struct Lagged {
  std::vector<double> changes; ///< [n] |target − target `season` rows earlier|; 0 of the first rows
  std::vector<double> counts;  ///< [n] 1; 0 of the first rows
  std::string why;
};

Lagged lagged(const Rows& rows, double season) {
  if (rows.times.empty()) {
    return {{}, {}, "it needs a column of role time and none of role group"};
  }
  if (season >= static_cast<double>(rows.size())) {
    return {{}, {}, fmt::format("there are only {} rows", rows.size())};
  }
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t row) { return rows.times[row]; });
  const auto same = std::ranges::adjacent_find(order, {}, [&](std::size_t row) { return rows.times[row]; });
  if (same != order.end()) {
    return {{}, {}, "several rows are of the same time"};
  }
  Lagged result{std::vector<double>(rows.size(), 0.0), std::vector<double>(rows.size(), 0.0), ""};
  const auto lag = static_cast<std::size_t>(season);
  for (std::size_t place = lag; place < order.size(); ++place) {
    const std::size_t row = order[place];
    result.changes[row] = std::abs(rows.target[row] - rows.target[order[place - lag]]);
    result.counts[row] = 1.0;
  }
  return result;
}

class TimeStatistic final : public Statistic {
public:
  TimeStatistic(const Rows& rows, std::span<const Wanted> wanted) : errors_(rows.size()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      errors_[row] = std::abs(rows.scores[row] - rows.target[row]);
    }
    for (const Wanted& one : wanted) {
      lags_.push_back(lagged(rows, one.parameter.number));
    }
  }

  void evaluate(RowWeights& weights, std::span<double> values) const override {
    for (std::size_t i = 0; i < lags_.size(); ++i) {
      values[i] = lags_[i].why.empty() ? scaled_error(lags_[i], weights) : k_undefined;
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t metric) const override {
    return lags_[metric].why.empty() ? "the target never changes from one season to the next"
                                     : lags_[metric].why;
  }

private:
  [[nodiscard]] double scaled_error(const Lagged& lag, const RowWeights& weights) const {
    const double scale = weighted_sum(weights, lag.changes) / weighted_sum(weights, lag.counts);
    return scale > 0.0 ? weighted_mean(weights, errors_) / scale : k_undefined;
  }

  std::vector<double> errors_;
  std::vector<Lagged> lags_;
};

} // namespace

Family regression_time() {
  return {infos_of(k_infos), [](const Rows& rows, std::span<const Wanted> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<TimeStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
