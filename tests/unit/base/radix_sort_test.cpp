#include "base/radix_sort.hpp"

#include "base/random.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <utility>

using mlp::radix_key;
using mlp::radix_sort;

TEST_CASE("a number's radix key orders as the number does, and leads back to it") {
  constexpr double k_infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> ascending = {-k_infinity, -1e300, -2, -1e-300, -0.0,
                                         0.0,         5e-324, 1,  1.5,     k_infinity};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    CHECK(mlp::number_of_radix_key(radix_key(ascending[i])) == ascending[i]);
    if (i > 0) {
      CHECK(radix_key(ascending[i - 1]) < radix_key(ascending[i]));
    }
  }
}

TEST_CASE("few and many items come out ascending, equal keys in the order in which they stood") {
  for (const std::size_t n : {0U, 1U, 1999U, 2000U, 50'000U}) {
    for (const unsigned bits : {1U, 10U, 12U, 40U, 64U}) {
      CAPTURE(n);
      CAPTURE(bits);
      std::vector<std::pair<std::uint64_t, std::size_t>> items(n);
      for (std::size_t i = 0; i < n; ++i) {
        items[i] = {mlp::random_bits(3, bits, i) >> (64 - bits), i};
      }
      auto expected = items; // a pair's second member makes the comparison stable
      std::sort(expected.begin(), expected.end());
      radix_sort(items, [](const auto& item) { return item.first; });
      CHECK(items == expected);
    }
  }
}
