#include "dataset/labels.hpp"

#include "support/tables.hpp"

#include <doctest/doctest.h>

using namespace mlp::dataset;
using namespace mlp::test;

TEST_CASE("labels are the texts that occur, sorted by bytes, with their rows counted") {
  const auto labels = labels_of(number_column("y", {2, k_missing_number, 10, 2}));
  REQUIRE(labels);
  CHECK(labels->texts == std::vector<std::string>{"10", "2"});
  CHECK(labels->codes == std::vector<std::int32_t>{1, -1, 0, 1});
  CHECK(labels->counts == std::vector<std::int64_t>{1, 2});
}

TEST_CASE("booleans are labelled as they were spelt") {
  CHECK(labels_of(boolean_column("y", {1, 0}))->texts == std::vector<std::string>{"No", "Yes"});
}

TEST_CASE("the same number differently written is the same label; words must agree to the byte") {
  CHECK(same_label("1", "1.0"));
  CHECK(same_label("Yes", "Yes"));
  CHECK_FALSE(same_label("Yes", "yes"));
  CHECK_FALSE(same_label("1", "1 "));
  CHECK_FALSE(same_label("", "0"));
}
