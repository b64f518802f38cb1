#include "metrics/distributions.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace mlp::metrics {
namespace {

/// c0 + c1·x + c2·x² + …
template <std::size_t Size> double polynomial(const std::array<double, Size>& coefficients, double x) {
  double value = 0.0;
  for (std::size_t i = Size; i-- > 0;) {
    value = value * x + coefficients.at(i);
  }
  return value;
}

// The coefficients of AS 241 as published: near the middle, in the tail, far out in the tail.
constexpr std::array<double, 8> k_middle_above = {
    3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr std::array<double, 8> k_middle_below = {1.0,
                                                  4.2313330701600911252e+1,
                                                  6.8718700749205790830e+2,
                                                  5.3941960214247511077e+3,
                                                  2.1213794301586595867e+4,
                                                  3.9307895800092710610e+4,
                                                  2.8729085735721942674e+4,
                                                  5.2264952788528545610e+3};
constexpr std::array<double, 8> k_tail_above = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                                5.76949722146069140550e0,  3.64784832476320460504e0,
                                                1.27045825245236838258e0,  2.41780725177450611770e-1,
                                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array<double, 8> k_tail_below = {1.0,
                                                2.05319162663775882187e0,
                                                1.67638483018380384940e0,
                                                6.89767334985100004550e-1,
                                                1.48103976427480074590e-1,
                                                1.51986665636164571966e-2,
                                                5.47593808499534494600e-4,
                                                1.05075007164441684324e-9};
constexpr std::array<double, 8> k_far_above = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                               1.78482653991729133580e0,  2.96560571828504891230e-1,
                                               2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                               2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array<double, 8> k_far_below = {1.0,
                                               5.99832206555887937690e-1,
                                               1.36929880922735805310e-1,
                                               1.48753612908506148525e-2,
                                               7.86869131145613259100e-4,
                                               1.84631831751005468180e-5,
                                               1.42151175831644588870e-7,
                                               2.04426310338993978564e-15};

/// The continued fraction of the incomplete beta function, which converges fast for x < (a + 1)/(a + b + 2).
double beta_fraction(double a, double b, double x) {
  constexpr int most_terms = 10'000;
  constexpr double smallest = 1e-300;
  const auto away_from_zero = [](double value) { return std::abs(value) < smallest ? smallest : value; };
  double c = 1.0;
  double d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
  double fraction = d;
  for (int term = 1; term <= most_terms; ++term) {
    const double m = term;
    const double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
    d = 1.0 / away_from_zero(1.0 + even * d);
    c = away_from_zero(1.0 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
    d = 1.0 / away_from_zero(1.0 + odd * d);
    c = away_from_zero(1.0 + odd / c);
    fraction *= d * c;
    if (std::abs(d * c - 1.0) < 2.0 * std::numeric_limits<double>::epsilon()) {
      break;
    }
  }
  return fraction;
}

} // namespace

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double normal_quantile(double probability) {
  constexpr double middle = 0.425;
  constexpr double far = 5.0;
  const double q = probability - 0.5;
  if (std::abs(q) <= middle) {
    const double r = middle * middle - q * q;
    return q * polynomial(k_middle_above, r) / polynomial(k_middle_below, r);
  }
  const double r = std::sqrt(-std::log(q < 0.0 ? probability : 1.0 - probability));
  const double z = r <= far ? polynomial(k_tail_above, r - 1.6) / polynomial(k_tail_below, r - 1.6)
                            : polynomial(k_far_above, r - far) / polynomial(k_far_below, r - far);
  return q < 0.0 ? -z : z;
}

double incomplete_beta(double a, double b, double x) {
  if (x <= 0.0 || x >= 1.0) {
    return x <= 0.0 ? 0.0 : 1.0;
  }
  const double log_front =
      std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x);
  const double front = std::exp(log_front);
  return x < (a + 1.0) / (a + b + 2.0) ? front * beta_fraction(a, b, x) / a
                                       : 1.0 - front * beta_fraction(b, a, 1.0 - x) / b;
}

double beta_quantile(double probability, double a, double b) {
  double low = 0.0;
  double high = 1.0;
  constexpr int k_halvings = 60; // leaves less than the last bit of a double near 1
  for (int i = 0; i < k_halvings; ++i) {
    const double middle = 0.5 * (low + high);
    (incomplete_beta(a, b, middle) < probability ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double student_cdf(double t, double degrees) {
  const double tail = 0.5 * incomplete_beta(0.5 * degrees, 0.5, degrees / (degrees + t * t));
  return t > 0.0 ? 1.0 - tail : tail;
}

double student_quantile(double probability, double degrees) {
  if (probability > 0.5) {
    return -student_quantile(1.0 - probability, degrees);
  }
  double low = -1.0;
  while (student_cdf(low, degrees) > probability) {
    low *= 2.0;
  }
  double high = 0.0;
  for (double middle = 0.5 * low; low < middle && middle < high; middle = 0.5 * (low + high)) {
    (student_cdf(middle, degrees) < probability ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double fair_coin_cdf(std::int64_t successes, std::int64_t trials) {
  if (successes < 0 || successes >= trials) {
    return successes < 0 ? 0.0 : 1.0;
  }
  const auto k = static_cast<double>(successes);
  return incomplete_beta(static_cast<double>(trials) - k, k + 1.0, 0.5);
}

double fair_coin_probability(std::int64_t successes, std::int64_t trials) {
  const auto n = static_cast<double>(trials);
  const auto k = static_cast<double>(successes);
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) -
                  n * std::numbers::ln2);
}

} // namespace mlp::metrics
