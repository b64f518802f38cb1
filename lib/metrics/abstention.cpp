#include "metrics/abstention.hpp"

#include "metrics/rows.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::metrics {
namespace {

constexpr std::size_t k_most_worst = 20;
constexpr std::size_t k_points = 10;

struct Answers {
  std::vector<double> confidence;
  std::vector<bool> wrong;
  std::vector<double> weights;
};

Answers answers_of(const Sample& sample) {
  Answers answers;
  for (std::size_t row = 0; row < sample.rows(); ++row) {
    std::size_t called = 0;
    double confidence = 0.0;
    if (sample.task == Task::binary) {
      const double p = sample.scores[row];
      called = p > 0.5 ? 1 : 0;
      confidence = std::max(p, 1.0 - p);
    } else {
      const auto scores = sample.scores.subspan(row * sample.classes, sample.classes);
      called = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
      confidence = scores[called];
    }
    answers.confidence.push_back(confidence);
    answers.wrong.push_back(static_cast<double>(called) != sample.target[row]);
    answers.weights.push_back(sample.weights.empty() ? 1.0 : sample.weights[row]);
  }
  return answers;
}

std::vector<AbstentionPoint> curve_of(const Answers& answers, const std::vector<std::uint32_t>& order) {
  constexpr double k_rounding = 1e-9; // a tenth of the weight may be a little less than its rows add up to
  const std::size_t n = order.size();
  std::vector<double> weights = {0.0};
  std::vector<double> errors = {0.0};
  for (const std::size_t row : order) {
    weights.push_back(weights.back() + answers.weights[row]);
    errors.push_back(errors.back() + (answers.wrong[row] ? answers.weights[row] : 0.0));
  }
  std::vector<AbstentionPoint> curve;
  for (std::size_t step = k_points; step >= 1; --step) {
    const double wanted = weights.back() * (static_cast<double>(step) / k_points - k_rounding);
    auto answered = static_cast<std::size_t>(std::ranges::lower_bound(weights, wanted) - weights.begin());
    while (answered < n && answers.confidence[order[answered]] == answers.confidence[order[answered - 1]]) {
      ++answered; // a threshold cannot part rows of one confidence
    }
    const AbstentionPoint point{answers.confidence[order[answered - 1]], weights[answered] / weights.back(),
                                errors[answered] / weights[answered]};
    if (curve.empty() || curve.back().confidence != point.confidence) {
      curve.push_back(point);
    }
  }
  return curve;
}

ConfidentErrors confident_errors(const Answers& answers, const std::vector<std::uint32_t>& order,
                                 double level) {
  ConfidentErrors found;
  std::vector<double> weights;
  double promised = 0.0;
  double wrong = 0.0;
  for (const std::size_t row : order) {
    if (!(answers.confidence[row] >= k_confident)) {
      break;
    }
    ++found.n;
    weights.push_back(answers.weights[row]);
    promised += answers.weights[row] * (1.0 - answers.confidence[row]);
    if (answers.wrong[row]) {
      ++found.wrong;
      wrong += answers.weights[row];
      if (found.worst.size() < k_most_worst) {
        found.worst.push_back(row);
      }
    }
  }
  if (found.n > 0) {
    const double whole = sum(weights);
    found.rate = std::min(1.0, wrong / whole);
    found.interval = wilson_interval(*found.rate, effective_rows(weights), level);
    found.promised = promised / whole;
  }
  return found;
}

} // namespace

Abstention abstention(const Sample& sample, double level) {
  const Answers answers = answers_of(sample);
  auto order = descending_order(answers.confidence);
  std::erase_if(order, [&](std::uint32_t row) { return answers.weights[row] == 0.0; });
  return {curve_of(answers, order), confident_errors(answers, order, level)};
}

} // namespace mlp::metrics
