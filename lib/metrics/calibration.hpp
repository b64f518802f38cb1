#pragma once

#include <optional>
#include <span>
#include <vector>

namespace mlp::metrics {

/// Expected calibration error over ten bins of equal weight.
class BinnedCalibration {
public:
  /// outcomes [n] 0 or 1; probabilities [n] in [0, 1]
  BinnedCalibration(std::span<const double> outcomes, std::span<const double> probabilities);

  /// Σ over bins of (share of weight) · |mean outcome − mean probability|. A group of equal probabilities is
  /// never cut: it falls into the bin that holds the middle of its weight. Raw ECE is biased upwards: a
  /// perfectly calibrated model has about .04 at 500 rows (evaluation.md, section 4), so it is no gate.
  [[nodiscard]] double expected_error(std::span<const double> weights) const;

private:
  std::vector<std::size_t> order_;
  std::vector<double> gaps_;              ///< outcome − probability, in order
  std::vector<unsigned char> group_ends_; ///< 1 where the next probability differs
};

struct Estimate {
  double value = 0.0;
  double standard_error = 0.0; ///< sandwich (Huber–White), so it holds under weights and misfit
};

/// The slope b of the logistic model P(y = 1) = σ(a + b·logit(p)); 1 = as spread as it should be, below 1 =
/// too extreme. Probabilities are clipped at the epsilon of a double. Nothing where only one class or one
/// probability is present, or where a cut of p separates the classes (b is then infinite). Source: Cox 1958.
[[nodiscard]] std::optional<Estimate> calibration_slope(std::span<const double> outcomes,
                                                        std::span<const double> probabilities,
                                                        std::span<const double> weights);

/// Calibration in the large: a of P(y = 1) = σ(a + logit(p)), the slope held at 1; 0 = right on average,
/// above 0 = probabilities are too low. Nothing where only one class is present.
[[nodiscard]] std::optional<Estimate> calibration_intercept(std::span<const double> outcomes,
                                                            std::span<const double> probabilities,
                                                            std::span<const double> weights);

} // namespace mlp::metrics
