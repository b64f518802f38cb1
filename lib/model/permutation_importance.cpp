#include "model/permutation_importance.hpp"

#include "base/random.hpp"
#include "metrics/distributions.hpp"
#include "metrics/sums.hpp"
#include "os/threads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace mlp::model {
namespace {

constexpr double k_none = std::numeric_limits<double>::quiet_NaN();
constexpr unsigned k_repeat_bits =
    32; // a stream of random numbers is (feature + 1, repeat); 0 draws the rows

/// A permutation of the rows that depends on the numbers alone. Source: Fisher & Yates, as Durstenfeld 1964.
std::vector<std::size_t> shuffled(std::size_t rows, std::uint64_t seed, std::uint64_t stream) {
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = rows; i > 1; --i) {
    std::swap(order[i - 1], order[random_below(i, seed, stream, i)]);
  }
  return order;
}

/// The same of whole clusters.
std::vector<double> resampled_clusters(const metrics::Sample& judged, std::uint64_t seed,
                                       std::uint64_t repeat) {
  std::vector<double> drawn(*std::ranges::max_element(judged.places) + std::size_t{1}, 0.0);
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    drawn[random_below(drawn.size(), seed, repeat, i)] += 1.0;
  }
  std::vector<double> weights;
  weights.reserve(judged.rows());
  for (std::size_t row = 0; row < judged.rows(); ++row) {
    weights.push_back(drawn[judged.places[row]] * (judged.weights.empty() ? 1.0 : judged.weights[row]));
  }
  return weights;
}

/// How much each row weighs when as many rows are drawn anew with replacement.
std::vector<double> resampled(const metrics::Sample& judged, std::uint64_t seed, std::uint64_t repeat) {
  if (judged.dependence == metrics::Dependence::clusters) {
    return resampled_clusters(judged, seed, repeat);
  }
  std::vector<double> weights(judged.rows(), 0.0);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::size_t row = random_below(weights.size(), seed, repeat, i);
    weights[row] += judged.weights.empty() ? 1.0 : judged.weights[row];
  }
  return weights;
}

/// The metric with + = better; NaN where it is undefined.
double oriented(const std::string& metric, metrics::Sample sample, std::span<const double> scores,
                std::span<const double> weights) {
  if (!weights.empty() && metrics::sum(weights) <= 0.0) {
    return k_none;
  }
  sample.scores = scores;
  sample.weights = weights;
  const metrics::MetricValue value = metrics::measure(metric, sample);
  const double sign = value.direction == metrics::Direction::lower_is_better ? -1.0 : 1.0;
  return value.value ? sign * *value.value : k_none;
}

class Permutation {
public:
  Permutation(const Predictor& predictor, std::span<const float> encoded, const metrics::Sample& judged,
              const std::string& metric, const ImportanceOptions& options)
      : predictor_(predictor), encoded_(encoded.begin(), encoded.end()), judged_(judged), metric_(metric),
        options_(options), repeats_(static_cast<std::size_t>(options.repeats)), draws_(repeats_),
        drawn_(repeats_) {
    const std::vector<double> scores = predictor.scores_of_encoded(encoded_);
    whole_ = oriented(metric_, judged_, scores, judged_.weights);
    os::parallel_for(repeats_, options_.threads, [&](std::size_t repeat) {
      draws_[repeat] = resampled(judged_, options_.seed, repeat);
      drawn_[repeat] = oriented(metric_, judged_, scores, draws_[repeat]);
    });
  }

  Importance of(std::size_t feature) {
    const auto scores = shuffled_scores(feature);
    std::vector<double> falls(repeats_);
    std::vector<double> drawn_falls(repeats_);
    os::parallel_for(repeats_, options_.threads, [&](std::size_t repeat) {
      falls[repeat] = whole_ - oriented(metric_, judged_, scores[repeat], judged_.weights);
      drawn_falls[repeat] = drawn_[repeat] - oriented(metric_, judged_, scores[repeat], draws_[repeat]);
    });
    return summed_up(falls, drawn_falls);
  }

private:
  std::vector<std::vector<double>> shuffled_scores(std::size_t feature) {
    const std::size_t width = predictor_.artifact().features.size();
    const std::size_t rows = judged_.rows();
    std::vector<float> column(rows);
    for (std::size_t row = 0; row < rows; ++row) {
      column[row] = encoded_[row * width + feature];
    }
    std::vector<std::vector<double>> scores;
    for (std::size_t repeat = 0; repeat < repeats_; ++repeat) {
      if (options_.interrupt != nullptr) {
        options_.interrupt->check();
      }
      const auto order = shuffled(rows, options_.seed, ((feature + 1) << k_repeat_bits) + repeat);
      for (std::size_t row = 0; row < rows; ++row) {
        encoded_[row * width + feature] = column[order[row]];
      }
      scores.push_back(predictor_.scores_of_encoded(encoded_));
    }
    for (std::size_t row = 0; row < rows; ++row) {
      encoded_[row * width + feature] = column[row];
    }
    return scores;
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

  const Predictor& predictor_;
  std::vector<float> encoded_; ///< one column of it is shuffled at a time
  metrics::Sample judged_;
  const std::string& metric_;
  const ImportanceOptions& options_;
  std::size_t repeats_;
  double whole_ = 0.0;                     ///< the metric of the rows as they are
  std::vector<std::vector<double>> draws_; ///< [repeats] weights of rows drawn anew
  std::vector<double> drawn_;              ///< [repeats] the metric under them
};

} // namespace

std::vector<Importance> permutation_importance(const Predictor& predictor, std::span<const float> encoded,
                                               const metrics::Sample& judged, const std::string& metric,
                                               const ImportanceOptions& options) {
  const std::size_t features = predictor.artifact().features.size();
  std::vector<xgb::FeatureUse> use;
  if (predictor.booster().kind() != "gblinear") {
    use = predictor.booster().feature_use();
  }
  Permutation permutation(predictor, encoded, judged, metric, options);
  std::vector<Importance> importances;
  for (std::size_t feature = 0; feature < features; ++feature) {
    if (options.progress != nullptr) {
      options.progress->show("shuffling", feature, features, "features", "");
    }
    const bool is_used = use.empty() || use[feature].splits > 0;
    importances.push_back(is_used ? permutation.of(feature) : Importance{0.0, 0.0, 0.0, ""});
  }
  if (options.progress != nullptr) {
    options.progress->finish();
  }
  return importances;
}

} // namespace mlp::model
