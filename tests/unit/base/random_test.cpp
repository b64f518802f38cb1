#include "base/random.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>

TEST_CASE("mix64: SplitMix64's published first outputs for seed 0") {
  // Vigna's splitmix64.c: state += 0x9e3779b97f4a7c15 before each output
  static_assert(mlp::mix64(0) == 0xe220a8397b1dcdafULL);
  static_assert(mlp::mix64(0x9e3779b97f4a7c15ULL) == 0x6e789e6aa1b965f4ULL);
  CHECK(mlp::mix64(2 * 0x9e3779b97f4a7c15ULL) == 0x06c45d188009454fULL);
}

TEST_CASE("random_bits: seed, stream and counter each change the number") {
  std::set<std::uint64_t> seen;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    seen.insert(mlp::random_bits(i, 0, 0));
    seen.insert(mlp::random_bits(0, i, 0));
    seen.insert(mlp::random_bits(0, 0, i));
  }
  CHECK(seen.size() == 2998); // 3000 less the two repeats of (0, 0, 0)
}

TEST_CASE("random_below: each of ten values equally often") {
  std::array<double, 10> count{};
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const auto value = mlp::random_below(10, 42, 7, i);
    REQUIRE(value < 10);
    ++count[value];
  }
  double chi_square = 0;
  for (const double c : count) {
    chi_square += (c - 10'000) * (c - 10'000) / 10'000;
  }
  CHECK(chi_square < 27.88); // 9 degrees of freedom, p = 0.001; the numbers are fixed, so this cannot flicker
  CHECK(mlp::random_below(1, 42, 7, 3) == 0);
}
