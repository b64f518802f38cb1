#pragma once

namespace mlp::metrics {

/// P(X ≥ x) of a chi-square variable with `degrees` > 0 degrees of freedom, x ≥ 0. Source: series and
/// continued fraction of the incomplete gamma function, Press et al., Numerical Recipes, section 6.2.
[[nodiscard]] double chi_square_tail(double x, double degrees);

} // namespace mlp::metrics
