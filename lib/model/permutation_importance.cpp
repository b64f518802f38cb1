#include "model/permutation_importance.hpp"

#include "base/random.hpp"
#include "metrics/comparison.hpp"
#include "metrics/distributions.hpp"
#include "metrics/sums.hpp"
#include "os/threads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::model {
namespace {

constexpr unsigned k_repeat_bits =
    32; // a stream of random numbers is (feature + 1, repeat); 0 draws the rows

/// A permutation of the rows that depends on the numbers alone. Source: Fisher & Yates, as Durstenfeld 1964.
std::vector<std::uint32_t> shuffled(std::size_t rows, std::uint64_t seed, std::uint64_t stream) {
  std::vector<std::uint32_t> order(rows);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = rows; i > 1; --i) {
    std::swap(order[i - 1], order[random_below(i, seed, stream, i)]);
  }
  return order;
}

class Permutation {
public:
  Permutation(const Probe& probe, const metrics::Sample& judged, const std::string& metric,
              const ImportanceOptions& options)
      : probe_(probe), judged_(judged), metric_(metric), options_(options),
        repeats_(static_cast<std::size_t>(options.repeats)), scores_(probe.scores()) {
    judged_.scores = scores_;
  }

  /// Of some features, whose shuffles are asked for together.
  std::vector<Importance> of(std::span<const std::size_t> features) {
    std::vector<Swap> swaps;
    for (const std::size_t feature : features) {
      for (std::size_t repeat = 0; repeat < repeats_; ++repeat) {
        const std::uint64_t stream = ((feature + 1) << k_repeat_bits) + repeat;
        swaps.push_back({feature, shuffled(judged_.rows(), options_.seed, stream)});
      }
    }
    const auto scores = scores_after(swaps);
    std::vector<Importance> importances;
    for (std::size_t i = 0; i < features.size(); ++i) {
      importances.push_back(of_scores(std::span(scores).subspan(i * repeats_, repeats_)));
    }
    return importances;
  }

  /// Features whose shuffles fit into one question.
  [[nodiscard]] std::size_t features_at_once() const {
    return std::max<std::size_t>(1, probe_.swaps_at_once() / repeats_);
  }

private:
  [[nodiscard]] std::vector<std::vector<double>> scores_after(std::span<const Swap> swaps) const {
    std::vector<std::vector<double>> scores;
    for (std::size_t begin = 0; begin < swaps.size(); begin += probe_.swaps_at_once()) {
      if (options_.interrupt != nullptr) {
        options_.interrupt->check();
      }
      for (auto& one : probe_.scores_after(
               swaps.subspan(begin, std::min(probe_.swaps_at_once(), swaps.size() - begin)))) {
        scores.push_back(std::move(one));
      }
    }
    return scores;
  }

  /// scores [repeats]
  [[nodiscard]] Importance of_scores(std::span<const std::vector<double>> scores) const {
    std::vector<double> falls(repeats_);
    std::vector<double> drawn_falls(repeats_);
    os::parallel_for(repeats_, options_.threads, [&](std::size_t repeat) {
      metrics::Sample shuffled = judged_;
      shuffled.scores = scores[repeat];
      const metrics::MetricPair pair(metric_, judged_, shuffled);
      falls[repeat] = pair.difference();
      drawn_falls[repeat] = pair.resampled(options_.seed, repeat);
    });
    return summed_up(falls, drawn_falls);
  }

  [[nodiscard]] Importance summed_up(const std::vector<double>& falls,
                                     const std::vector<double>& drawn_falls) const {
    const auto n = static_cast<double>(repeats_);
    const double mean = metrics::sum(falls) / n;
    if (!std::isfinite(mean)) {
      return {{}, {}, {}, fmt::format("'{}' is undefined on these rows", metric_)};
    }
    const double centre = metrics::sum(drawn_falls) / n;
    double squares = 0.0;
    for (const double fall : drawn_falls) {
      squares += (fall - centre) * (fall - centre);
    }
    const double half =
        metrics::student_quantile(0.5 + 0.5 * options_.level, n - 1.0) * std::sqrt(squares / (n - 1.0));
    if (!std::isfinite(half)) {
      return {mean, {}, {}, fmt::format("'{}' is undefined when the rows are drawn anew", metric_)};
    }
    return {mean, mean - half, mean + half, ""};
  }

  const Probe& probe_;
  metrics::Sample judged_;
  const std::string& metric_;
  const ImportanceOptions& options_;
  std::size_t repeats_;
  std::vector<double> scores_; ///< of the rows as they are
};

} // namespace

std::vector<Importance> permutation_importance(const Probe& probe, const metrics::Sample& judged,
                                               const std::string& metric, const ImportanceOptions& options) {
  const std::size_t features = probe.artifact().features.size();
  const std::vector<xgb::FeatureUse> use = probe.feature_use();
  std::vector<std::size_t> used;
  for (std::size_t feature = 0; feature < features; ++feature) {
    if (use.empty() || use[feature].splits > 0) {
      used.push_back(feature);
    }
  }
  Permutation permutation(probe, judged, metric, options);
  std::vector<Importance> importances(features, Importance{0.0, 0.0, 0.0, ""});
  const std::size_t step = permutation.features_at_once();
  for (std::size_t begin = 0; begin < used.size(); begin += step) {
    if (options.progress != nullptr) {
      options.progress->show("shuffling", begin, used.size(), "features", "");
    }
    const auto some = std::span(used).subspan(begin, std::min(step, used.size() - begin));
    auto found = permutation.of(some);
    for (std::size_t i = 0; i < some.size(); ++i) {
      importances[some[i]] = std::move(found[i]);
    }
  }
  if (options.progress != nullptr) {
    options.progress->finish();
  }
  return importances;
}

} // namespace mlp::model
