#include "metrics/bootstrap.hpp"
#include "metrics/metric.hpp"
#include "metrics/row_losses.hpp"
#include "metrics/statistic.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::metrics {
namespace {

double skill_of(std::span<const double> losses, std::span<const double> reference,
                std::span<const double> weights) {
  const double other = weighted_sum(weights, reference);
  return other > 0.0 ? 1.0 - weighted_sum(weights, losses) / other : k_undefined;
}

} // namespace

MetricValue skill(std::string_view name, const Sample& model, const Sample& other,
                  const IntervalOptions& options) {
  const auto [rows, other_rows] = canonical_pair(model, other);
  const auto losses = skill_losses(rows);
  const auto reference = skill_losses(other_rows);
  MetricValue result;
  result.name = std::string(name);
  result.n = static_cast<std::int64_t>(rows.size());
  if (rows.task == Task::binary) {
    result.n_pos = static_cast<std::int64_t>(std::ranges::count(rows.target, 1.0));
  }
  result.direction = Direction::higher_is_better;
  result.level = options.level;
  const double value = skill_of(losses, reference, rows.weights);
  if (!std::isfinite(value)) {
    result.status = Status::undefined;
    result.why = "the other model makes no error: nothing can be better";
    return result;
  }
  const auto evaluate = [&](std::span<const double> weights, std::span<double> values) {
    values[0] = skill_of(losses, reference, weights);
  };
  const Replicates replicates = bootstrap(rows, 1, evaluate, options);
  const auto interval = percentile_interval(replicates, 0, options.level);
  if (!interval || rows.size() < 2) {
    result.status = Status::insufficient;
    result.why = interval ? "there is only one row: an interval needs two" : why_no_interval(replicates, 0);
    return result;
  }
  result.value = value;
  result.lower = interval->lower;
  result.upper = interval->upper;
  result.method = IntervalMethod::bootstrap;
  return result;
}

} // namespace mlp::metrics
