#include "config/scalars.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace std::string_literals;
using mlp::Json;
using namespace mlp::config;

TEST_CASE("numbers are decimal and finite") {
  CHECK(parse_number("0.1") == 0.1);
  CHECK(parse_number("+.5") == 0.5);
  CHECK(parse_number("-1e-3") == -0.001);
  for (const char* text : {"", "1e400", "nan", "inf", "0x10", "1 ", "1,5", "+-1", "1_000"}) {
    CAPTURE(text);
    CHECK(!parse_number(text));
  }
}

TEST_CASE("integers fill 64 bits and no more") {
  CHECK(parse_integer("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  CHECK(!parse_integer("9223372036854775808"));
  CHECK(parse_integer("+7") == 7);
  CHECK(!parse_integer("1.0"));
}

TEST_CASE("booleans are true and false only") {
  CHECK(parse_boolean("true") == true);
  CHECK(parse_boolean("false") == false);
  for (const char* text : {"yes", "no", "on", "True", "1", ""}) {
    CHECK(!parse_boolean(text));
  }
}

TEST_CASE("durations have one unit") {
  CHECK(parse_duration("90s") == 90);
  CHECK(parse_duration("15m") == 900);
  CHECK(parse_duration("12h") == 43200);
  CHECK(parse_duration("7d") == 604800);
  CHECK(parse_duration("2w") == 1209600);
  for (const char* text : {"7", "d", "-1d", "1.5d", "7 d", "7y", "99999999999d"}) {
    CHECK(!parse_duration(text));
  }
}

TEST_CASE("plain scalars become JSON values, quoted ones stay text, 3.0 is 3") {
  const Json json =
      to_json(parse_yaml("{a: 1, b: '1', c: true, d: yes, e: 0.5, f: 3.0, g: [x, null], h: 1e400}", "f"));
  CHECK(json.dump() == R"({"a":1,"b":"1","c":true,"d":"yes","e":0.5,"f":3,"g":["x",null],"h":"1e400"})");
}

TEST_CASE("yaml_text reads back as the same text, in any place of a flow map") {
  for (const std::string& text :
       {"Yes"s, "income"s, ">50K"s, "a: b"s, "#1"s, ""s, " x"s, "null"s, "1"s, "-"s, "- a"s, "it's \"so\""s,
        "a\\b"s, "tab\there"s, "größe, {x}"s, "true"s, "*a"s, "a #b"s, "two words"s}) {
    CAPTURE(text);
    const YamlNode root = parse_yaml("{k: " + yaml_text(text) + "}", "f");
    CHECK(root.find("k")->kind == YamlNode::Kind::scalar);
    CHECK(root.find("k")->scalar == text);
  }
  CHECK(yaml_text("data/adult.csv") == "data/adult.csv");
  CHECK(yaml_text("Yes") == "\"Yes\"");
}
