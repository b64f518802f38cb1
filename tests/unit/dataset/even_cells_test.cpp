#include "dataset/even_cells.hpp"

#include "base/random.hpp"
#include "dataset/number_sketches.hpp"
#include "dataset/quantile_sketch.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace mlp;
using namespace mlp::dataset;

namespace {

constexpr std::size_t k_many = 400'000;

double uniform(std::uint64_t seed, std::uint64_t i) {
  return static_cast<double>(random_bits(seed, 1, i) >> 11U) * 0x1p-53;
}

/// Smooth, with a long tail, a third of it one value, and moving away from where it was at first.
std::vector<double> values_of(int kind, std::uint64_t seed) {
  std::vector<double> values(k_many);
  for (std::size_t i = 0; i < k_many; ++i) {
    const double u = uniform(seed, i);
    values[i] = kind == 0   ? 1e6 * u - 3e5
                : kind == 1 ? -std::log(1 - u)
                : kind == 2 ? (i % 3 == 0 ? 0.25 : u)
                            : u + static_cast<double>(i) / k_many;
  }
  return values;
}

} // namespace

TEST_CASE("cells and what they give back are all numbers, and no rank is off by more than a cell's share") {
  for (int kind = 0; kind < 4; ++kind) {
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      std::vector<double> values = values_of(kind, seed);
      CAPTURE(kind);
      std::vector<double> given_back;
      const std::span<const double> all = values;
      auto cells = EvenCells::of(all.first(k_many / 4), given_back);
      REQUIRE(cells);
      for (std::size_t i = k_many / 4; i < k_many; i += 4000) {
        cells->add(all.subspan(i, 4000), given_back);
      }
      ValueCounts counts = cells->counts();
      const std::int64_t taken = counts.total();
      CHECK(taken + static_cast<std::int64_t>(given_back.size()) == static_cast<std::int64_t>(k_many));
      CHECK(taken > static_cast<std::int64_t>(k_many / 3));
      CHECK(*std::max_element(counts.counts.begin(), counts.counts.end()) <= taken / EvenCells::k_shares);
      std::vector<double> together = given_back;
      for (std::size_t i = 0; i < counts.values.size(); ++i) {
        together.insert(together.end(), static_cast<std::size_t>(counts.counts[i]), counts.values[i]);
      }
      std::sort(together.begin(), together.end());
      std::sort(values.begin(), values.end());
      CHECK(*kolmogorov_smirnov(counts_of(together), counts_of(values)) <= 1.0 / EvenCells::k_shares);
    }
  }
}

TEST_CASE("numbers that crowd, or reach too far, are all given back in their order") {
  std::vector<double> crowded(20'000, 7.0);
  crowded[3] = 8;
  std::vector<double> far(20'000);
  std::vector<double> infinite(20'000, std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < far.size(); ++i) {
    far[i] = i % 2 == 0 ? -1.7e308 : 1.7e308;
    infinite[i] = i % 2 == 0 ? -infinite[i] : infinite[i];
  }
  for (const auto& values : {crowded, far, infinite}) {
    std::vector<double> given_back = {1};
    CHECK_FALSE(EvenCells::of(values, given_back));
    CHECK(given_back.size() == values.size() + 1);
    CHECK(std::equal(values.begin(), values.end(), given_back.begin() + 1));
  }
}

TEST_CASE("a sketched column keeps quantiles, moments and frequent values within the stated errors") {
  for (int kind = 0; kind < 4; ++kind) {
    CAPTURE(kind);
    std::vector<double> values = values_of(kind, 9);
    NumberSketches sketches(std::span<const double>(values).first(k_many / 4));
    for (std::size_t i = k_many / 4; i < k_many; i += 777) { // pieces that are no multiple of its blocks
      const std::size_t size = std::min<std::size_t>(777, k_many - i);
      CHECK(sketches.add(std::span<const double>(values).subspan(i, size)) ==
            static_cast<std::int64_t>(size));
    }
    ColumnProfile profile;
    profile.count = static_cast<std::int64_t>(k_many);
    Column shown;
    shown.type = ColumnType::number;
    sketches.describe(profile, shown);
    CHECK(profile.rank_error == QuantileSketch::k_rank_error);
    double sum = 0;
    for (const double value : values) {
      sum += value;
    }
    const double mean = sum / k_many;
    double squares = 0;
    for (const double value : values) {
      squares += (value - mean) * (value - mean);
    }
    CHECK(*profile.mean == doctest::Approx(mean).epsilon(1e-9));
    CHECK(*profile.standard_deviation == doctest::Approx(std::sqrt(squares / (k_many - 1))).epsilon(1e-9));
    std::sort(values.begin(), values.end());
    CHECK(profile.min == values.front());
    CHECK(profile.max == values.back());
    for (const auto& [share, found] :
         {std::pair(0.25, *profile.q25), std::pair(0.5, *profile.median), std::pair(0.75, *profile.q75)}) {
      const auto allowed = static_cast<std::ptrdiff_t>(QuantileSketch::k_rank_error * k_many) + 1;
      const auto place = static_cast<std::ptrdiff_t>(share * (k_many - 1));
      CHECK(values[static_cast<std::size_t>(place - allowed)] <= found + 1e-4);
      CHECK(found <= values[static_cast<std::size_t>(place + allowed)] + 1e-4);
    }
    // Every third row from the first on is the value 0.25: ceil(400,000 / 3) = 133,334, counted exactly
    CHECK(profile.top.size() == (kind == 2 ? 1 : 0));
    if (kind == 2) {
      CHECK(profile.top.front() == std::pair<std::string, std::int64_t>("0.25", 133'334));
    }
  }
}
