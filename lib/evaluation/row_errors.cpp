#include "evaluation/row_errors.hpp"

#include "metrics/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::evaluation {
namespace {

constexpr std::size_t k_bins = 10;

ErrorBin bin_of(const Scored& scored, const std::vector<std::size_t>& rows, double level) {
  ErrorBin bin;
  bin.n = static_cast<std::int64_t>(rows.size());
  const auto n = static_cast<double>(rows.size());
  for (const std::size_t row : rows) {
    bin.prediction += scored.model[row] / n;
    bin.target += scored.target[row] / n;
    bin.error += (scored.model[row] - scored.target[row]) / n;
  }
  double squares = 0.0;
  for (const std::size_t row : rows) {
    const double off = scored.model[row] - scored.target[row] - bin.error;
    squares += off * off;
  }
  bin.half_width = rows.size() > 1
                       ? metrics::normal_quantile(0.5 + 0.5 * level) * std::sqrt(squares / (n - 1.0) / n)
                       : 0.0;
  return bin;
}

/// What of a row's grade its rank costs: grade · (1 − 1/log2(1 + rank)); its rank is the worst of its ties.
std::vector<double> ranking_losses(const Scored& scored) {
  std::vector<std::size_t> order(scored.target.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return std::pair(scored.places[a], -scored.model[a]) < std::pair(scored.places[b], -scored.model[b]);
  });
  std::vector<double> losses(order.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && scored.places[order[end]] == scored.places[order[first]]) {
      ++end;
    }
    double rank = static_cast<double>(end - first);
    for (std::size_t i = end; i-- > first;) {
      const bool tied = i + 1 < end && scored.model[order[i]] == scored.model[order[i + 1]];
      rank = tied ? rank : static_cast<double>(i - first + 1);
      losses[order[i]] = scored.target[order[i]] * (1.0 - 1.0 / std::log2(1.0 + rank));
    }
    first = end;
  }
  return losses;
}

double loss_of(const Scored& scored, std::size_t row) {
  switch (scored.task) {
  case Task::regression:
    return std::abs(scored.model[row] - scored.target[row]);
  case Task::binary:
    return -std::log(scored.target[row] == 1.0 ? scored.model[row] : 1.0 - scored.model[row]);
  case Task::multiclass:
  case Task::ranking:
    break;
  }
  return -std::log(scored.model[row * scored.classes.size() + static_cast<std::size_t>(scored.target[row])]);
}

} // namespace

std::vector<ErrorBin> error_bins(const Scored& scored, double level) {
  std::vector<ErrorBin> bins;
  if (scored.task != Task::regression) {
    return bins;
  }
  std::vector<std::size_t> order(scored.target.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scored.model[a] < scored.model[b]; });
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < order.size(); ++i) {
    rows.push_back(order[i]);
    const bool last = i + 1 == order.size();
    const bool full = (i + 1) * k_bins >= (bins.size() + 1) * order.size();
    if (last || (full && scored.model[order[i]] != scored.model[order[i + 1]])) {
      bins.push_back(bin_of(scored, rows, level));
      rows.clear();
    }
  }
  return bins;
}

Json to_json(const std::vector<ErrorBin>& bins) {
  Json list = Json::array();
  for (const ErrorBin& bin : bins) {
    list.push_back(Json::object({{"n", bin.n},
                                 {"prediction", bin.prediction},
                                 {"target", bin.target},
                                 {"error", bin.error},
                                 {"half_width", bin.half_width}}));
  }
  return list;
}

std::vector<std::size_t> worst_rows(const Scored& scored, std::size_t count) {
  std::vector<double> losses(scored.target.size());
  if (scored.task == Task::ranking) {
    losses = ranking_losses(scored);
  }
  for (std::size_t row = 0; scored.task != Task::ranking && row < losses.size(); ++row) {
    losses[row] = loss_of(scored, row);
  }
  std::vector<std::size_t> order(losses.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto kept = static_cast<std::ptrdiff_t>(std::min(count, order.size()));
  std::partial_sort(order.begin(), order.begin() + kept, order.end(), [&](std::size_t a, std::size_t b) {
    return losses[a] != losses[b] ? losses[a] > losses[b] : a < b;
  });
  order.resize(static_cast<std::size_t>(kept));
  return order;
}

} // namespace mlp::evaluation
