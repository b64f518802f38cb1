#include "metrics/registry.hpp"
#include "metrics/row_losses.hpp"
#include "metrics/row_means.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mlp::metrics {
namespace {

constexpr auto k_higher = Direction::higher_is_better;

constexpr std::array<MetricInfo, 3> k_infos = {{
    {"log_loss", Task::multiclass, Direction::lower_is_better, IntervalMethod::normal, "[0, 36.04]",
     "mean of -ln(probability of what happened), rows normalised, clipped at the epsilon of a double",
     "scikit-learn, probabilities in double precision"},
    {"top_2_accuracy", Task::multiclass, k_higher, IntervalMethod::wilson, "[0, 1]",
     "share of rows whose class is among the two most probable", "a tie at the border counts in part"},
    {"top_3_accuracy", Task::multiclass, k_higher, IntervalMethod::wilson, "[0, 1]",
     "share of rows whose class is among the three most probable", "a tie at the border counts in part"},
}};

/// The chance that the row's class is among the `places` first when ties are broken at random.
double top_credit(const Rows& rows, std::size_t row, double places) {
  const auto scores = rows.row_scores(row);
  const double own = scores[static_cast<std::size_t>(rows.target[row])];
  const auto above = std::ranges::count_if(scores, [own](double score) { return score > own; });
  const auto equal = std::ranges::count(scores, own);
  return std::clamp((places - static_cast<double>(above)) / static_cast<double>(equal), 0.0, 1.0);
}

RowMean top_accuracy(const Rows& rows, std::size_t places) {
  RowMean mean;
  if (places >= rows.classes) {
    mean.why = fmt::format("there are only {} classes", rows.classes);
    return mean;
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    mean.values.push_back(top_credit(rows, row, static_cast<double>(places)));
  }
  return mean;
}

RowMean make(const Rows& rows, std::size_t metric) {
  if (metric == 0) {
    return {multiclass_log_losses(rows), nullptr, ""};
  }
  return top_accuracy(rows, metric + 1);
}

} // namespace

Family multiclass_probability() {
  return {infos_of(k_infos), [](const Rows& rows, std::span<const std::size_t> wanted) {
            std::vector<RowMean> means;
            for (const std::size_t metric : wanted) {
              means.push_back(make(rows, metric));
            }
            return std::unique_ptr<Statistic>(std::make_unique<RowMeans>(std::move(means)));
          }};
}

} // namespace mlp::metrics
