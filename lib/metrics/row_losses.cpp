#include "metrics/row_losses.hpp"

#include "metrics/queries.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlp::metrics {
namespace {

double minus_log(double probability) {
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  return -std::log(std::clamp(probability, epsilon, 1.0 - epsilon));
}

} // namespace

std::vector<double> binary_log_losses(const Rows& rows) {
  std::vector<double> losses(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    losses[row] = minus_log(rows.target[row] == 1.0 ? rows.scores[row] : 1.0 - rows.scores[row]);
  }
  return losses;
}

std::vector<double> multiclass_log_losses(const Rows& rows) {
  std::vector<double> losses(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto scores = rows.row_scores(row);
    losses[row] = minus_log(scores[static_cast<std::size_t>(rows.target[row])] / sum(scores));
  }
  return losses;
}

std::vector<double> squared_errors(const Rows& rows) {
  std::vector<double> losses(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const double error = rows.scores[row] - rows.target[row];
    losses[row] = error * error;
  }
  return losses;
}

std::vector<double> ranking_losses(const Rows& rows) {
  std::vector<double> losses(rows.size(), 0.0);
  for (const Query& query : queries_of(rows)) {
    const double loss = query.relevant > 0.0
                            ? (1.0 - ndcg(query, std::numeric_limits<double>::infinity(), Gain::linear)) /
                                  static_cast<double>(query.rows.size())
                            : 0.0;
    for (const std::uint32_t row : query.rows) {
      losses[row] = loss;
    }
  }
  return losses;
}

std::vector<double> skill_losses(const Rows& rows) {
  switch (rows.task) {
  case Task::binary:
    return binary_log_losses(rows);
  case Task::multiclass:
    return multiclass_log_losses(rows);
  case Task::regression:
    return squared_errors(rows);
  case Task::ranking:
    return ranking_losses(rows);
  }
  return {};
}

} // namespace mlp::metrics
