#include "metrics/registry.hpp"
#include "metrics/row_losses.hpp"
#include "metrics/sums.hpp"

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
      : wanted_(wanted.begin(), wanted.end()), target_(rows.target), log_losses_(binary_log_losses(rows)),
        squares_(squared_errors(rows)) {}

  void evaluate(std::span<const double> weights, std::span<double> values) const override {
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      values[i] = wanted_[i].metric == log_loss ? weighted_mean(weights, log_losses_)
                  : wanted_[i].metric == brier  ? weighted_mean(weights, squares_)
                                                : skill(weights);
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t /*metric*/) const override {
    return "only one class is present"; // brier_skill: the others are always defined
  }

  [[nodiscard]] std::vector<double> row_values(std::size_t metric) const override {
    return wanted_[metric].metric == log_loss ? log_losses_
           : wanted_[metric].metric == brier  ? squares_
                                              : std::vector<double>{};
  }

private:
  [[nodiscard]] double skill(std::span<const double> weights) const {
    const double prevalence = weighted_mean(weights, target_);
    const double reference = prevalence * (1.0 - prevalence);
    return reference > 0.0 ? 1.0 - weighted_mean(weights, squares_) / reference : k_undefined;
  }

  std::vector<Wanted> wanted_;
  std::vector<double> target_;
  std::vector<double> log_losses_;
  std::vector<double> squares_;
};

} // namespace

Family binary_probability() {
  return {infos_of(k_infos), [](const Rows& rows, std::span<const Wanted> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<ProbabilityStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
