#include "metrics/multiple_tests.hpp"

#include <doctest/doctest.h>

using doctest::Approx;
using mlp::metrics::benjamini_hochberg;
using mlp::metrics::holm;

namespace {

const std::vector<double> k_p = {.001, .008, .039, .041, .042, .06, .074, .205, .212, .216};

} // namespace

TEST_CASE("benjamini_hochberg: the published ten p-values") {
  const std::vector<double> published = {.01, .04, .084, .084, .084, .1, .1057143, .216, .216, .216};
  const auto adjusted = benjamini_hochberg(k_p);
  for (std::size_t i = 0; i < published.size(); ++i) {
    CHECK(adjusted[i] == Approx(published[i]).epsilon(1e-6));
  }
}

TEST_CASE("holm: the smallest counts as many times as there are tests, and no p falls below one before it") {
  const auto adjusted = holm(k_p);
  CHECK(adjusted[0] == Approx(.01));
  CHECK(adjusted[1] == Approx(.072));
  CHECK(adjusted[2] == Approx(.312));
  CHECK(adjusted[3] == Approx(.312)); // 7 · .041 = .287 is less than its predecessor
  CHECK(holm(std::vector<double>{.9, .8})[0] == 1.0);
}

TEST_CASE("adjusted p-values stand in the order of the tests, not of their size") {
  CHECK(holm(std::vector<double>{.04, .01})[0] == Approx(.04));
  CHECK(holm(std::vector<double>{.04, .01})[1] == Approx(.02));
  CHECK(benjamini_hochberg(std::vector<double>{.04, .01})[1] == Approx(.02));
  CHECK(holm({}).empty());
}
