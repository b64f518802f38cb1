#include "dataset/number_style.hpp"

#include <doctest/doctest.h>

using namespace mlp::dataset;

namespace {

constexpr NumberStyle k_comma = {',', '.'};

double value_of(std::string_view text, NumberStyle style) {
  const NumberText number = parse_number(text, style);
  CHECK_MESSAGE(number.fit == NumberFit::exact, std::string(text));
  return number.value;
}
bool is_number(std::string_view text, NumberStyle style) {
  return parse_number(text, style).fit != NumberFit::not_a_number;
}

} // namespace

TEST_CASE("decimal comma: points may stand between groups of exactly three digits") {
  CHECK(value_of("1,5", k_comma) == 1.5);
  CHECK(value_of("-1.017,25", k_comma) == -1017.25);
  CHECK(value_of("1.017", k_comma) == 1017);
  CHECK(value_of("12.345.678,9", k_comma) == 12345678.9);
  CHECK(value_of("1017,25", k_comma) == 1017.25);
  CHECK(value_of(",5", k_comma) == 0.5);
  CHECK(value_of("1,5e3", k_comma) == 1500);
  CHECK(value_of("42", k_comma) == 42);
}

TEST_CASE("decimal comma: a decimal point, or groups that are none, make no number") {
  for (const char* text : {"1.5", "1.0175", "1017.250", "0.123", "1.017.25", "1.017.", "1,017.5", "1,5,6",
                           "1,234.567", ".5", "1 017", "", "abc", "1,5.000"}) {
    CHECK_MESSAGE(!is_number(text, k_comma), text);
  }
}

TEST_CASE("thousands: blanks, apostrophes and commas, each alone") {
  CHECK(value_of("1 234 567,5", {',', ' '}) == 1234567.5);
  CHECK(value_of("1\u202f234,5", {',', ' '}) == 1234.5);
  CHECK(value_of("1\u00a0234", {'.', ' '}) == 1234);
  CHECK(value_of("1'234.50", {'.', '\''}) == 1234.5);
  CHECK(value_of("1\u2019234.50", {'.', '\''}) == 1234.5);
  CHECK(value_of("1,234.50", {'.', ','}) == 1234.5);
  CHECK_FALSE(is_number("1.234", {',', ' '}));
  CHECK_FALSE(is_number("1 234'567", {'.', ' '}));
  CHECK_FALSE(is_number("12 34", {'.', ' '}));
  CHECK_FALSE(is_number("1234,567.5", {'.', ','}));
}

TEST_CASE("a style changes nothing about identifiers and numbers that no double holds") {
  CHECK(parse_number("00123", k_comma).fit == NumberFit::identifier);
  CHECK(parse_number("9.007.199.254.740.993", k_comma).fit == NumberFit::identifier); // 2^53 + 1
  CHECK(parse_number("1e400", k_comma).fit == NumberFit::beyond);
  CHECK(parse_number("inf", k_comma).fit == NumberFit::beyond);
}

TEST_CASE(
    "data.format: beside a decimal comma, points stand between thousands unless another mark is named") {
  mlp::config::FormatConfig format;
  CHECK(number_style_of(format).is_plain());
  format.decimal = ',';
  CHECK(number_style_of(format) == k_comma);
  format.thousands = ' ';
  CHECK(number_style_of(format) == NumberStyle{',', ' '});
}
