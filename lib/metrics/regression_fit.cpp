#include "metrics/registry.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>

// Metrics that set the error against the spread, the order or the size of the targets.

namespace mlp::metrics {
namespace {

/// A sample sorted once, so that medians and ranks under new weights need no sorting.
class Fit {
public:
  explicit Fit(const Rows& rows)
      : target(rows.target), error(rows.size()), absolute(rows.size()), prediction(rows.scores),
        by_target(descending_order(target)), by_prediction(descending_order(prediction)) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      error[row] = rows.scores[row] - rows.target[row];
      absolute[row] = std::abs(error[row]);
    }
    features = static_cast<double>(rows.features);
    by_absolute = descending_order(absolute);
    sorted_absolute = gather(absolute, by_absolute);
    sorted_target = gather(target, by_target);
  }

  std::vector<double> target;
  std::vector<double> error; ///< prediction − target
  std::vector<double> absolute;
  std::vector<double> prediction;
  std::vector<std::uint32_t> by_target;
  std::vector<std::uint32_t> by_prediction;
  std::vector<std::uint32_t> by_absolute;
  std::vector<double> sorted_absolute;
  std::vector<double> sorted_target;
  double features = 0.0; ///< that the model reads; 0 where nobody knows
};

/// Σ w·(value − centre)².
double squares_around(std::span<const double> values, double centre, std::span<const double> weights) {
  std::vector<double> squares(values.size());
  std::ranges::transform(values, squares.begin(), [=](double v) { return (v - centre) * (v - centre); });
  return weighted_sum(weights, squares);
}

/// All rows that weigh anything have one and the same value: then a spread is exactly none, whatever
/// rounding left of it.
bool is_constant(std::span<const double> values, std::span<const double> weights) {
  double low = 0.0;
  double high = 0.0;
  bool any = false;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (weights[row] > 0.0) {
      low = any ? std::min(low, values[row]) : values[row];
      high = any ? std::max(high, values[row]) : values[row];
      any = true;
    }
  }
  return low == high;
}

double explained(double residual, const Fit& fit, std::span<const double> weights) {
  if (is_constant(fit.target, weights)) {
    return k_undefined;
  }
  const double spread = squares_around(fit.target, weighted_mean(weights, fit.target), weights);
  return std::isfinite(spread) ? 1.0 - residual / spread : spread;
}

double r2(const Fit& fit, std::span<const double> weights) {
  return explained(squares_around(fit.error, 0.0, weights), fit, weights);
}

/// NaN also where the rows are too few for so many features, or the features unknown.
double adjusted_r2(const Fit& fit, std::span<const double> weights) {
  const auto rows = static_cast<double>(fit.target.size());
  const double freedom = rows - fit.features - 1.0;
  return fit.features > 0.0 && freedom > 0.0 ? 1.0 - (1.0 - r2(fit, weights)) * (rows - 1.0) / freedom
                                             : k_undefined;
}

double explained_variance(const Fit& fit, std::span<const double> weights) {
  return explained(squares_around(fit.error, weighted_mean(weights, fit.error), weights), fit, weights);
}

double median_absolute_error(const Fit& fit, std::span<const double> weights) {
  return weighted_median(fit.sorted_absolute, gather(weights, fit.by_absolute));
}

double max_error(const Fit& fit, std::span<const double> weights) {
  for (const std::size_t row : fit.by_absolute) {
    if (weights[row] > 0.0) {
      return fit.absolute[row];
    }
  }
  return k_undefined;
}

double d2_absolute_error(const Fit& fit, std::span<const double> weights) {
  if (is_constant(fit.target, weights)) {
    return k_undefined;
  }
  const double median = weighted_median(fit.sorted_target, gather(weights, fit.by_target));
  std::vector<double> spread(fit.target.size());
  std::ranges::transform(fit.target, spread.begin(), [=](double y) { return std::abs(y - median); });
  return 1.0 - weighted_sum(weights, fit.absolute) / weighted_sum(weights, spread);
}

double wape(const Fit& fit, std::span<const double> weights) {
  std::vector<double> sizes(fit.target.size());
  std::ranges::transform(fit.target, sizes.begin(), [](double y) { return std::abs(y); });
  const double size = weighted_sum(weights, sizes);
  return size > 0.0 ? weighted_sum(weights, fit.absolute) / size : k_undefined;
}

