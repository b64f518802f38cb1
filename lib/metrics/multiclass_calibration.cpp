#include "metrics/calibration.hpp"
#include "metrics/registry.hpp"

#include <algorithm>
#include <array>

namespace mlp::metrics {
namespace {

constexpr std::array<MetricInfo, 2> k_infos = {{
    {"ece", Task::multiclass, Direction::lower_is_better, IntervalMethod::none, "[0, 1]",
     "mean gap of the top probability and being right over ten bins of equal weight; biased upwards, so no "
     "gate",
     "Guo et al. 2017, bins of equal weight"},
    {"ece_classwise", Task::multiclass, Direction::lower_is_better, IntervalMethod::none, "[0, 1]",
     "mean over the classes of the ece of each class's probability; biased upwards, so no gate",
     "Kull et al. 2019, bins of equal weight"},
}};
enum Position : std::size_t { top_label, classwise };

BinnedCalibration of_top_label(const Rows& rows) {
  std::vector<double> right;
  std::vector<double> confidence;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::size_t called = rows.called_class(row);
    right.push_back(static_cast<std::size_t>(rows.target[row]) == called ? 1.0 : 0.0);
    confidence.push_back(rows.row_scores(row)[called]);
  }
  return {right, confidence};
}

BinnedCalibration of_class(const Rows& rows, std::size_t c) {
  std::vector<double> is_class;
  std::vector<double> probability;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    is_class.push_back(static_cast<std::size_t>(rows.target[row]) == c ? 1.0 : 0.0);
    probability.push_back(rows.row_scores(row)[c]);
  }
  return {is_class, probability};
}

class CalibrationStatistic final : public Statistic {
public:
  CalibrationStatistic(const Rows& rows, std::span<const Wanted> wanted) {
    for (const Wanted& one : wanted) {
      std::vector<BinnedCalibration> parts;
      if (one.metric == top_label) {
        parts.push_back(of_top_label(rows));
      }
      for (std::size_t c = 0; one.metric == classwise && c < rows.classes; ++c) {
        parts.push_back(of_class(rows, c));
      }
      means_.push_back(std::move(parts));
    }
  }

  void evaluate(RowWeights& weights, std::span<double> values) const override {
    const std::span<const double> all = weights.all();
    for (std::size_t i = 0; i < means_.size(); ++i) {
      double total = 0.0;
      for (const BinnedCalibration& part : means_[i]) {
        total += part.expected_error(all);
      }
      values[i] = total / static_cast<double>(means_[i].size());
    }
  }

  [[nodiscard]] std::string why_undefined(std::size_t /*metric*/) const override { return ""; } // never

private:
  std::vector<std::vector<BinnedCalibration>> means_; ///< each metric is the mean over its parts
};

} // namespace

Family multiclass_calibration() {
  return {infos_of(k_infos), [](const Rows& rows, std::span<const Wanted> wanted) {
            return std::unique_ptr<Statistic>(std::make_unique<CalibrationStatistic>(rows, wanted));
          }};
}

} // namespace mlp::metrics
