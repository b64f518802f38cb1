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
