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

TEST_CASE("quantiles interpolate as R's type 7 does") {
  // place of the quantile p is p·(n − 1): of 1, 2, 4, 8 the median lies between 2 and 4, q25 at 0.75 of 1..2
  const std::vector<double> sorted = {1, 2, 4, 8};
  CHECK(quantile(sorted, 0) == 1);
  CHECK(quantile(sorted, 0.25) == 1.75);
  CHECK(quantile(sorted, 0.5) == 3);
  CHECK(quantile(sorted, 1) == 8);
  CHECK(quantile({5}, 0.5) == 5);
}
