#include "metrics/calibration.hpp"

#include "metrics/rows.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

namespace mlp::metrics {
namespace {

constexpr std::size_t k_bins = 10;
constexpr std::size_t k_block_rows = 512;
constexpr int k_most_steps = 50;
constexpr int k_most_halvings = 40;
constexpr double k_tolerance = 1e-12;
constexpr double k_rounding =
    1e-12; // near the optimum the loss is flat: its rounding must not stop the steps

double logit(double probability) {
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  const double p = std::clamp(probability, epsilon, 1.0 - epsilon);
  return std::log(p) - std::log1p(-p);
}

double sigmoid(double x) { return 1.0 / (1.0 + std::exp(-x)); }

/// ln(1 + e^x) without overflow.
double softplus(double x) { return x > 0.0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

/// The bin that holds this share of the weight.
std::size_t bin_at(double share) {
  return std::min(static_cast<std::size_t>(share * static_cast<double>(k_bins)), k_bins - 1);
}

/// A symmetric 2 × 2 matrix.
struct Matrix2 {
  double aa = 0.0;
  double ab = 0.0;
  double bb = 0.0;
};

struct Data {
  std::span<const double> outcomes;
  std::span<const double> weights;
  std::vector<double> logits;
};

struct Derivatives {
  std::array<double, 2> gradient{}; ///< of the log likelihood
  Matrix2 information;              ///< minus its second derivative
  Matrix2 spread;                   ///< Σ of squared row gradients: the middle of the sandwich
};

/// In blocks: a plain sum over many rows would be off by more than the last steps gain.
double loss(const Data& data, const LogitLine& at) {
  double total = 0.0;
  for (std::size_t begin = 0; begin < data.logits.size(); begin += k_block_rows) {
    const std::size_t end = std::min(begin + k_block_rows, data.logits.size());
    double block = 0.0;
    for (std::size_t row = begin; row < end; ++row) {
      const double x = at.intercept + at.slope * data.logits[row];
      block += data.weights[row] * (softplus(x) - data.outcomes[row] * x);
    }
    total += block;
  }
  return total;
}

Derivatives derive(const Data& data, const LogitLine& at) {
  Derivatives d;
  for (std::size_t row = 0; row < data.logits.size(); ++row) {
    const double x = data.logits[row];
    const double p = sigmoid(at.intercept + at.slope * x);
    const double residual = data.weights[row] * (data.outcomes[row] - p);
    const double curvature = data.weights[row] * p * (1.0 - p);
    d.gradient[0] += residual;
    d.gradient[1] += residual * x;
    d.information.aa += curvature;
    d.information.ab += curvature * x;
    d.information.bb += curvature * x * x;
    d.spread.aa += residual * residual;
    d.spread.ab += residual * residual * x;
    d.spread.bb += residual * residual * x * x;
  }
  return d;
}

/// Newton's step, its second part 0 where the slope is held.
std::array<double, 2> newton_step(const Derivatives& d, bool slope_is_free) {
  if (!slope_is_free) {
    return {d.gradient[0] / d.information.aa, 0.0};
  }
  const Matrix2& m = d.information;
  const double determinant = m.aa * m.bb - m.ab * m.ab;
  return {(m.bb * d.gradient[0] - m.ab * d.gradient[1]) / determinant,
          (m.aa * d.gradient[1] - m.ab * d.gradient[0]) / determinant};
}

/// The first of the halved steps that does not make the loss larger; nothing where none does.
std::optional<std::pair<LogitLine, double>> take_step(const Data& data, const LogitLine& at, double best,
                                                      const std::array<double, 2>& move) {
  double length = 1.0;
  for (int halving = 0; halving < k_most_halvings; ++halving, length *= 0.5) {
    const LogitLine next{at.intercept + length * move[0], at.slope + length * move[1]};
    const double reached = loss(data, next);
    if (reached <= best + k_rounding * std::abs(best)) {
      return std::pair(next, reached);
    }
  }
  return std::nullopt;
}

/// Maximum likelihood by Newton's method with halved steps; the likelihood is concave, so it finds it.
LogitLine fit(const Data& data, bool slope_is_free) {
  LogitLine at;
  double best = loss(data, at);
  for (int step = 0; step < k_most_steps; ++step) {
    const auto move = newton_step(derive(data, at), slope_is_free);
    if (!(std::abs(move[0]) + std::abs(move[1]) > k_tolerance)) {
      break;
    }
    const auto taken = take_step(data, at, best, move);
    if (!taken) {
      break; // the optimum, but for rounding: every further step would be this one again
    }
    std::tie(at, best) = *taken;
  }
  return at;
}

Data prepare(std::span<const double> outcomes, std::span<const double> probabilities,
             std::span<const double> weights) {
  Data data{outcomes, weights, std::vector<double>(probabilities.size())};
  std::ranges::transform(probabilities, data.logits.begin(), logit);
  return data;
}

/// The lowest and highest logit of one class among rows that weigh something.
struct Span {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  [[nodiscard]] bool is_empty() const { return low > high; }
};

Span span_of(const Data& data, double outcome) {
  Span span;
  for (std::size_t row = 0; row < data.logits.size(); ++row) {
    if (data.outcomes[row] == outcome && data.weights[row] > 0.0) {
      span.low = std::min(span.low, data.logits[row]);
      span.high = std::max(span.high, data.logits[row]);
    }
  }
  return span;
}

} // namespace

BinnedCalibration::BinnedCalibration(std::span<const double> outcomes, std::span<const double> probabilities)
    : order_(descending_order(probabilities)), gaps_(outcomes.size()), group_ends_(outcomes.size(), 1) {
  for (std::size_t i = 0; i < order_.size(); ++i) {
    gaps_[i] = outcomes[order_[i]] - probabilities[order_[i]];
    if (i + 1 < order_.size() && probabilities[order_[i]] == probabilities[order_[i + 1]]) {
      group_ends_[i] = 0;
    }
  }
}

std::vector<std::size_t> BinnedCalibration::bins(std::span<const double> weights) const {
  const double total = sum(weights);
  std::vector<std::size_t> bins(order_.size());
  double before = 0.0;
  for (std::size_t first = 0; first < order_.size();) {
    std::size_t end = first;
    double group_weight = weights[order_[first]];
    for (; group_ends_[end] == 0; ++end) {
      group_weight += weights[order_[end + 1]];
    }
    for (const std::size_t bin = bin_at((before + 0.5 * group_weight) / total); first <= end; ++first) {
      bins[order_[first]] = bin;
    }
    before += group_weight;
  }
  return bins;
}

double BinnedCalibration::expected_error(std::span<const double> weights) const {
  const double total = sum(weights);
  std::array<double, k_bins> gaps{};
  double before = 0.0;
  double group_weight = 0.0;
  double group_gap = 0.0;
  for (std::size_t i = 0; i < order_.size(); ++i) {
    const double weight = weights[order_[i]];
    group_weight += weight;
    group_gap += weight * gaps_[i];
    if (group_ends_[i] != 0) {
      gaps.at(bin_at((before + 0.5 * group_weight) / total)) += group_gap;
      before += group_weight;
      group_weight = 0.0;
      group_gap = 0.0;
    }
  }
  double error = 0.0;
  for (const double gap : gaps) {
    error += std::abs(gap) / total;
  }
  return error;
}

double on_line(const LogitLine& line, double probability) {
  return sigmoid(line.intercept + line.slope * logit(probability));
}

LogitLine fit_line(std::span<const double> targets, std::span<const double> probabilities,
                   std::span<const double> weights) {
  return fit(prepare(targets, probabilities, weights), true);
}

std::optional<Estimate> calibration_slope(std::span<const double> outcomes,
                                          std::span<const double> probabilities,
                                          std::span<const double> weights) {
  const Data data = prepare(outcomes, probabilities, weights);
  const Span negative = span_of(data, 0.0);
  const Span positive = span_of(data, 1.0);
  if (negative.is_empty() || positive.is_empty() || positive.low >= negative.high ||
      negative.low >= positive.high) {
    return std::nullopt; // no finite slope: one class, one probability, or classes that a cut separates
  }
  const LogitLine found = fit(data, true);
  const Derivatives d = derive(data, found);
  const Matrix2& m = d.information;
  const double determinant = m.aa * m.bb - m.ab * m.ab;
  // second row of the inverse information: how each row's gradient moves the slope
  const double by_intercept = -m.ab / determinant;
  const double by_slope = m.aa / determinant;
  const double variance = by_intercept * by_intercept * d.spread.aa +
                          2.0 * by_intercept * by_slope * d.spread.ab + by_slope * by_slope * d.spread.bb;
  return Estimate{found.slope, std::sqrt(variance)};
}

std::optional<Estimate> calibration_intercept(std::span<const double> outcomes,
                                              std::span<const double> probabilities,
                                              std::span<const double> weights) {
  const Data data = prepare(outcomes, probabilities, weights);
  if (span_of(data, 0.0).is_empty() || span_of(data, 1.0).is_empty()) {
    return std::nullopt;
  }
  const LogitLine found = fit(data, false);
  const Derivatives d = derive(data, found);
  return Estimate{found.intercept, std::sqrt(d.spread.aa) / d.information.aa};
}

} // namespace mlp::metrics
