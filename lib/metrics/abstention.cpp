#include "metrics/abstention.hpp"

#include "metrics/rows.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::metrics {
namespace {

constexpr std::size_t k_most_worst = 20;
constexpr std::size_t k_points = 10;

struct Answers {
  std::vector<double> confidence;
  std::vector<bool> wrong;
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
  }
  return answers;
}

std::vector<AbstentionPoint> curve_of(const Answers& answers, const std::vector<std::size_t>& order) {
  const std::size_t n = order.size();
  std::vector<std::size_t> errors = {0};
  for (const std::size_t row : order) {
    errors.push_back(errors.back() + (answers.wrong[row] ? 1 : 0));
  }
  std::vector<AbstentionPoint> curve;
  for (std::size_t step = k_points; step >= 1; --step) {
    std::size_t answered = (n * step + k_points - 1) / k_points;
    while (answered < n && answers.confidence[order[answered]] == answers.confidence[order[answered - 1]]) {
      ++answered; // a threshold cannot part rows of one confidence
    }
    const AbstentionPoint point{answers.confidence[order[answered - 1]],
                                static_cast<double>(answered) / static_cast<double>(n),
                                static_cast<double>(errors[answered]) / static_cast<double>(answered)};
    if (curve.empty() || curve.back().confidence != point.confidence) {
      curve.push_back(point);
    }
  }
  return curve;
}

ConfidentErrors confident_errors(const Answers& answers, const std::vector<std::size_t>& order,
                                 double level) {
  ConfidentErrors found;
  double promised = 0.0;
  for (const std::size_t row : order) {
    if (!(answers.confidence[row] >= k_confident)) {
      break;
    }
    ++found.n;
    promised += 1.0 - answers.confidence[row];
    if (answers.wrong[row]) {
      ++found.wrong;
      if (found.worst.size() < k_most_worst) {
        found.worst.push_back(row);
      }
    }
  }
  if (found.n > 0) {
    const auto n = static_cast<double>(found.n);
    found.rate = static_cast<double>(found.wrong) / n;
    found.interval = wilson_interval(*found.rate, n, level);
    found.promised = promised / n;
  }
  return found;
}

} // namespace

Abstention abstention(const Sample& sample, double level) {
  const Answers answers = answers_of(sample);
  const auto order = descending_order(answers.confidence);
  return {curve_of(answers, order), confident_errors(answers, order, level)};
}

} // namespace mlp::metrics
