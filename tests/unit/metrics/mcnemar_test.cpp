#include "metrics/mcnemar.hpp"

#include <doctest/doctest.h>

using namespace mlp::metrics;
using doctest::Approx;

TEST_CASE("mcnemar_exact: R's and statsmodels' p of [[101, 121], [59, 33]]") {
  CHECK(mcnemar_exact({101, 121, 59, 33}) == Approx(4.434449e-06).epsilon(1e-6));
  CHECK(mcnemar_exact({33, 59, 121, 101}) == Approx(4.434449e-06).epsilon(1e-6));
}

TEST_CASE("mcnemar_midp: the exact p less the chance of what was seen") {
  // scipy 1.17.1: 2·binom.cdf(59, 180, .5) - binom.pmf(59, 180, .5)
  CHECK(mcnemar_midp({101, 121, 59, 33}) ==
        Approx(4.4344492637551646e-06 - 1.1678024679805914e-06).epsilon(1e-8));
}

TEST_CASE("mcnemar: no difference is p = 1, however many rows are discordant") {
  CHECK(mcnemar_exact({5, 0, 0, 5}) == 1.0);
  CHECK(mcnemar_exact({5, 3, 3, 5}) == 1.0);
  CHECK(mcnemar_midp({5, 30, 30, 5}) == 1.0);
}

TEST_CASE("newcombe_paired_interval: published examples") {
  // Newcombe 1998, method 10, for 36, 12, 2, 0 of 50: .0569 to .3404
  const Interval first = newcombe_paired_interval({36, 12, 2, 0}, 0.95);
  CHECK(first.lower == Approx(.0569).epsilon(1e-3));
  CHECK(first.upper == Approx(.3404).epsilon(1e-3));
  // Fagerland, Lydersen & Laake 2014, airway data 1, 1, 7, 12: -.507 to -.026
  const Interval second = newcombe_paired_interval({1, 1, 7, 12}, 0.95);
  CHECK(second.lower == Approx(-.507).epsilon(1e-3));
  CHECK(second.upper == Approx(-.0256).epsilon(1e-2));
}

TEST_CASE("newcombe_paired_interval: equal models on few rows are not proven equal") {
  const Interval interval = newcombe_paired_interval({10, 0, 0, 0}, 0.95);
  CHECK(interval.lower < -0.1);
  CHECK(interval.upper > 0.1);
}
