#include "dataset/distribution.hpp"

#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace mlp;
using namespace mlp::dataset;
using namespace mlp::test;

namespace {

ColumnShift shift(const Column& left, const Column& right) {
  return shift_between(distribution_of(left), distribution_of(right));
}

using Words = std::vector<std::pair<std::string, std::int64_t>>;

} // namespace

TEST_CASE("numbers move by the Kolmogorov-Smirnov distance of their present values") {
  const auto found =
      shift(number_column("x", {1, 2, 3, 4, 5, k_missing_number}), number_column("x", counting(3, 8)));
  CHECK(found.distance_name == "ks");
  CHECK(*found.distance == doctest::Approx(0.4)); // scipy.stats.ks_2samp([1..5], [3..7])
  CHECK(found.distance_error == 0);
  CHECK(found.left.count == 5);
  CHECK(found.left.missing == 1);
  CHECK(found.left.mean == 3);
  CHECK(found.left.q25 == 2);
  CHECK(found.right.median == 5);
  CHECK(found.right.max == 7);
  CHECK(found.moved());
}

TEST_CASE("numbers that are no decimals are compared exactly too") {
  CHECK(*shift(number_column("x", {1.0 / 3, 2.0 / 3}), number_column("x", {2.0 / 3, 1.0 / 3})).distance == 0);
  CHECK(*shift(number_column("x", {1.0 / 3, 2.0 / 3}), number_column("x", {2.0 / 3})).distance == 0.5);
}

TEST_CASE("categories move by total variation, and those that came and went are named, frequent first") {
  const auto found =
      shift(category_column("c", {"a", "a", "b", "b", "z"}), category_column("c", {"a", "c", "c", "d", ""}));
  CHECK(found.distance_name == "tv");
  // |2/5 − 1/4| + 2/5 (b) + 1/5 (z) + 2/4 (c) + 1/4 (d) = 1.5; half of it
  CHECK(*found.distance == doctest::Approx(0.75));
  CHECK(found.came == Words{{"c", 2}, {"d", 1}});
  CHECK(found.went == Words{{"b", 2}, {"z", 1}});
  CHECK(found.right.missing == 1);
}

TEST_CASE("booleans are the same however they are spelt") {
  const auto found =
      shift(boolean_column("b", {1, 0, 1, 1}), boolean_column("b", {1, 0, 0, 0}, {"false", "true"}));
  CHECK(*found.distance == doctest::Approx(0.5)); // 3/4 against 1/4
  CHECK(found.came.empty());
}

TEST_CASE("free text, and a side without values, have no distance; missing ones move a column, too") {
  const auto text = shift(text_column("t", {"x", "y"}), text_column("t", {"x", ""}));
  CHECK_FALSE(text.distance);
  CHECK(text.moved());
  CHECK_FALSE(shift(number_column("x", {1}), number_column("x", {k_missing_number})).distance);
  CHECK_FALSE(shift(number_column("x", {1, 2}), number_column("x", {2, 1})).moved());
}

TEST_CASE("above a million values the distance is a sketch's, within the error that it states") {
  std::vector<double> left(1'100'000);
  std::vector<double> right = left;
  for (std::size_t i = 0; i < left.size(); ++i) {
    left[i] =
        static_cast<double>(i * 7'654'321 % left.size()) / 3;   // 0 … n/3, each once, in a scattered order
    right[i] = left[i] + static_cast<double>(left.size()) / 30; // a tenth of the range higher
  }
  const ColumnShift found = shift(number_column("x", left), number_column("x", right));
  CHECK(found.left.count == 1'100'000);
  CHECK(found.distance_error > 0);
  CHECK(std::abs(*found.distance - 0.1) < found.distance_error);
}

TEST_CASE("drift: by the distance, missing values and new ones, where chance does not make them") {
  const auto drift = [](const Column& left, const Column& right) { return shift(left, right).drift(); };
  const auto numbers = [](int from, int to) { return number_column("x", counting(from, to)); };
  CHECK(drift(numbers(0, 1000), numbers(0, 1000)) == Drift::none);
  CHECK(drift(numbers(0, 1000), numbers(50, 1050)) == Drift::none);   // D = 0.05
  CHECK(drift(numbers(0, 1000), numbers(150, 1150)) == Drift::warn);  // 0.15; by chance up to 0.073
  CHECK(drift(numbers(0, 1000), numbers(250, 1250)) == Drift::alert); // 0.25
  CHECK(drift(numbers(0, 200), numbers(25, 225)) == Drift::none);     // 0.125; by chance up to 0.163
  CHECK(drift(numbers(0, 199), numbers(500, 699)) == Drift::none);    // too few rows to tell
  std::vector<double> gaps = counting(0, 1000);
  for (std::size_t i = 0; i < 70; ++i) {
    gaps[i * 14] = k_missing_number;
  }
  CHECK(drift(numbers(0, 1000), number_column("x", gaps)) == Drift::warn); // 7 %
  CHECK(drift(number_column("x", gaps), numbers(0, 1000)) == Drift::warn);

  std::vector<std::string> words(1000, "a");
  std::fill_n(words.begin(), 500, "b");
  const Column known = category_column("c", words);
  words[0] = "new";
  CHECK(drift(known, category_column("c", words)) == Drift::warn); // one row in a thousand
  std::fill_n(words.begin(), 20, "new");
  CHECK(drift(known, category_column("c", words)) == Drift::alert);
  words[0] = "once";
  words[1] = "twice"; // two of a thousand occur once: as many may be new
  std::vector<std::string> others = words;
  others[0] = "thrice";
  CHECK(drift(category_column("c", words), category_column("c", others)) == Drift::none);
  CHECK(name_of(Drift::alert) == "alert");
}
