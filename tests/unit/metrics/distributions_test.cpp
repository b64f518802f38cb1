#include "metrics/distributions.hpp"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace mlp::metrics;
using doctest::Approx;

TEST_CASE("normal_quantile: equal to scipy in the middle and far in the tails, and inverts the cdf") {
  CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-14));
  CHECK(normal_quantile(0.3) == Approx(-0.5244005127080409).epsilon(1e-14));
  CHECK(normal_quantile(1e-10) == Approx(-6.361340902404056).epsilon(1e-14));
  CHECK(normal_quantile(1e-300) == Approx(-37.0470962993612).epsilon(1e-13));
  for (const double p : {1e-6, 0.01, 0.2, 0.5, 0.77, 0.999}) {
    CHECK(normal_cdf(normal_quantile(p)) == Approx(p).epsilon(1e-13));
  }
}

TEST_CASE("student_quantile: equal to scipy, for few, fractional and many degrees of freedom") {
  CHECK(student_quantile(0.975, 3) == Approx(3.1824463052837078).epsilon(1e-11));
  CHECK(student_quantile(0.95, 49) == Approx(1.6765508926168535).epsilon(1e-11));
  CHECK(student_quantile(0.975, 2.5) == Approx(3.5746548420036817).epsilon(1e-11));
  CHECK(student_quantile(0.975, 1e6) == Approx(1.959966356814107).epsilon(1e-9));
  CHECK(student_quantile(0.025, 3) == Approx(-3.1824463052837078).epsilon(1e-11));
}

TEST_CASE("student_cdf: one degree of freedom is Cauchy's") {
  CHECK(student_cdf(1.0, 1.0) == Approx(0.75).epsilon(1e-12)); // 1/2 + atan(1)/π
  CHECK(student_cdf(0.0, 1.0) == Approx(0.5).epsilon(1e-12));
}

TEST_CASE("incomplete_beta: equal to scipy on both sides of its mean") {
  CHECK(incomplete_beta(2.5, 0.5, 0.3) == Approx(0.018927124071945658).epsilon(1e-11));
  CHECK(incomplete_beta(500, 700, 0.4) == Approx(0.1205162890894316).epsilon(1e-10));
  CHECK(incomplete_beta(2, 3, 0) == 0.0);
  CHECK(incomplete_beta(2, 3, 1) == 1.0);
}

TEST_CASE("fair_coin: by hand for three throws, equal to scipy for many") {
  CHECK(fair_coin_cdf(1, 3) == Approx(0.5)); // (1 + 3)/8
  CHECK(fair_coin_probability(1, 3) == Approx(0.375));
  CHECK(fair_coin_cdf(0, 0) == 1.0);
  CHECK(fair_coin_cdf(-1, 3) == 0.0);
  CHECK(fair_coin_cdf(499'000, 1'000'000) == Approx(0.0228041499326948).epsilon(1e-8));
}

TEST_CASE("the beta quantile inverts the incomplete beta function") {
  CHECK(mlp::metrics::beta_quantile(0.5, 1.0, 1.0) == doctest::Approx(0.5).epsilon(1e-12)); // uniform
  // Beta(2, 1) has the distribution function x²
  CHECK(mlp::metrics::beta_quantile(0.25, 2.0, 1.0) == doctest::Approx(0.5).epsilon(1e-12));
  for (const double probability : {0.025, 0.5, 0.975}) {
    const double x = mlp::metrics::beta_quantile(probability, 181.0, 20.0);
    CHECK(mlp::metrics::incomplete_beta(181.0, 20.0, x) == doctest::Approx(probability).epsilon(1e-9));
  }
}
