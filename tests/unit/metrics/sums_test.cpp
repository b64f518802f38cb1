#include "metrics/sums.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

using namespace mlp::metrics;

TEST_CASE("sum: what plain addition loses is kept") {
  // 1e16 + 1 is 1e16 in doubles; 1024 rows are two blocks of 512, so that the small ones meet the large one
  std::vector<double> values(1024, 0.0);
  values[0] = 1e16;
  values[512] = 1.0;
  values.push_back(-1e16); // a third block
  CHECK(sum(values) == 1.0);
}

TEST_CASE("weighted_mean: by hand, and NaN where nothing weighs anything") {
  // (1·10 + 3·20) / 4 = 17.5
  CHECK(weighted_mean(std::array{1.0, 3.0}, std::array{10.0, 20.0}) == 17.5);
  CHECK(std::isnan(weighted_mean(std::array{0.0}, std::array{10.0})));
}

TEST_CASE("effective_rows: equal weights count fully, one heavy row alone hardly more than itself") {
  CHECK(effective_rows(std::array{2.0, 2.0, 2.0}) == doctest::Approx(3.0));
  // (1 + 9)² / (1 + 81) = 100/82
  CHECK(effective_rows(std::array{1.0, 9.0}) == doctest::Approx(100.0 / 82.0));
}

TEST_CASE("weighted_median: equals the median of the rows repeated") {
  const std::array values = {1.0, 2.0, 5.0, 9.0};
  // 1 2 | 5 9 -> 3.5; 1 2 2 2 5 9 -> 2; a row of weight 0 is not there: 1 | 9 -> 5
  CHECK(weighted_median(values, std::array{1.0, 1.0, 1.0, 1.0}) == 3.5);
  CHECK(weighted_median(values, std::array{1.0, 3.0, 1.0, 1.0}) == 2.0);
  CHECK(weighted_median(values, std::array{1.0, 0.0, 0.0, 1.0}) == 5.0);
  CHECK(std::isnan(weighted_median(values, std::array{0.0, 0.0, 0.0, 0.0})));
}
