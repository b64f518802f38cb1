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

TEST_CASE("the body leaves out what lies far away, and counts it") {
  // 0..99 and 1e6: q01 = 1, q99 = 99 (type 7 of 101 values: places 1 and 99), half the width = 49: −48 … 148,
  // cut to 0 … 148; the 100 values 0..99 lie in it
  std::vector<double> values = counting(0, 100);
  values.push_back(1e6);
  const auto found = profile_of_one(number_column("x", values));
  REQUIRE(found.body);
  CHECK(found.body->from == 0);
  CHECK(found.body->to == 148);
  CHECK(found.body->below == 0);
  CHECK(found.body->above == 1);
  REQUIRE(found.body->counts.size() == 20);
  CHECK(found.body->counts[0] == 8); // [0, 7.4): 0..7
  CHECK(std::accumulate(found.body->counts.begin(), found.body->counts.end(), std::int64_t{0}) == 100);
  CHECK(found.histogram[0] == 100);                                              // all of them in one bin
  CHECK_FALSE(profile_of_one(number_column("x", counting(0, 100))).body);        // nothing is far away
  CHECK_FALSE(profile_of_one(number_column("x", {1, 1, 1, 1, 1, 1, 9e9})).body); // 1 and 99 % are not apart
}

TEST_CASE("above a million values, decimals of a small range are counted and stay exact") {
  std::vector<double> values(k_exact_values + 2);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<double>(i % 1000) / 10;
  }
  values[5] = k_missing_number;
  const auto large = profile_of_one(number_column("x", values));
  CHECK(large.count == k_exact_values + 1);
  CHECK(large.missing == 1);
  CHECK(large.unique == 1000);
  CHECK(large.unique_error == 0);
  CHECK(large.rank_error == 0);
  CHECK(large.top.front() == std::pair<std::string, std::int64_t>("0", 1001)); // rows 0, 1000, … 1,000,000
  // 0.0 … 24.9 are 250,001 values: 0.0 and 0.1 once more, 0.5 once less; the one at place 250,000 is the last
  CHECK(large.q25 == 24.9);
  // mean of 0.0, 0.1 … 99.9 is 49.95; one 0.5 less and a 0 and a 0.1 more change it by less than 1e-4
  CHECK(*large.mean == doctest::Approx(49.95).epsilon(1e-5));
}

TEST_CASE("above a million values, other numbers come from sketches, within the stated error") {
  const std::size_t n = k_exact_values + 200'000;
  std::vector<double> values(n);
  for (std::size_t i = 0; i < n; ++i) {
    // a tenth of the rows is 0, the others are different: 1/3, 2/3 … n/3 in a scattered order
    values[i] = i % 10 == 0 ? 0 : static_cast<double>(i * 7'654'321 % n + 1) / 3;
  }
  const Table table = table_of({number_column("x", values)});
  const Profile one = profile_of(table, 1);
  CHECK(profile_of(table, 4) == one);
  const ColumnProfile& found = one.columns.front();
  CHECK(found.count == static_cast<std::int64_t>(n));
  CHECK(found.min == 0);
  CHECK(found.max == static_cast<double>(n) / 3);
  CHECK(found.rank_error > 0);
  CHECK(found.top == Top{{"0", 120'000}});
  CHECK(found.unique_error > 0);
  // 7,654,321 and 1,200,000 share no divisor: 1,080,000 different values and 0
  CHECK(std::abs(static_cast<double>(found.unique) / 1'080'001 - 1) < 4 * found.unique_error);
  // half of the values are ≤ x where 0.1 + 0.9 x/max = 0.5: x = 4/9 of max; a rank error of ε is max ε / 0.9
  // there
  const double largest = *found.max;
  CHECK(std::abs(*found.median - largest * 4 / 9) < largest * (found.rank_error / 0.9 + 0.001));
  CHECK(std::accumulate(found.histogram.begin(), found.histogram.end(), std::int64_t{0}) == found.count);
  CHECK(profile_from_json(to_json(one)) == one);
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
