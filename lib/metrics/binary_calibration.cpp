#include "metrics/calibration.hpp"
#include "metrics/registry.hpp"

#include <array>

namespace mlp::metrics {
namespace {

constexpr std::array<MetricInfo, 3> k_infos = {{
    {"calibration_slope", Task::binary, Direction::neither, IntervalMethod::normal, "(-inf, inf), 1 is best",
     "slope of a logistic model of the target on the logit of the score", "Cox 1958; Van Calster 2019"},
    {"calibration_intercept", Task::binary, Direction::neither, IntervalMethod::normal,
     "(-inf, inf), 0 is best", "calibration in the large: its intercept with the slope held at 1",
     "Cox 1958; Van Calster 2019"},
    {"ece", Task::binary, Direction::lower_is_better, IntervalMethod::none, "[0, 1]",
     "mean gap of score and outcome over ten bins of equal weight; biased upwards, so no gate",
     "Naeini et al. 2015, bins of equal weight"},
}};
enum Position : std::size_t { slope, intercept, binned_error };

class CalibrationStatistic final : public Statistic {
public:
  CalibrationStatistic(const Rows& rows, std::span<const Wanted> wanted)
      : rows_(rows), wanted_(wanted.begin(), wanted.end()), binned_(rows.target, rows.scores) {}

  void evaluate(RowWeights& weights, std::span<double> values) const override {
    const std::span<const double> all = weights.all();
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i].metric == binned_error) {
        values[i] = binned_.expected_error(all);
      } else {
        const auto found = estimate(i, all);
        values[i] = found ? found->value : k_undefined;
      }
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t metric) const override {
    return wanted_[metric].metric == slope
               ? "only one class or score is present, or a threshold separates the classes"
               : "only one class is present";
  }

  [[nodiscard]] std::optional<double> standard_error(std::size_t metric) const override {
    if (wanted_[metric].metric == binned_error) {
      return std::nullopt;
    }
    RowWeights weights(rows_);
    const auto found = estimate(metric, weights.all());
    return found ? std::optional(found->standard_error) : std::nullopt;
  }

private:
  [[nodiscard]] std::optional<Estimate> estimate(std::size_t metric, std::span<const double> weights) const {
    return wanted_[metric].metric == slope ? calibration_slope(rows_.target, rows_.scores, weights)
                                           : calibration_intercept(rows_.target, rows_.scores, weights);
  }

  const Rows& rows_;
  std::vector<Wanted> wanted_;
  BinnedCalibration binned_;
};

} // namespace

Family binary_calibration() {
  return {infos_of(k_infos), [](const Rows& rows, std::span<const Wanted> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<CalibrationStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
