#pragma once

#include <cstdint>

namespace mlp::metrics {

/// P(Z ≤ z) of the standard normal.
[[nodiscard]] double normal_cdf(double z);

/// The z with normal_cdf(z) = probability, in (0, 1). Source: Wichura 1988, algorithm AS 241 (PPND16),
/// relative error about 1e-16.
[[nodiscard]] double normal_quantile(double probability);

/// The regularised incomplete beta function I_x(a, b) = P(Beta(a, b) ≤ x); a, b > 0, x in [0, 1]. Source:
/// Lentz's continued fraction, Press et al., Numerical Recipes, section 6.4.
[[nodiscard]] double incomplete_beta(double a, double b, double x);

/// The x with incomplete_beta(a, b, x) = probability, in (0, 1); by bisection to the last bits.
[[nodiscard]] double beta_quantile(double probability, double a, double b);

/// P(T ≤ t) of Student's t with `degrees` > 0 degrees of freedom (need not be whole).
[[nodiscard]] double student_cdf(double t, double degrees);

/// The t with student_cdf(t, degrees) = probability, in (0, 1).
[[nodiscard]] double student_quantile(double probability, double degrees);

/// P(X ≤ successes) and P(X = successes) of a fair coin thrown `trials` times.
[[nodiscard]] double fair_coin_cdf(std::int64_t successes, std::int64_t trials);
[[nodiscard]] double fair_coin_probability(std::int64_t successes, std::int64_t trials);

} // namespace mlp::metrics
