#include "dataset/spellings.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace mlp::dataset;

TEST_CASE("words are folded to lower case, one blank where several, hyphens or underscores join letters") {
  CHECK(folded(" New  York ") == "new york");
  CHECK(folded("new_york") == "new york");
  CHECK(folded("New-York") == "new york");
  CHECK(folded("New\xC2\xA0York\xC2\xA0") == "new york");
  CHECK(folded("Zürich-West") == folded("Zürich West"));
}

TEST_CASE("signs that say something are kept: grades, ranges, codes") {
  CHECK(folded("A+") != folded("A-"));
  CHECK(folded("1-2") == "1-2");
  CHECK(folded("1_2") == "1_2");
  CHECK(folded("<=50K") != folded(">50K"));
  CHECK(folded("-") == "-");
  CHECK(folded("") == "");
}

TEST_CASE("the first two alike in byte order are named, and how many words are spare") {
  const std::vector<std::string_view> words = {"paris", "Lyon", "Paris", "PARIS ", "Nice"};
  const auto found = spellings_among(words);
  REQUIRE(found.has_value());
  CHECK(found->one == "PARIS ");
  CHECK(found->other == "Paris");
  CHECK(found->spare == 2);
  const std::vector<std::string_view> others = {"Lyon", "Nice"};
  CHECK_FALSE(spellings_among(others).has_value());
}
