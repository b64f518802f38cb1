#include "dataset/placeholder.hpp"

#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace mlp::dataset;
using namespace mlp::test;

namespace {

/// 300 numbers, 100 + 0, 1, …, 99, three times each, and `value` so many times.
std::vector<double> hundreds_and(double value, int times) {
  std::vector<double> numbers;
  for (int i = 0; i < 300; ++i) {
    numbers.push_back(100 + i % 100);
  }
  numbers.insert(numbers.end(), static_cast<std::size_t>(times), value);
  return numbers;
}

std::optional<Placeholder> found_in(Column column, bool whole = true) {
  return placeholder_in(profile_of(table_of({std::move(column)}), 1).columns[0], whole);
}

std::optional<Placeholder> found_among_hundreds(double value, int times) {
  return found_in(number_column("x", hundreds_and(value, times)));
}

} // namespace

TEST_CASE("values that people write for missing, far from all others, are found with their rows") {
  CHECK(found_among_hundreds(-999, 7) == Placeholder{"-999", 7, false});
  CHECK(found_among_hundreds(9999, 3) == Placeholder{"9999", 3, false});
  CHECK(found_among_hundreds(999, 2000) == Placeholder{"999", 2000, false});
  CHECK(found_among_hundreds(0, 20) == Placeholder{"0", 20, true});
  CHECK(found_among_hundreds(-1, 20) == Placeholder{"-1", 20, true});
}

TEST_CASE("others are not: seldom ones, zeros in many rows, numbers that say nothing, and those close by") {
  CHECK_FALSE(found_among_hundreds(-999, 2).has_value());
  CHECK_FALSE(found_among_hundreds(0, 100).has_value()); // a quarter of the rows: usual there
  CHECK_FALSE(found_among_hundreds(1000, 7).has_value());
  CHECK_FALSE(found_among_hundreds(199.5, 7).has_value());
  CHECK_FALSE(found_among_hundreds(99, 7).has_value()); // beside 100
  CHECK_FALSE(found_in(number_column("x", {9, 9, 9, 1, 1, 1})).has_value());
}

TEST_CASE("one nine counts beside a few codes alone") {
  CHECK(found_in(number_column("x", {1, 2, 3, 4, 5, 1, 2, 3, 19, 19, 19, 9})) == std::nullopt);
  CHECK(found_in(number_column("x", {0, 1, 2, 3, 4, 1, 2, 9, 9, 9})) == Placeholder{"9", 3, false});
}

TEST_CASE("dates that programs write for none are found") {
  std::vector<double> days;
  for (int i = 0; i < 200; ++i) {
    days.push_back(1.5e9 + i * 86400.0);
  }
  days.insert(days.end(), 4, -2208988800.0);
  CHECK(found_in(datetime_column("at", days)) == Placeholder{"1900-01-01", 4, false});
  days.erase(days.end() - 4, days.end());
  days.insert(days.end(), 5, 0.0);
  CHECK(found_in(datetime_column("at", days)) == Placeholder{"1970-01-01", 5, false});
}

TEST_CASE("-1 is found as the only negative whole number where it is the most frequent") {
  std::vector<double> numbers = {-1, -1, -1, -1};
  for (int i = 0; i < 50; ++i) {
    numbers.push_back(i % 25);
  }
  CHECK(found_in(number_column("x", numbers)) == Placeholder{"-1", 4, true});
  CHECK_FALSE(found_in(number_column("x", numbers), false).has_value());
  numbers.push_back(0);
  numbers.push_back(0);
  numbers.push_back(0); // now 0 is more frequent: temperatures around freezing
  CHECK_FALSE(found_in(number_column("x", numbers)).has_value());
}
