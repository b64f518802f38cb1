#include "metrics/conformal.hpp"

#include "metrics/distributions.hpp"

#include <algorithm>
#include <cmath>

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

} // namespace

ConformalRule conformal_rule(const Sample& calibration, double level) {
  ConformalRule rule;
  rule.level = level;
  rule.n = static_cast<std::int64_t>(calibration.rows());
  rule.rank = static_cast<std::int64_t>(std::ceil(static_cast<double>(rule.n + 1) * level - k_rounding));
  if (rule.rank > rule.n) {
    return rule;
  }
  std::vector<double> misfits;
  for (std::size_t row = 0; row < calibration.rows(); ++row) {
    misfits.push_back(misfit(calibration, row));
  }
  const auto at = misfits.begin() + (rule.rank - 1);
  std::nth_element(misfits.begin(), at, misfits.end());
  rule.limit = *at;
  const auto a = static_cast<double>(rule.rank);
  const auto b = static_cast<double>(rule.n + 1 - rule.rank);
  rule.expected = Interval{beta_quantile(0.5 - 0.5 * k_expected_level, a, b),
                           beta_quantile(0.5 + 0.5 * k_expected_level, a, b)};
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

Coverage coverage_of(std::span<const ConformalRow> rows, std::span<const std::uint32_t> at, double level) {
  Coverage coverage;
  coverage.n = static_cast<std::int64_t>(at.size());
  const auto n = static_cast<double>(at.size());
  std::int64_t covered = 0;
  std::int64_t sizes = 0;
  std::int64_t empty = 0;
  for (const std::uint32_t row : at) {
    covered += rows[row].covered ? 1 : 0;
    sizes += rows[row].size;
    empty += rows[row].size == 0 ? 1 : 0;
  }
  coverage.share = static_cast<double>(covered) / n;
  coverage.interval = wilson_interval(coverage.share, n, level);
  coverage.mean_size = static_cast<double>(sizes) / n;
  coverage.empty = static_cast<double>(empty) / n;
  return coverage;
}

} // namespace mlp::metrics
