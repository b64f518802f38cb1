#include "metrics/chi_square.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::metrics {
namespace {

constexpr int k_most_terms = 100'000; // a term a degree of freedom at worst
constexpr double k_precision = 1e-16;

/// P(a, x) for x < a + 1, where the series converges fast; without its factor e^-x·x^a/Γ(a).
double lower_series(double a, double x) {
  double term = 1.0 / a;
  double total = term;
  for (int i = 1; i < k_most_terms && term > total * k_precision; ++i) {
    term *= x / (a + i);
    total += term;
  }
  return total;
}

/// Q(a, x) for x ≥ a + 1 by Lentz's method; without the same factor.
double upper_fraction(double a, double x) {
  constexpr double smallest = 1e-300;
  double b = x + 1.0 - a;
  double c = 1.0 / smallest;
  double d = 1.0 / b;
  double fraction = d;
  for (int i = 1; i < k_most_terms; ++i) {
    const double an = -i * (i - a);
    b += 2.0;
    d = an * d + b;
    d = 1.0 / (std::abs(d) < smallest ? smallest : d);
    c = b + an / c;
    c = std::abs(c) < smallest ? smallest : c;
    fraction *= d * c;
    if (std::abs(d * c - 1.0) < k_precision) {
      break;
    }
  }
  return fraction;
}

} // namespace

double chi_square_tail(double x, double degrees) {
  if (!(x > 0.0)) {
    return 1.0;
  }
  const double a = 0.5 * degrees;
  const double half = 0.5 * x;
  const double factor = std::exp(a * std::log(half) - half - std::lgamma(a));
  const double tail =
      half < a + 1.0 ? 1.0 - factor * lower_series(a, half) : factor * upper_fraction(a, half);
  return std::clamp(tail, 0.0, 1.0);
}

} // namespace mlp::metrics
