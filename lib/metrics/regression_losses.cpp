#include "metrics/registry.hpp"
#include "metrics/row_means.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

// Metrics that are means of one loss a row (or the root of such a mean): a table of losses and domains.

namespace mlp::metrics {
namespace {

// target y, prediction p
double absolute(double y, double p) { return std::abs(p - y); }
double squared(double y, double p) { return (p - y) * (p - y); }
double signed_error(double y, double p) { return p - y; }
double percentage(double y, double p) { return std::abs((p - y) / y); }
double symmetric_percentage(double y, double p) {
  const double size = std::abs(y) + std::abs(p);
  return size > 0.0 ? 2.0 * std::abs(p - y) / size : 0.0;
}
double squared_logarithmic(double y, double p) {
  const double error = std::log1p(p) - std::log1p(y);
  return error * error;
}
double pinball(double y, double p, double quantile) {
  return y >= p ? quantile * (y - p) : (1.0 - quantile) * (p - y);
}
double poisson(double y, double p) { return 2.0 * ((y > 0.0 ? y * std::log(y / p) : 0.0) - y + p); }
double gamma(double y, double p) { return 2.0 * (std::log(p / y) + y / p - 1.0); }
/// Tweedie deviance of a power between those of Poisson (1) and gamma (2).
double tweedie(double y, double p, double power) {
  return 2.0 * (std::pow(y, 2.0 - power) / ((1.0 - power) * (2.0 - power)) -
                y * std::pow(p, 1.0 - power) / (1.0 - power) + std::pow(p, 2.0 - power) / (2.0 - power));
}

double root(double mean) { return std::sqrt(mean); }

bool anything(double /*y*/, double /*p*/) { return true; }
bool target_is_not_zero(double y, double /*p*/) { return y != 0.0; }
bool both_above_minus_one(double y, double p) { return y > -1.0 && p > -1.0; }
bool counts(double y, double p) { return y >= 0.0 && p > 0.0; }
bool positive(double y, double p) { return y > 0.0 && p > 0.0; }

struct Entry {
  MetricInfo info;
  double (*loss)(double y, double p); ///< null: `of` a parameter
  double (*transform)(double mean);
  bool (*domain)(double y, double p);
  std::string_view outside; ///< what a row outside the domain has
  double (*of)(double y, double p, double parameter) = nullptr;
};

constexpr auto k_lower = Direction::lower_is_better;
constexpr auto k_normal = IntervalMethod::normal;
constexpr auto k_bootstrap = IntervalMethod::bootstrap;
constexpr std::string_view k_positive = "[0, inf)";

constexpr std::array<Entry, 11> k_table = {{
    {{"mae", Task::regression, k_lower, k_normal, k_positive, "mean absolute error", "scikit-learn"},
     absolute,
     nullptr,
     anything,
     ""},
    {{"mse", Task::regression, k_lower, k_normal, k_positive, "mean squared error", "scikit-learn"},
     squared,
     nullptr,
     anything,
     ""},
    {{"rmse", Task::regression, k_lower, k_bootstrap, k_positive, "root of the mean squared error",
      "scikit-learn"},
     squared,
     root,
     anything,
     ""},
    {{"bias", Task::regression, Direction::neither, k_normal, "(-inf, inf), 0 is best",
      "mean of prediction - target", "mean error"},
     signed_error,
     nullptr,
     anything,
     ""},
    {{"mape", Task::regression, k_lower, k_normal, k_positive,
      "mean of |error / target|, as a fraction; undefined where a target is 0 (see wape)", "scikit-learn"},
     percentage,
     nullptr,
     target_is_not_zero,
     "a target of 0; see wape"},
    {{"smape", Task::regression, k_lower, k_normal, "[0, 2]",
      "mean of 2|error| / (|target| + |prediction|); a row where both are 0 counts 0", "Makridakis 1993"},
     symmetric_percentage,
     nullptr,
     anything,
     ""},
    {{"rmsle", Task::regression, k_lower, k_bootstrap, k_positive,
      "root of the mean squared error of ln(1 + value)", "scikit-learn"},
     squared_logarithmic,
     root,
     both_above_minus_one,
     "a target or prediction of -1 or less"},
    {{"pinball@q", Task::regression, k_lower, k_normal, k_positive,
      "mean pinball loss of the quantile q; of the median (0.5) = mae / 2", "scikit-learn", "0.1 0.5 0.9"},
     nullptr,
     nullptr,
     anything,
     "",
     pinball},
    {{"poisson_deviance", Task::regression, k_lower, k_normal, k_positive, "mean Poisson deviance",
      "scikit-learn"},
     poisson,
     nullptr,
     counts,
     "a target below 0 or a prediction of 0 or less"},
    {{"tweedie_deviance@p", Task::regression, k_lower, k_normal, k_positive,
      "mean Tweedie deviance of the power p, between Poisson (1) and gamma (2)", "scikit-learn", "1.5"},
     nullptr,
     nullptr,
     counts,
     "a target below 0 or a prediction of 0 or less",
     tweedie},
    {{"gamma_deviance", Task::regression, k_lower, k_normal, k_positive, "mean gamma deviance",
      "scikit-learn"},
     gamma,
     nullptr,
     positive,
     "a target or prediction of 0 or less"},
}};

RowMean make(const Rows& rows, const Entry& entry, double parameter) {
  RowMean mean;
  mean.transform = entry.transform;
  std::size_t outside = 0;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const double y = rows.target[row];
    const double p = rows.scores[row];
    outside += entry.domain(y, p) ? 0U : 1U;
    mean.values.push_back(entry.loss != nullptr ? entry.loss(y, p) : entry.of(y, p, parameter));
  }
  if (outside > 0) {
    mean.values.clear();
    mean.why =
        fmt::format("{} of {} rows ({:.3g}%) have {}", outside, rows.size(),
                    100.0 * static_cast<double>(outside) / static_cast<double>(rows.size()), entry.outside);
  }
  return mean;
}

} // namespace

Family regression_losses() {
  return {infos_of(k_table), [](const Rows& rows, std::span<const Wanted> wanted) {
            std::vector<RowMean> means;
            for (const Wanted& one : wanted) {
              means.push_back(make(rows, k_table.at(one.metric), one.parameter.number));
            }
            return std::unique_ptr<Statistic>(std::make_unique<RowMeans>(std::move(means)));
          }};
}

} // namespace mlp::metrics
