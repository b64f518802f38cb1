#pragma once

#include <cstdint>
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

  /// The bin of each row, 0 … 9, the highest probabilities first; a bin may be empty.
  [[nodiscard]] std::vector<std::size_t> bins(std::span<const double> weights) const;

private:
  std::vector<std::uint32_t> order_;
  std::vector<double> gaps_;              ///< outcome − probability, in order
  std::vector<unsigned char> group_ends_; ///< 1 where the next probability differs
};

/// The line a + b·logit(p) of log-odds.
struct LogitLine {
  double intercept = 0.0;
  double slope = 1.0;
};

/// σ(a + b·logit(p)); p is clipped at the epsilon of a double.
[[nodiscard]] double on_line(const LogitLine& line, double probability);

/// The line of greatest likelihood for targets [n] in [0, 1], strictly inside of it for at least one row of
/// each of two probabilities (else no finite line is the best).
[[nodiscard]] LogitLine fit_line(std::span<const double> targets, std::span<const double> probabilities,
                                 std::span<const double> weights);

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
