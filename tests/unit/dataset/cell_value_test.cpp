#include "dataset/cell_value.hpp"

#include <doctest/doctest.h>

namespace mlp::dataset {

TEST_CASE("parse_number: decimals, exponents and signs are numbers, correctly rounded") {
  CHECK(parse_number("12").value == 12.0);
  CHECK(parse_number("-0.5").value == -0.5);
  CHECK(parse_number("+3").value == 3.0);
  CHECK(parse_number(".25").value == 0.25);
  CHECK(parse_number("1e-3").value == 0.001);
  CHECK(parse_number("1.7976931348623157e308").fit == NumberFit::exact);
  CHECK(parse_number("0.1").value == 0.1);
  CHECK(parse_number("1e-400").value == 0.0); // below the smallest double
}

TEST_CASE("parse_number: what looks like a number to somebody else is none") {
  for (const char* text : {"", "-", "+", ".", "e5", "1e", "0x10", "1,000", "1,5", "1 000", "nan", "NaN",
                           "12a", "--1", "+-1", "1.2.3", "\xd9\xa1"}) {
    CAPTURE(text);
    CHECK(parse_number(text).fit == NumberFit::not_a_number);
  }
}

TEST_CASE("parse_number: infinities and numbers above the largest double are beyond") {
  for (const char* text : {"inf", "-inf", "+Infinity", "INF", "1e400", "-1e309"}) {
    CAPTURE(text);
    CHECK(parse_number(text).fit == NumberFit::beyond);
  }
}

TEST_CASE("parse_number: an integer that a double does not give back is an identifier") {
  CHECK(parse_number("9007199254740992").fit == NumberFit::exact);      // 2^53
  CHECK(parse_number("9007199254740993").fit == NumberFit::identifier); // 2^53 + 1
  CHECK(parse_number("9007199254740994").fit == NumberFit::exact);      // 2^53 + 2 is even
  CHECK(parse_number("12345678901234567890").fit == NumberFit::identifier);
  CHECK(parse_number("00123").fit == NumberFit::identifier);
  CHECK(parse_number("-01").fit == NumberFit::identifier);
  CHECK(parse_number("+14155552671").fit == NumberFit::identifier); // a telephone's
  CHECK(parse_number("+1415555").fit == NumberFit::exact);
  CHECK(parse_number("-14155552671").fit == NumberFit::exact);
  CHECK(parse_number("0").fit == NumberFit::exact);
  CHECK(parse_number("000879.17").fit == NumberFit::exact); // a padded decimal is no code
}

TEST_CASE("parse_boolean: true, false, yes and no in any case, and nothing else") {
  CHECK(parse_boolean("TRUE") == true);
  CHECK(parse_boolean("yes") == true);
  CHECK(parse_boolean("False") == false);
  CHECK(parse_boolean("nO") == false);
  for (const char* text : {"t", "f", "y", "n", "1", "0", "on", "truth", ""}) {
    CAPTURE(text);
    CHECK_FALSE(parse_boolean(text));
  }
  CHECK(same_boolean_pair("Yes", "No"));
  CHECK_FALSE(same_boolean_pair("yes", "false"));
}

TEST_CASE("missing tokens: the default ones, with their case; a longer text is none") {
  const MissingTokens missing;
  for (const char* text : {"", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None", "?"}) {
    CAPTURE(text);
    CHECK(missing.find(text));
  }
  for (const char* text : {"na", "none", "-", ".", "NONE", "Null", "NA ", "??"}) {
    CAPTURE(text);
    CHECK_FALSE(missing.find(text));
  }
}

TEST_CASE("missing tokens: declared ones replace the default ones") {
  const MissingTokens missing({"-9", " . "});
  CHECK(missing.find("-9") == 0);
  CHECK(missing.find(".") == 1);
  CHECK_FALSE(missing.find(""));
  CHECK_FALSE(missing.find("NA"));
}

} // namespace mlp::dataset
