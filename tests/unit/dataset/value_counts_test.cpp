#include "dataset/value_counts.hpp"

#include "dataset/sorted_numbers.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;

TEST_CASE("counts are of each different value, in order") {
  const ValueCounts found = counts_of(std::vector<double>{-1, 2, 2, 5});
  CHECK(found.values == std::vector<double>{-1, 2, 5});
  CHECK(found.counts == std::vector<std::int64_t>{1, 2, 1});
  CHECK(found.total() == 4);
}

TEST_CASE("distinct whole numbers are marked one bit each, up to 2^27 steps") {
  CHECK(bounded_distinct_of(std::vector<double>{100'000'000, 3, 3, k_missing_number}) == 2);
  CHECK_FALSE(bounded_distinct_of(std::vector<double>{0, 134'217'728}));
}

TEST_CASE("quantiles of counts are those of the values in order") {
  const std::vector<double> sorted = {1, 1, 1, 2, 4, 4, 9};
  for (const double share : {0.0, 0.01, 0.25, 0.4, 0.5, 0.75, 0.9, 1.0}) {
    CHECK(quantile(counts_of(sorted), share) == quantile(sorted, share));
  }
}

TEST_CASE("Kolmogorov-Smirnov: the worked example of SciPy, equal samples, disjoint ones and none") {
  const auto numbers = [](int begin, int end) { return counts_of(counting(begin, end)); };
  CHECK(kolmogorov_smirnov(numbers(1, 6), numbers(3, 8)) == doctest::Approx(0.4)); // ks_2samp([1..5], [3..7])
  CHECK(kolmogorov_smirnov(numbers(0, 9), numbers(0, 9)) == 0);
  CHECK(kolmogorov_smirnov(numbers(0, 2), numbers(5, 9)) == 1);
  // 1 1 1 2 against 1 2 2: at 1 the shares are 3/4 and 1/3
  CHECK(kolmogorov_smirnov({{1, 2}, {3, 1}}, {{1, 2}, {1, 2}}) == doctest::Approx(5.0 / 12));
  CHECK_FALSE(kolmogorov_smirnov({}, numbers(0, 2)));
}
