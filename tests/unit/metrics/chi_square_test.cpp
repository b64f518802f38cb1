#include "metrics/chi_square.hpp"

#include <doctest/doctest.h>

#include <cmath>

using doctest::Approx;
using mlp::metrics::chi_square_tail;

TEST_CASE("chi_square_tail: scipy's contingency example, and two degrees are exponential") {
  CHECK(chi_square_tail(2.7777777777777777, 2) == Approx(.2493521).epsilon(1e-6));
  CHECK(chi_square_tail(2.7777777777777777, 2) == Approx(std::exp(-1.3888888888888888)));
}

TEST_CASE("chi_square_tail: printed 5% points, and one degree is a squared normal") {
  CHECK(chi_square_tail(3.841459, 1) == Approx(.05).epsilon(1e-5));
  CHECK(chi_square_tail(18.307038, 10) == Approx(.05).epsilon(1e-5));
  CHECK(chi_square_tail(124.342113, 100) == Approx(.05).epsilon(1e-5));
  CHECK(chi_square_tail(4.0, 1) == Approx(std::erfc(std::sqrt(2.0))));
}

TEST_CASE("chi_square_tail: nothing is beyond 0, everything far out") {
  CHECK(chi_square_tail(0.0, 3) == 1.0);
  CHECK(chi_square_tail(2000.0, 3) < 1e-300);
  CHECK(chi_square_tail(1000.0, 10'000) == Approx(1.0));
}
