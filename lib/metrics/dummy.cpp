#include "metrics/dummy.hpp"

#include "base/error.hpp"
#include "metrics/sums.hpp"

namespace mlp::metrics {

std::vector<double> dummy_scores(Task task, std::span<const double> target, std::span<const double> weights,
                                 std::size_t classes, std::size_t n) {
  const std::vector<double> equal(weights.empty() ? target.size() : 0, 1.0);
  const std::span<const double> used = weights.empty() ? std::span<const double>(equal) : weights;
  const double total = sum(used);
  if (!(total > 0.0)) {
    throw Error(ErrorCode::input, "cannot say what guessing is worth: no training row weighs anything");
  }
  std::vector<double> answer(classes, 0.0);
  if (task == Task::ranking) {
    return std::vector<double>(n, 0.0);
  }
  if (task == Task::multiclass) {
    for (std::size_t row = 0; row < target.size(); ++row) {
      answer.at(static_cast<std::size_t>(target[row])) += used[row] / total;
    }
  } else {
    answer.at(0) = weighted_sum(used, target) / total; // the mean of 0 and 1 is the positive class's share
  }
  std::vector<double> scores;
  scores.reserve(n * classes);
  for (std::size_t row = 0; row < n; ++row) {
    scores.insert(scores.end(), answer.begin(), answer.end());
  }
  return scores;
}

} // namespace mlp::metrics
