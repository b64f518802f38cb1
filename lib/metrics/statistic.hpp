#pragma once

#include "metrics/metric.hpp"
#include "metrics/row_weights.hpp"

#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mlp::metrics {

inline constexpr double k_undefined = std::numeric_limits<double>::quiet_NaN();

/// Metrics that share one pass over a sample, prepared (sorted, losses taken) once and then evaluated for
/// any weights of its rows: their own, or those of a bootstrap replicate. Metrics are numbered as wanted when
/// it was made. Safe to evaluate from several threads.
class Statistic {
public:
  Statistic() = default;
  Statistic(const Statistic&) = delete;
  Statistic& operator=(const Statistic&) = delete;
  virtual ~Statistic() = default;

  /// values [number of metrics wanted], NaN where undefined
  virtual void evaluate(RowWeights& weights, std::span<double> values) const = 0;

  /// Why a metric is undefined on the rows it was prepared from.
  [[nodiscard]] virtual std::string why_undefined(std::size_t metric) const = 0;

  /// Of a metric that is a mean over rows: the value of each row [n], NaN for a row outside the mean's
  /// denominator. Empty for any other metric.
  [[nodiscard]] virtual std::vector<double> row_values(std::size_t /*metric*/) const { return {}; }

  /// Of a metric that is no mean over rows and yet has a standard error in closed form.
  [[nodiscard]] virtual std::optional<double> standard_error(std::size_t /*metric*/) const { return {}; }
};

/// A metric of a family, as asked for.
struct Wanted {
  std::size_t metric = 0;  ///< position in Family::metrics
  NameParameter parameter; ///< of a form
};

/// The metrics of one task that one kind of Statistic computes.
struct Family {
  std::vector<MetricInfo> metrics;
  /// `rows` must outlive the statistic
  std::unique_ptr<Statistic> (*prepare)(const Rows& rows, std::span<const Wanted> wanted);
};

/// The definitions of a table whose entries are MetricInfo or have a member `info`.
template <typename Table> [[nodiscard]] std::vector<MetricInfo> infos_of(const Table& table) {
  std::vector<MetricInfo> infos;
  for (const auto& entry : table) {
    if constexpr (requires { entry.info; }) {
      infos.push_back(entry.info);
    } else {
      infos.push_back(entry);
    }
  }
  return infos;
}

} // namespace mlp::metrics
