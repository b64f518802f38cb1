#include "metrics/conformal.hpp"

#include "metrics/distributions.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mlp::metrics {
namespace {

constexpr double k_expected_level = 0.95;
constexpr double k_rounding = 1e-9; // 10 · 0.9 must be 9, not a little more: its ceiling would be 10

/// The probability of a class: of a binary task 0 is 1 − P(positive).
double probability(const Sample& sample, std::size_t row, std::size_t class_index) {
  if (sample.task == Task::binary) {
    return class_index == 1 ? sample.scores[row] : 1.0 - sample.scores[row];
  }
  return sample.scores[row * sample.classes + class_index];
}

double misfit(const Sample& sample, std::size_t row) {
  if (sample.task == Task::regression) {
    return std::abs(sample.target[row] - sample.scores[row]);
  }
  return 1.0 - probability(sample, row, static_cast<std::size_t>(sample.target[row]));
}

double weight_of(std::span<const double> weights, std::size_t row) {
  return weights.empty() ? 1.0 : weights[row];
}

struct WeighedMisfit {
  double misfit = 0.0;
  double weight = 0.0;
};

std::vector<WeighedMisfit> sorted_misfits(const Sample& calibration) {
  std::vector<WeighedMisfit> misfits;
  for (std::size_t row = 0; row < calibration.rows(); ++row) {
    if (const double weight = weight_of(calibration.weights, row); weight > 0.0) {
      misfits.push_back({misfit(calibration, row), weight});
    }
  }
  std::ranges::sort(misfits, [](const WeighedMisfit& a, const WeighedMisfit& b) {
    return std::pair(a.misfit, a.weight) < std::pair(b.misfit, b.weight);
  });
  return misfits;
}

} // namespace

ConformalRule conformal_rule(const Sample& calibration, double level) {
  const std::vector<WeighedMisfit> misfits = sorted_misfits(calibration);
  std::vector<double> weights(misfits.size());
  std::ranges::transform(misfits, weights.begin(), &WeighedMisfit::weight);
  const auto n = static_cast<double>(misfits.size());
  const double whole = sum(weights) * (n + 1.0) / n; // with a row to come, of the mean weight
  ConformalRule rule;
  rule.level = level;
  rule.n = static_cast<std::int64_t>(misfits.size());
  double inside = 0.0;
  for (std::size_t at = 0; at < misfits.size(); ++at) {
    inside += misfits[at].weight;
    ++rule.rank;
    if (inside < whole * (level - k_rounding)) {
      continue;
    }
    rule.limit = misfits[at].misfit;
    const double rows = effective_rows(weights) + 1.0;
    const double a = std::min(inside / whole, n / (n + 1.0)) * rows;
    rule.expected = Interval{beta_quantile(0.5 - 0.5 * k_expected_level, a, rows - a),
                             beta_quantile(0.5 + 0.5 * k_expected_level, a, rows - a)};
    return rule;
  }
  ++rule.rank;
  return rule;
}

std::vector<ConformalRow> conformal_rows(const ConformalRule& rule, const Sample& sample) {
  const std::size_t classes = sample.task == Task::regression ? 0 : std::max<std::size_t>(2, sample.classes);
  std::vector<ConformalRow> rows(sample.rows());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    rows[row].covered = !rule.limit || misfit(sample, row) <= *rule.limit;
    for (std::size_t k = 0; k < classes; ++k) {
      rows[row].size += !rule.limit || 1.0 - probability(sample, row, k) <= *rule.limit ? 1 : 0;
    }
  }
  return rows;
}

std::optional<Coverage> coverage_of(std::span<const ConformalRow> rows, std::span<const double> weights,
                                    std::span<const std::uint32_t> at, double level) {
  Coverage coverage;
  std::vector<double> weighed;
  double covered = 0.0;
  double sizes = 0.0;
  double empty = 0.0;
  for (const std::uint32_t row : at) {
    const double weight = weight_of(weights, row);
    weighed.push_back(weight);
    covered += rows[row].covered ? weight : 0.0;
    sizes += weight * static_cast<double>(rows[row].size);
    empty += rows[row].size == 0 ? weight : 0.0;
  }
  const double whole = sum(weighed);
  if (!(whole > 0.0)) {
    return std::nullopt;
  }
  coverage.n = static_cast<std::int64_t>(at.size());
  coverage.share = std::min(1.0, covered / whole);
  coverage.interval = wilson_interval(coverage.share, effective_rows(weighed), level);
  coverage.mean_size = sizes / whole;
  coverage.empty = empty / whole;
  return coverage;
}

} // namespace mlp::metrics
