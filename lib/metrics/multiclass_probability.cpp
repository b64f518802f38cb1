#include "metrics/registry.hpp"
#include "metrics/row_losses.hpp"
#include "metrics/row_means.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mlp::metrics {
namespace {

constexpr auto k_higher = Direction::higher_is_better;

constexpr std::array<MetricInfo, 4> k_infos = {{
    {"log_loss", Task::multiclass, Direction::lower_is_better, IntervalMethod::normal, "[0, 36.04]",
     "mean of -ln(probability of what happened), rows normalised, clipped at the epsilon of a double",
     "scikit-learn, probabilities in double precision"},
    {"top_2_accuracy", Task::multiclass, k_higher, IntervalMethod::wilson, "[0, 1]",
     "share of rows whose class is among the two most probable", "a tie at the border counts in part"},
    {"top_3_accuracy", Task::multiclass, k_higher, IntervalMethod::wilson, "[0, 1]",
     "share of rows whose class is among the three most probable", "a tie at the border counts in part"},
    {"top_k@n", Task::multiclass, k_higher, IntervalMethod::wilson, "[0, 1]",
     "share of rows whose class is among the n most probable", "a tie at the border counts in part"},
}};

/// The chance that the row's class is among the `places` first when ties are broken at random.
double top_credit(const Rows& rows, std::size_t row, double places) {
  const auto scores = rows.row_scores(row);
  const double own = scores[static_cast<std::size_t>(rows.target[row])];
  const auto above = std::ranges::count_if(scores, [own](double score) { return score > own; });
  const auto equal = std::ranges::count(scores, own);
  return std::clamp((places - static_cast<double>(above)) / static_cast<double>(equal), 0.0, 1.0);
}

RowMean top_accuracy(const Rows& rows, double places) {
  RowMean mean;
  if (places >= static_cast<double>(rows.classes)) {
    mean.why = fmt::format("there are only {} classes", rows.classes);
    return mean;
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    mean.values.push_back(top_credit(rows, row, places));
  }
  return mean;
}

enum Position : std::size_t { log_loss, top_2, top_3, top_any };

RowMean make(const Rows& rows, const Wanted& wanted) {
  switch (wanted.metric) {
  case log_loss:
    return {multiclass_log_losses(rows), nullptr, ""};
  case top_2:
    return top_accuracy(rows, 2.0);
  case top_3:
    return top_accuracy(rows, 3.0);
  default:
    return top_accuracy(rows, wanted.parameter.number);
  }
}

} // namespace

Family multiclass_probability() {
  return {infos_of(k_infos), [](const Rows& rows, std::span<const Wanted> wanted) {
            std::vector<RowMean> means;
            for (const Wanted& one : wanted) {
              means.push_back(make(rows, one));
            }
            return std::unique_ptr<Statistic>(std::make_unique<RowMeans>(std::move(means)));
          }};
}

} // namespace mlp::metrics
