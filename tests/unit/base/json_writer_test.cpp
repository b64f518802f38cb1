#include "base/json.hpp"

#include <doctest/doctest.h>

#include <limits>

using mlp::Json;

TEST_CASE("dump: sorted keys, no space, shortest numbers") {
  const Json value = Json::object({{"b", 0.1}, {"a", Json::array({1, 3.0, "x", true, nullptr})}});
  CHECK(value.dump() == R"({"a":[1,3,"x",true,null],"b":0.1})");
}

TEST_CASE("dump: what is read back is written in the same bytes") {
  for (const double number : {0.1, 1.0 / 3, -0.0, 1e16, 1e300, 5e-324, 123456789012345678.0, -2.5,
                              std::numeric_limits<double>::max()}) {
    CAPTURE(number);
    const Json value(number);
    CHECK(Json::parse(value.dump()) == value);
    CHECK(Json::parse(value.dump()).dump() == value.dump());
    CHECK(Json::parse(value.dump()).as_number() == number);
  }
}

TEST_CASE("dump: control characters, quotes and backslashes are escaped, UTF-8 is not") {
  CHECK(Json("a\"\\\n\t\r\x01\x7f é €").dump() == "\"a\\\"\\\\\\n\\t\\r\\u0001\x7f é €\"");
  CHECK(Json(std::string("\0", 1)).dump() == "\"\\u0000\"");
}

TEST_CASE("dump: every string reads back, bytes that are no UTF-8 as U+FFFD") {
  const std::string mark = "\xef\xbf\xbd";
  CHECK(Json::parse(Json("caf\xe9").dump()).as_string() == "caf" + mark);            // Latin-1
  CHECK(Json::parse(Json("\xc0\xaf").dump()).as_string() == mark + mark);            // overlong '/'
  CHECK(Json::parse(Json("\xed\xa0\x80").dump()).as_string() == mark + mark + mark); // a surrogate
  CHECK(Json::parse(Json("\xf4\x90\x80\x80").dump()).as_string() == mark + mark + mark + mark); // > U+10FFFF
  CHECK(Json::parse(Json("\xe2\x82").dump()).as_string() == mark + mark);                       // cut short
  CHECK(Json::parse(Json("\xf0\x9f\x98\x80").dump()).as_string() == "\xf0\x9f\x98\x80");        // U+1F600
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string text = {static_cast<char>(first), static_cast<char>(second)};
      const std::string dumped = Json(text).dump();
      CHECK(Json::parse(dumped).dump() == dumped);
    }
  }
}

TEST_CASE("pretty: two blanks a level, and empty lists and objects on one line") {
  const Json value = Json::object({{"a", Json::array({1, 2})}, {"b", Json::object()}, {"c", Json::array()}});
  CHECK(value.pretty() == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": []\n}");
  CHECK(Json::parse(value.pretty()) == value);
}

TEST_CASE("shortest: the fewest digits that read back as the same double") {
  CHECK(mlp::shortest(0.1) == "0.1");
  CHECK(mlp::shortest(0.1 + 0.2) == "0.30000000000000004"); // IEEE 754's well-known sum
  CHECK(mlp::shortest(3.0) == "3");
  CHECK(mlp::shortest(1e300) == "1e+300");
  CHECK(mlp::shortest(std::numeric_limits<double>::quiet_NaN()) == "nan");
  CHECK(mlp::shortest(-std::numeric_limits<double>::infinity()) == "-inf");
}
