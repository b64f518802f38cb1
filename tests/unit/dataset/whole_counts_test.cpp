#include "dataset/whole_counts.hpp"

#include "base/random.hpp"
#include "dataset/sorted_numbers.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;

namespace {

using Numbers = std::vector<double>;

} // namespace

TEST_CASE("decimals of a small range are counted as they are, in any order, missing ones left out") {
  const auto found = WholeCounts::of(Numbers{2.5, k_missing_number, -0.1, 2.5, 0.3});
  REQUIRE(found);
  CHECK(found->counts().values == Numbers{-0.1, 0.3, 2.5});
  CHECK(found->counts().counts == std::vector<std::int64_t>{1, 1, 2});
}

TEST_CASE("numbers that are no decimals, or reach too far, are not counted") {
  CHECK_FALSE(WholeCounts::of(Numbers{1.0 / 3}));
  CHECK_FALSE(WholeCounts::of(Numbers{1, 5e9}));
  CHECK_FALSE(WholeCounts::of(Numbers{0, 2'097'152})); // 2^21 + 1 steps
  CHECK(WholeCounts::of(Numbers{0, 2'097'151}));
  CHECK_FALSE(WholeCounts::of(Numbers{k_missing_number}));
}

TEST_CASE("counting goes on with values beyond the range, and with more decimals") {
  auto found = WholeCounts::of(Numbers{10, 20});
  REQUIRE(found);
  Numbers all = {10, 20};
  for (const double more : {25.0, 3.0, 12.5, -7.25, 900.0, 12.5, 0.001}) {
    CHECK(found->add(more));
    all.push_back(more);
  }
  sort_numbers(all);
  const ValueCounts expected = counts_of(all);
  CHECK(found->counts().values == expected.values);
  CHECK(found->counts().counts == expected.counts);
}

TEST_CASE("any values give the counts of sorting them, or are refused and change nothing") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const double step = std::pow(10, static_cast<double>(seed % 5));
    Numbers all = {static_cast<double>(seed)};
    auto found = WholeCounts::of(all);
    REQUIRE(found);
    for (std::uint64_t i = 0; i < 400; ++i) {
      const auto wide = static_cast<double>(random_below(seed % 2 == 0 ? 2000 : 3'000'000, seed, 1, i));
      const double value = (wide - 1000) / (i % 3 == 0 ? step : 1);
      if (found->add(value)) {
        all.push_back(value + 0.0);
      }
    }
    sort_numbers(all);
    const ValueCounts expected = counts_of(all);
    CHECK(found->counts().values == expected.values);
    CHECK(found->counts().counts == expected.counts);
    CHECK(all.back() - all.front() < static_cast<double>(WholeCounts::k_most_steps));
  }
}

TEST_CASE("a value that does not fit is refused: a third, one too far, minus zero") {
  auto found = WholeCounts::of(Numbers{0, 1});
  REQUIRE(found);
  CHECK_FALSE(found->add(1.0 / 3));
  CHECK_FALSE(found->add(1e7));
  CHECK_FALSE(found->add(-0.0));
  CHECK_FALSE(found->add(1e300));
  CHECK(found->counts().total() == 2);
}
