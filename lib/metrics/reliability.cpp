#include "metrics/reliability.hpp"

#include "base/random.hpp"
#include "metrics/calibration.hpp"
#include "metrics/distributions.hpp"
#include "metrics/rows.hpp"
#include "metrics/sums.hpp"
#include "os/threads.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::metrics {
namespace {

constexpr std::size_t k_normal_bin_rows = 2000;
constexpr double k_normal_min_variance = 100.0; // of a count: ten rows up or down

/// Uniform in (0, 1).
double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t counter) {
  return (static_cast<double>(random_bits(seed, stream, counter) >> 11U) + 0.5) * 0x1.0p-53;
}

/// One bin's rows, positions in canonical order.
struct Bin {
  std::vector<std::size_t> rows;
  double variance = 0.0; ///< Σ w²p(1 − p): of Σ w(y − p) under perfect calibration
  bool is_normal = false;
};

std::vector<Bin> bins_of(const Rows& rows, std::span<const double> weights) {
  const BinnedCalibration binned(rows.target, rows.scores);
  const auto bin_of_row = binned.bins(weights);
  std::vector<Bin> bins(*std::max_element(bin_of_row.begin(), bin_of_row.end()) + 1);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    Bin& bin = bins[bin_of_row[row]];
    const double w = weights[row];
    bin.rows.push_back(row);
    bin.variance += w * w * rows.scores[row] * (1.0 - rows.scores[row]);
  }
  std::erase_if(bins, [](const Bin& bin) { return bin.rows.empty(); });
  for (Bin& bin : bins) {
    double heaviest = 0.0;
    for (const std::size_t row : bin.rows) {
      heaviest = std::max(heaviest, weights[row]);
    }
    bin.is_normal =
        bin.rows.size() > k_normal_bin_rows && bin.variance > k_normal_min_variance * heaviest * heaviest;
  }
  return bins;
}

/// The error of outcomes drawn with the scores as their chances.
double drawn_error(const Rows& rows, std::span<const double> weights, const std::vector<Bin>& bins,
                   double total, std::uint64_t seed, std::uint64_t draw) {
  double error = 0.0;
  for (const Bin& bin : bins) {
    double gap = 0.0;
    if (bin.is_normal) {
      gap = std::sqrt(bin.variance) * normal_quantile(uniform(seed, draw, bin.rows.front()));
    } else {
      for (const std::size_t row : bin.rows) {
        const double p = rows.scores[row];
        gap += weights[row] * ((uniform(seed, draw, row) < p ? 1.0 : 0.0) - p);
      }
    }
    error += std::abs(gap) / total;
  }
  return error;
}

ReliabilityBin described(const Rows& rows, std::span<const double> weights, const Bin& bin, double level) {
  std::vector<double> of_bin;
  std::vector<double> scores;
  std::vector<double> outcomes;
  for (const std::size_t row : bin.rows) {
    of_bin.push_back(weights[row]);
    scores.push_back(rows.scores[row]);
    outcomes.push_back(rows.target[row]);
  }
  ReliabilityBin described;
  described.n = static_cast<std::int64_t>(bin.rows.size());
  described.mean_score = weighted_mean(of_bin, scores);
  described.observed = weighted_mean(of_bin, outcomes);
  described.interval = wilson_interval(described.observed, effective_rows(of_bin), level);
  return described;
}

} // namespace

Reliability reliability(const Sample& sample, const IntervalOptions& options) {
  const Rows rows = canonical(sample);
  RowWeights row_weights(rows);
  const std::span<const double> weights = row_weights.all();
  const std::vector<Bin> bins = bins_of(rows, weights);
  const double total = sum(weights);
  Reliability result;
  for (auto bin = bins.rbegin(); bin != bins.rend(); ++bin) { // canonical order begins with the highest
    if (std::any_of(bin->rows.begin(), bin->rows.end(),
                    [&](std::size_t row) { return weights[row] > 0.0; })) {
      result.bins.push_back(described(rows, weights, *bin, options.level));
      const ReliabilityBin& last = result.bins.back();
      if (last.n >= k_gap_min_rows) {
        result.largest_gap =
            std::max(result.largest_gap.value_or(0.0), std::abs(last.observed - last.mean_score));
      }
    }
  }
  result.error = BinnedCalibration(rows.target, rows.scores).expected_error(weights);
  std::vector<double> errors(k_reliability_draws);
  os::parallel_for(errors.size(), options.threads, [&](std::size_t draw) {
    if (options.interrupt != nullptr) {
      options.interrupt->check();
    }
    errors[draw] = drawn_error(rows, weights, bins, total, options.seed, draw);
  });
  const auto draws = static_cast<double>(errors.size());
  const auto as_large =
      std::count_if(errors.begin(), errors.end(), [&](double error) { return error >= result.error; });
  result.excess = result.error - sum(errors) / draws;
  result.p_value = (1.0 + static_cast<double>(as_large)) / (1.0 + draws);
  return result;
}

} // namespace mlp::metrics
