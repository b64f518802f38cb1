#include "dataset/profile.hpp"

#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numeric>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;

namespace {

ColumnProfile profile_of_one(Column column) {
  return profile_of(table_of({std::move(column)}), 1).columns.front();
}

using Top = std::vector<std::pair<std::string, std::int64_t>>;

} // namespace

TEST_CASE("numbers: counts, quantiles, moments and the most frequent values") {
  const auto found = profile_of_one(number_column("x", {4, 2, k_missing_number, 8, 2}));
  CHECK(found.count == 4);
  CHECK(found.missing == 1);
  CHECK(found.unique == 3);
  CHECK(found.min == 2);
  CHECK(found.q25 == 2);
  CHECK(found.median == 3);
  CHECK(found.q75 == 5);
  CHECK(found.max == 8);
  CHECK(found.mean == 4); // 16 / 4
  // squares around 4: 0 + 4 + 16 + 4 = 24; 24 / 3 = 8
  CHECK(*found.standard_deviation == doctest::Approx(std::sqrt(8.0)));
  CHECK(found.top == Top{{"2", 2}, {"4", 1}, {"8", 1}});
  CHECK(found.histogram == std::vector<std::int64_t>{2, 1, 1}); // three values: bins [2,4) [4,6) [6,8]
}

TEST_CASE("many numbers: 20 bins, and only values that occur twice are among the top") {
  std::vector<double> values = counting(0, 200);
  values.push_back(7);
  const auto found = profile_of_one(number_column("x", values));
  CHECK(found.top == Top{{"7", 2}});
  REQUIRE(found.histogram.size() == 20);
  CHECK(found.histogram[0] == 11); // 0..9.95 and the second 7
  CHECK(std::accumulate(found.histogram.begin(), found.histogram.end(), std::int64_t{0}) == 201);
}

TEST_CASE("the top holds ten values, equally frequent ones in order of value") {
  std::vector<double> values;
  for (int i = 12; i > 0; --i) {
    values.insert(values.end(), i == 11 ? 3 : 2, i);
  }
  const auto found = profile_of_one(number_column("x", values));
  CHECK(found.top.size() == 10);
  CHECK(found.top[0] == std::pair<std::string, std::int64_t>("11", 3));
  CHECK(found.top[1].first == "1");
  CHECK(found.top[9].first == "9");
}

TEST_CASE("sums do not lose small numbers beside large ones") {
  // plain addition loses each 1 beside 1e16: the mean of 1e16, 1, 1, −1e16 is 2 / 4
  CHECK(profile_of_one(number_column("x", {1e16, 1, 1, -1e16})).mean == 0.5);
}

TEST_CASE("what overflows a double is undefined, not infinite") {
  const double huge = std::numeric_limits<double>::max();
  const auto found = profile_of_one(number_column("x", {-huge, huge, huge}));
  CHECK(found.max == huge);
  CHECK_FALSE(found.standard_deviation);
  CHECK(found.histogram == std::vector<std::int64_t>{1, 2}); // the range itself overflows
}

TEST_CASE("one value has a mean and one bin, and no standard deviation") {
  const auto found = profile_of_one(number_column("x", {3}));
  CHECK(found.mean == 3);
  CHECK_FALSE(found.standard_deviation);
  CHECK(found.histogram == std::vector<std::int64_t>{1});
}

TEST_CASE("an empty column and a table without rows have counts of zero and no numbers") {
  const auto missing = profile_of_one(number_column("x", {k_missing_number}));
  CHECK(missing.count == 0);
  CHECK(missing.missing == 1);
  CHECK_FALSE(missing.min);
  CHECK(missing.histogram.empty());
  CHECK(profile_of_one(category_column("x", {})).unique == 0);
}

TEST_CASE("categories and text: only values that occur count, ties in order of bytes") {
  const auto found = profile_of_one(category_column("c", {"b", "a", "", "c", "c"}));
  CHECK(found.count == 4);
  CHECK(found.missing == 1);
  CHECK(found.unique == 3);
  CHECK(found.top == Top{{"c", 2}, {"a", 1}, {"b", 1}});
  CHECK_FALSE(found.min);
  const Table two = table_rows(table_of({category_column("c", {"a", "b", "c"})}), {1, 1});
  CHECK(profile_of(two, 1).columns.front().unique == 1);
}

TEST_CASE("booleans keep their spelling and have no mean; date/times have both text and numbers") {
  const auto flag = profile_of_one(boolean_column("f", {1, 0, 1}));
  CHECK(flag.top == Top{{"Yes", 2}, {"No", 1}});
  CHECK_FALSE(flag.mean);
  const auto day = profile_of_one(datetime_column("d", {0, 86'400, 86'400}));
  CHECK(day.top.front() == std::pair<std::string, std::int64_t>("1970-01-02", 2));
  CHECK(day.max == 86'400);
}

TEST_CASE("a profile is the same on any number of threads") {
  const Table table =
      table_of({number_column("a", counting(0, 3000)), number_column("b", counting(-1500, 1500)),
                boolean_column("c", std::vector<double>(3000, 1))});
  CHECK(profile_of(table, 1) == profile_of(table, 4));
}

TEST_CASE("a profile survives JSON") {
  const Table table = table_of({number_column("x", {0.1, k_missing_number, 3}),
                                category_column("c", {"é", "\"", ""}), datetime_column("d", {0, 1, 2}),
                                boolean_column("f", {0, 1, 1}), text_column("t", {"a b", "", "c"})});
  const Profile profile = profile_of(table, 1);
  CHECK(profile_from_json(Json::parse(to_json(profile).dump())) == profile);
  CHECK(to_json(profile)["schema"].as_string() == "mlp.profile/1");
}
