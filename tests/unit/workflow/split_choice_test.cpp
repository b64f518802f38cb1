#include "workflow/split_choice.hpp"

#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace mlp::workflow {
namespace {

constexpr double k_day = 86'400;

/// `n` rows, row i at i · step.
std::vector<double> times(std::size_t n, double step) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) {
    values.push_back(static_cast<double>(i) * step);
  }
  return values;
}

std::optional<TimeSplit> split_of(std::vector<double> time, std::vector<double> target) {
  return time_split_of(test::datetime_column("t", std::move(time)),
                       test::number_column("y", std::move(target)));
}

} // namespace

TEST_CASE("a split by time: the last fifth, and the fifth before it of what is left, from midnights on") {
  const auto split = split_of(times(1000, k_day / 4), std::vector<double>(1000, 1.0)); // 250 days
  REQUIRE(split);
  CHECK(split->test_from == "1970-07-20");  // row 800: day 200
  CHECK(split->valid_from == "1970-06-10"); // row 640: day 160
  CHECK(split->test_share == doctest::Approx(0.2));
}

TEST_CASE("a split by time: within one day the parts begin at instants") {
  const auto split = split_of(times(1000, 60), std::vector<double>(1000, 1.0)); // 1,000 minutes
  REQUIRE(split);
  CHECK(split->test_from == "1970-01-01T13:20:00Z"); // 800 minutes
  CHECK(split->valid_from == "1970-01-01T10:40:00Z");
}

TEST_CASE("a split by time: rows without a target do not move it") {
  std::vector<double> target(1000, 1.0);
  for (std::size_t row = 500; row < 1000; ++row) {
    target[row] = std::nan("");
  }
  const auto split = split_of(times(1000, k_day), target);
  REQUIRE(split);
  CHECK(split->test_from == "1971-02-05"); // row 400
}

TEST_CASE("no split by time: two instants, half of the rows in one, or many rows without a time") {
  std::vector<double> two(100, 0.0);
  two.back() = k_day;
  CHECK_FALSE(split_of(two, std::vector<double>(100, 1.0)));
  std::vector<double> lumped = times(100, k_day);
  for (std::size_t row = 50; row < 100; ++row) {
    lumped[row] = 50 * k_day;
  }
  CHECK_FALSE(split_of(lumped, std::vector<double>(100, 1.0)));
  std::vector<double> holes = times(100, k_day);
  for (std::size_t row = 0; row < 6; ++row) { // 5 of 100 may be
    holes[row * 10] = std::nan("");
  }
  CHECK_FALSE(split_of(holes, std::vector<double>(100, 1.0)));
  holes[0] = 0;
  CHECK(split_of(holes, std::vector<double>(100, 1.0)));
  CHECK_FALSE(split_of({}, {}));
}

TEST_CASE("the split of mlp.yaml: by time, by group, by hash; of a ranking by whole queries") {
  const TimeSplit by_time{"2026-01-01", "2026-02-01", 0.2};
  CHECK(split_line(Task::binary, by_time, false) ==
        "{by: time, valid_from: 2026-01-01, test_from: 2026-02-01}   # or by: hash, group, file");
  CHECK(split_line(Task::binary, std::nullopt, true) ==
        "{by: group, seed: 0, test: 0.2, valid: 0.2}   # or by: time, hash, file");
  CHECK(split_line(Task::regression, std::nullopt, false) ==
        "{by: hash, seed: 0, test: 0.2, valid: 0.2}   # or by: time, group, file");
  CHECK(split_line(Task::ranking, std::nullopt, true) ==
        "{by: hash, seed: 0, test: 0.2, valid: 0.2}   # of whole queries; or by: time, file");
}

} // namespace mlp::workflow
