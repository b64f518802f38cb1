#include "config/text_pattern.hpp"

#include "support/error_of.hpp"

#include <doctest/doctest.h>

using mlp::config::TextPattern;

TEST_CASE("a pattern matches whole texts only") {
  const TextPattern plate("[0-9]{4}-[A-Z]{5}");
  CHECK(plate.matches("7590-VHVEG"));
  CHECK_FALSE(plate.matches("7590-VHVEGX"));
  CHECK_FALSE(plate.matches("x7590-VHVEG"));
  CHECK(TextPattern("^ab$").matches("ab"));
}

TEST_CASE("pattern language: sets, escapes, choices, repeats, code points") {
  CHECK(TextPattern("(cat|dog)s?").matches("dogs"));
  CHECK_FALSE(TextPattern("(cat|dog)s?").matches("cats!"));
  CHECK(TextPattern("a{2,3}").matches("aaa"));
  CHECK_FALSE(TextPattern("a{2,3}").matches("aaaa"));
  CHECK_FALSE(TextPattern("a{2,3}").matches("a"));
  CHECK(TextPattern("a{2,}b*").matches("aaaaa"));
  CHECK(TextPattern(R"(\d+\.\w\s)").matches("12.x "));
  CHECK(TextPattern("[^0-9]").matches("x"));
  CHECK_FALSE(TextPattern("[^0-9]").matches("5"));
  CHECK(TextPattern("[]a-]+").matches("]-a")); // a ] that comes first and a - at the end stand for themselves
  CHECK(TextPattern("M.nchen").matches("München"));
  CHECK(TextPattern("").matches(""));
  CHECK(TextPattern("(a|)b").matches("b"));
}

TEST_CASE("patterns that take other programs for ever are quick") {
  const std::string text(3000, 'a');
  CHECK_FALSE(TextPattern("(a*)*b").matches(text));
  CHECK_FALSE(TextPattern("(a|a)*(a|aa)*c").matches(text));
  CHECK_FALSE(TextPattern("a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?b").matches(text));
  CHECK_FALSE(
      TextPattern("a*").matches(std::string(5000, 'a'))); // longer than any value that a pattern is for
}

TEST_CASE("what is no pattern, or too large, is an error that says where") {
  for (const char* wrong : {"(", ")", "a)", "[a", "a{", "a{2", "a{3,2}", "a{1001}", "*a", "\\q", "[z-a]",
                            "((a{1000}){1000}){1000}", "((){1000}){1000}"}) {
    CAPTURE(wrong);
    CHECK(mlp::test::code_of([&] { TextPattern pattern(wrong); }) == mlp::ErrorCode::input);
  }
  CHECK(std::string(mlp::test::error_of([] { TextPattern pattern("ab)"); }).what()) ==
        "a ')' that closes nothing at character 3");
}
