#include "dataset/sorted_numbers.hpp"

#include "base/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

using namespace mlp::dataset;

TEST_CASE("few and many numbers come out as a comparison sort orders them") {
  for (const std::size_t n : {0U, 1U, 1999U, 2000U, 20'000U}) {
    std::vector<double> numbers;
    for (std::size_t i = 0; numbers.size() < n; ++i) {
      const auto number = std::bit_cast<double>(mlp::random_bits(1, n, i)); // any sign and exponent
      if (!std::isnan(number)) {
        numbers.push_back(i % 3 == 0 ? std::floor(std::fmod(number, 100)) : number);
      }
    }
    if (n > 3) {
      numbers[1] = std::numeric_limits<double>::infinity();
      numbers[2] = -numbers[1];
    }
    std::vector<double> expected = numbers;
    std::sort(expected.begin(), expected.end());
    sort_numbers(numbers);
    CHECK(numbers == expected);
  }
}

TEST_CASE("by radix alone: numbers that agree in all their high digits, or in some, are sorted, too") {
  for (const double spread : {0.0, 1.0, 1e3, 1e9, 1e15}) {
    std::vector<double> numbers;
    for (std::size_t i = 0; i < 16'384; ++i) {
      const auto random = static_cast<double>(mlp::random_bits(3, 0, i) >> 11U) * 0x1p-53;
      numbers.push_back(1e15 + std::floor(random * spread) + (i % 7 == 0 ? 0.5 : 0));
    }
    std::vector<double> expected = numbers;
    std::sort(expected.begin(), expected.end());
    sort_by_radix(numbers);
    CHECK(numbers == expected);
  }
}

TEST_CASE("many numbers with few decimals come out as a comparison sort orders them") {
  struct Odd {
    const char* what;
    double value;
  };
  // each makes counting impossible, or is its edge
  for (const Odd odd :
       {Odd{"as the others", 0.25}, Odd{"more decimals", 1.0 / 3}, Odd{"a negative zero", -0.0},
        Odd{"a large one", 1e12}, Odd{"larger than a whole number", 3e9},
        Odd{"infinite", std::numeric_limits<double>::infinity()}}) {
    for (const int decimals : {0, 1, 4, 6}) {
      CAPTURE(odd.what);
      CAPTURE(decimals);
      std::vector<double> numbers;
      for (std::size_t i = 0; i < 5000; ++i) {
        const auto whole = static_cast<double>(mlp::random_below(4000, 2, 0, i)) - 1500;
        numbers.push_back((whole + 0.0) / std::pow(10, decimals));
      }
      numbers[1717] = odd.value; // where a sample may not look
      std::vector<double> expected = numbers;
      std::stable_sort(expected.begin(), expected.end(), [](double a, double b) {
        return a != b ? a < b : std::signbit(a) && !std::signbit(b);
      });
      sort_numbers(numbers);
      CHECK(numbers == expected);
      CHECK(std::equal(numbers.begin(), numbers.end(), expected.begin(),
                       [](double a, double b) { return std::signbit(a) == std::signbit(b); }));
    }
  }
}

TEST_CASE("quantiles interpolate as R's type 7 does") {
  // place of the quantile p is p·(n − 1): of 1, 2, 4, 8 the median lies between 2 and 4, q25 at 0.75 of 1..2
  const std::vector<double> sorted = {1, 2, 4, 8};
  CHECK(quantile(sorted, 0) == 1);
  CHECK(quantile(sorted, 0.25) == 1.75);
  CHECK(quantile(sorted, 0.5) == 3);
  CHECK(quantile(sorted, 1) == 8);
  CHECK(quantile({5}, 0.5) == 5);
}
