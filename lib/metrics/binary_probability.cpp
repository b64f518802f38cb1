#include "metrics/blocked_sum.hpp"
#include "metrics/registry.hpp"
#include "metrics/row_losses.hpp"
#include "metrics/sums.hpp"

#include <algorithm>
#include <array>

namespace mlp::metrics {
namespace {

constexpr std::array<MetricInfo, 3> k_infos = {{
    {"log_loss", Task::binary, Direction::lower_is_better, IntervalMethod::normal, "[0, 36.04]",
     "mean of -ln(probability of what happened), clipped at the epsilon of a double",
     "scikit-learn, probabilities in double precision"},
    {"brier", Task::binary, Direction::lower_is_better, IntervalMethod::normal, "[0, 1]",
     "mean squared error of the probability", "Brier 1950"},
    {"brier_skill", Task::binary, Direction::higher_is_better, IntervalMethod::bootstrap, "(-inf, 1]",
     "1 - brier / brier of always saying these rows' prevalence", "scikit-learn: d2_brier_score"},
}};
enum Position : std::size_t { log_loss, brier, brier_skill };

class ProbabilityStatistic final : public Statistic {
public:
  ProbabilityStatistic(const Rows& rows, std::span<const Wanted> wanted)
      : rows_(rows), wanted_(wanted.begin(), wanted.end()) {
    if (std::ranges::any_of(wanted_, [](const Wanted& one) { return one.metric == log_loss; })) {
      log_losses_ = binary_log_losses(rows); // a logarithm is dear; a square is taken again each time
    }
  }

  void evaluate(RowWeights& weights, std::span<double> values) const override {
    const double total = sum(weights);
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      values[i] = wanted_[i].metric == log_loss ? weighted_sum(weights, log_losses_) / total
                  : wanted_[i].metric == brier  ? mean_square(weights, total)
                                                : skill(weights, total);
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t /*metric*/) const override {
    return "only one class is present"; // brier_skill: the others are always defined
  }

  [[nodiscard]] std::vector<double> row_values(std::size_t metric) const override {
    return wanted_[metric].metric == log_loss ? log_losses_
           : wanted_[metric].metric == brier  ? squared_errors(rows_)
                                              : std::vector<double>{};
  }

private:
  [[nodiscard]] double mean_square(const RowWeights& weights, double total) const {
    const auto square = [this](std::size_t row) {
      const double error = rows_.scores[row] - rows_.target[row];
      return error * error;
    };
    return weighted_sum_of(weights, square) / total;
  }

  [[nodiscard]] double skill(const RowWeights& weights, double total) const {
    const double prevalence = weighted_sum(weights, rows_.target) / total;
    const double reference = prevalence * (1.0 - prevalence);
    return reference > 0.0 ? 1.0 - mean_square(weights, total) / reference : k_undefined;
  }

  const Rows& rows_;
  std::vector<Wanted> wanted_;
  std::vector<double> log_losses_; ///< [n] where asked for
};

} // namespace

Family binary_probability() {
  return {infos_of(k_infos), [](const Rows& rows, std::span<const Wanted> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<ProbabilityStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
