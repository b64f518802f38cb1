#include "base/json.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

using mlp::Error;
using mlp::ErrorCode;
using mlp::Json;

namespace {

std::string error_of(const auto& action) {
  try {
    action();
  } catch (const Error& error) {
    return std::string(name_of(error.code())) + ": " + error.what();
  }
  return "no error";
}

} // namespace

TEST_CASE("Json: what is parsed has the kind that was written") {
  const Json value = Json::parse(R"({"a":[1,2.5,"x",true,null],"b":{"c":-7}})");
  CHECK(value["a"].as_array().size() == 5);
  CHECK(value["a"].as_array()[0].is_integer());
  CHECK(value["a"].as_array()[1].as_number() == 2.5);
  CHECK(value["a"].as_array()[2].as_string() == "x");
  CHECK(value["a"].as_array()[3].as_bool());
  CHECK(value["a"].as_array()[4].is_null());
  CHECK(value["b"]["c"].as_integer() == -7);
}

TEST_CASE("Json: reading a kind that is not there says which was wanted and found") {
  const Json value = Json::object({{"n", 1}});
  CHECK(error_of([&] { (void)value["n"].as_string(); }) == "corrupt: expected a string, found a number");
  CHECK(error_of([&] { (void)value["x"].as_bool(); }) == "corrupt: expected a boolean, found null");
  CHECK(error_of([&] { (void)value.as_array(); }) == "corrupt: expected a list, found an object");
  CHECK(error_of([&] { (void)Json("x").as_object(); }) == "corrupt: expected an object, found a string");
  CHECK(error_of([&] { (void)Json(1.5).as_integer(); }) ==
        "corrupt: expected a whole number, found a number");
}

TEST_CASE("Json: an absent member reads as null, at any depth, and falls back") {
  const Json value = Json::object({{"a", 1}});
  CHECK(value["x"]["y"]["z"].is_null());
  CHECK(value["x"].string_or("none") == "none");
  CHECK(value["x"].integer_or(3) == 3);
  CHECK(value["x"].number_or(0.5) == 0.5);
  CHECK(value["x"].bool_or(true));
  CHECK(value["a"].integer_or(3) == 1);
  CHECK_FALSE(value.has("x"));
}

TEST_CASE("Json: a fallback hides absence, not a wrong kind") {
  CHECK(error_of([] { (void)Json(1).string_or("x"); }) == "corrupt: expected a string, found a number");
}

TEST_CASE("Json: members and items are made where they are written") {
  Json value;
  value["a"]["b"] = 1;
  value["list"].push_back("x");
  CHECK(value.dump() == R"({"a":{"b":1},"list":["x"]})");
  value.erase("a");
  CHECK(value.size() == 1);
  CHECK(error_of([&] { value["list"]["k"] = 1; }) == "corrupt: expected an object, found a list");
}

TEST_CASE("Json: NaN and infinities become null") {
  CHECK(Json(std::numeric_limits<double>::quiet_NaN()).is_null());
  CHECK(Json(-std::numeric_limits<double>::infinity()).is_null());
  CHECK(Json(std::optional<double>()).is_null());
}

TEST_CASE("Json: 64-bit numbers never change sign") {
  CHECK(Json(std::numeric_limits<std::int64_t>::min()).as_integer() == INT64_MIN);
  CHECK(Json(std::uint64_t{INT64_MAX}).as_integer() == INT64_MAX);
  CHECK(Json(std::numeric_limits<std::uint64_t>::max()).as_number() == 18446744073709551615.0);
  CHECK(Json::parse("18446744073709551615") == Json(std::numeric_limits<std::uint64_t>::max()));
}

TEST_CASE("Json: a whole real equals the integer that it reads back as") {
  CHECK(Json(3.0) == Json(3));
  CHECK(Json::array({1.0, 2.5}) == Json::array({1, 2.5}));
  CHECK_FALSE(Json(3.5) == Json(3));
  CHECK_FALSE(Json("3") == Json(3));
}

TEST_CASE("Json: malformed text is an input error that names the text and the byte") {
  CHECK(error_of([] { (void)Json::parse("{\"a\":}", "model.json"); }) ==
        "input: model.json: not valid JSON at byte 6: syntax error while parsing value - unexpected '}'");
  CHECK(error_of([] { (void)Json::parse("1e999", "x"); }) ==
        "input: x: not valid JSON at byte 5: number overflow parsing '1e999'");
  for (const char* text : {"", "{", "[1,]", "{'a':1}", "nul", "1 2", "\"\xff\"", "{\"a\":1}}", "NaN"}) {
    CAPTURE(text);
    CHECK(error_of([&] { (void)Json::parse(text); }).starts_with("input: JSON: not valid JSON at byte "));
  }
}

TEST_CASE("Json: cut at any byte, an object is refused") {
  const std::string text = R"({"a":[1,2.5,"x\u00e9",true,null],"b":{"c":-7}})";
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    CHECK(error_of([&] { (void)Json::parse(text.substr(0, size)); }).starts_with("input: "));
  }
}

TEST_CASE("Json: 200 levels are read, a deeper document is refused, not followed down the stack") {
  const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  CHECK(Json::parse(nested(200)).is_array());
  CHECK(error_of([&] { (void)Json::parse(nested(201)); }).ends_with("nested too deeply"));
  CHECK(error_of([&] { (void)Json::parse(std::string(1'000'000, '[')); }).ends_with("nested too deeply"));
}

TEST_CASE("Json: of a repeated key the last counts") {
  CHECK(Json::parse(R"({"a":1,"a":2})").dump() == R"({"a":2})");
}
