#include "metrics/temperature.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlp::metrics {
namespace {

double log_of(double probability) {
  return std::log(std::max(probability, std::numeric_limits<double>::epsilon()));
}

/// The rows' log-probabilities [n·k], with the position of the true class in each.
struct Evidence {
  std::size_t classes = 2;
  std::vector<double> logs;
  std::vector<std::size_t> truth;
  std::vector<double> weights;
};

Evidence evidence_of(const Sample& sample, const std::vector<bool>& used) {
  const bool is_binary = sample.task == Task::binary;
  Evidence evidence;
  evidence.classes = is_binary ? 2 : sample.classes;
  for (std::size_t row = 0; row < sample.rows(); ++row) {
    const double weight = sample.weights.empty() ? 1.0 : sample.weights[row];
    if (!used[row] || !(weight > 0.0)) {
      continue;
    }
    for (std::size_t k = 0; k < evidence.classes; ++k) {
      const double first = sample.scores[row * sample.classes + (is_binary ? 0 : k)];
      evidence.logs.push_back(log_of(is_binary && k == 0 ? 1.0 - first : first));
    }
    evidence.truth.push_back(static_cast<std::size_t>(sample.target[row]));
    evidence.weights.push_back(weight);
  }
  return evidence;
}

/// First and second derivative of the negative log-likelihood by b = 1/T, a row's classes having the
/// probabilities q = p^b / Σ p^b: Σ w ((1 + c) E_q[log p] − log p of the truth − c E_p[log p]), and
/// Σ w (1 + c) Var_q[log p]; c is what a row is worth of the rows that take the model at its word.
struct Derivatives {
  double first = 0.0;
  double second = 0.0;
};

struct Moments {
  double mean = 0.0;
  double variance = 0.0;
};

/// Of log p − `highest`, its classes having the probabilities p^b.
Moments moments_of(std::span<const double> logs, double highest, double b) {
  double total = 0.0;
  double mean = 0.0;
  double square = 0.0;
  for (const double log : logs) {
    const double share = std::exp(b * (log - highest));
    total += share;
    mean += share * (log - highest);
    square += share * (log - highest) * (log - highest);
  }
  mean /= total;
  return {mean, square / total - mean * mean};
}

Derivatives derivatives_at(double b, double c, const Evidence& evidence) {
  Derivatives total;
  for (std::size_t row = 0; row < evidence.truth.size(); ++row) {
    const auto logs = std::span(evidence.logs).subspan(row * evidence.classes, evidence.classes);
    const double highest = *std::max_element(logs.begin(), logs.end());
    const Moments at_b = moments_of(logs, highest, b);
    const double at_its_word = c > 0.0 ? c * moments_of(logs, highest, 1.0).mean : 0.0;
    total.first +=
        evidence.weights[row] * ((1.0 + c) * at_b.mean - (logs[evidence.truth[row]] - highest) - at_its_word);
    total.second += evidence.weights[row] * (1.0 + c) * at_b.variance;
  }
  return total;
}

/// The root of a rising derivative that is negative at 0 and positive at `high`: Newton's method, halving the
/// bracket where a step would leave it.
double rising_root(double high, double c, const Evidence& evidence) {
  constexpr int k_most_steps = 200;
  constexpr double k_close_enough = 1e-14;
  double low = 0.0;
  double b = 1.0;
  for (int step = 0; step < k_most_steps; ++step) {
    const Derivatives at = derivatives_at(b, c, evidence);
    (at.first > 0.0 ? high : low) = b;
    double next = b - at.first / at.second;
    if (!(next > low && next < high)) {
      next = 0.5 * (low + high);
    }
    if (std::abs(next - b) <= k_close_enough * b) {
      return next;
    }
    b = next;
  }
  return b;
}

} // namespace

double tempered(const Temperature& temperature, double probability) {
  return on_line({0.0, 1.0 / temperature.value}, probability);
}

void temper(const Temperature& temperature, std::span<double> probabilities) {
  const double highest = log_of(*std::max_element(probabilities.begin(), probabilities.end()));
  double total = 0.0;
  for (double& p : probabilities) {
    p = std::exp((log_of(p) - highest) / temperature.value);
    total += p;
  }
  for (double& p : probabilities) {
    p /= total;
  }
}

Temperature fit_temperature(const Sample& sample, const std::vector<bool>& used) {
  const Evidence evidence = evidence_of(sample, used);
  if (!(derivatives_at(0.0, 0.0, evidence).first < 0.0)) {
    throw Error(ErrorCode::input, "cannot calibrate: on the validation part, the true class has no higher "
                                  "probability than the others")
        .hint("look at the model first: `model.calibrate: none`, then `mlp eval`");
  }
  const double sharpest = 1.0 / k_lowest_temperature;
  const double c = k_rows_at_their_word / static_cast<double>(evidence.truth.size());
  if (!(derivatives_at(sharpest, c, evidence).first > 0.0)) {
    return {k_lowest_temperature};
  }
  return {1.0 / rising_root(sharpest, c, evidence)};
}

} // namespace mlp::metrics