/// Mid-ranks under weights, from the highest value down: the weight before a group plus half of its own.
std::vector<double> ranks(std::span<const double> values, std::span<const std::uint32_t> order,
                          std::span<const double> weights) {
  std::vector<double> result(values.size());
  double before = 0.0;
  for (std::size_t begin = 0; begin < order.size();) {
    double group = 0.0;
    std::size_t end = begin;
    for (; end < order.size() && values[order[end]] == values[order[begin]]; ++end) {
      group += weights[order[end]];
    }
    for (; begin < end; ++begin) {
      result[order[begin]] = before + 0.5 * group;
    }
    before += group;
  }
  return result;
}

double spearman(const Fit& fit, std::span<const double> weights) {
  if (is_constant(fit.target, weights) || is_constant(fit.prediction, weights)) {
    return k_undefined;
  }
  const double middle = 0.5 * sum(weights); // the mean of mid-ranks
  const auto a = ranks(fit.target, fit.by_target, weights);
  const auto b = ranks(fit.prediction, fit.by_prediction, weights);
  std::vector<double> products(a.size());
  std::ranges::transform(a, b, products.begin(),
                         [=](double x, double y) { return (x - middle) * (y - middle); });
  return weighted_sum(weights, products) /
         std::sqrt(squares_around(a, middle, weights) * squares_around(b, middle, weights));
}

struct Entry {
  MetricInfo info;
  double (*formula)(const Fit&, std::span<const double> weights);
  std::string_view undefined_when;
};

constexpr auto k_higher = Direction::higher_is_better;
constexpr auto k_lower = Direction::lower_is_better;
constexpr auto k_bootstrap = IntervalMethod::bootstrap;
constexpr std::string_view k_constant = "all targets are equal";

constexpr std::array<Entry, 8> k_table = {{
    {{"r2", Task::regression, k_higher, k_bootstrap, "(-inf, 1]", "1 - mse / variance of the target",
      "scikit-learn"},
     r2,
     k_constant},
    {{"adj_r2", Task::regression, k_higher, k_bootstrap, "(-inf, 1]",
      "r2 less what so many features gain by luck: 1 - (1 - r2)(n - 1)/(n - features - 1)", "Theil 1961", "",
      false},
     adjusted_r2,
     "all targets are equal, or the rows are no more than the model's features + 1, or it is unknown how "
     "many "
     "it reads"},
    {{"explained_variance", Task::regression, k_higher, k_bootstrap, "(-inf, 1]",
      "1 - variance of the error / variance of the target", "scikit-learn"},
     explained_variance,
     k_constant},
    {{"d2_absolute_error", Task::regression, k_higher, k_bootstrap, "(-inf, 1]",
      "1 - mae / mae of always predicting these rows' median", "scikit-learn"},
     d2_absolute_error,
     k_constant},
    {{"medae", Task::regression, k_lower, k_bootstrap, "[0, inf)", "median absolute error", "scikit-learn"},
     median_absolute_error,
     ""},
    {{"max_error", Task::regression, k_lower, IntervalMethod::none, "[0, inf)",
      "largest absolute error; no interval, because resampling cannot exceed a maximum", "scikit-learn"},
     max_error,
     ""},
    {{"wape", Task::regression, k_lower, k_bootstrap, "[0, inf)",
      "sum of absolute errors / sum of absolute targets", "Kolassa & Schuetz 2007"},
     wape,
     "all targets are 0"},
    {{"spearman", Task::regression, k_higher, k_bootstrap, "[-1, 1]",
      "correlation of the ranks of target and prediction, mid-ranks for ties", "scipy: spearmanr"},
     spearman,
     "all targets or all predictions are equal"},
}};

class FitStatistic final : public Statistic {
public:
  FitStatistic(const Rows& rows, std::span<const Wanted> wanted)
      : fit_(rows), wanted_(wanted.begin(), wanted.end()) {}

  void evaluate(RowWeights& weights, std::span<double> values) const override {
    const std::span<const double> all = weights.all();
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      values[i] = k_table.at(wanted_[i].metric).formula(fit_, all);
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t metric) const override {
    return std::string(k_table.at(wanted_[metric].metric).undefined_when);
  }

private:
  Fit fit_;
  std::vector<Wanted> wanted_;
};

} // namespace

Family regression_fit() {
  return {infos_of(k_table), [](const Rows& rows, std::span<const Wanted> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<FitStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
