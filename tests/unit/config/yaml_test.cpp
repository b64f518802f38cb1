#include "config/yaml.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

using mlp::config::parse_yaml;
using mlp::config::YamlNode;

namespace {

std::string error_of(std::string_view text) {
  try {
    static_cast<void>(parse_yaml(text, "mlp.yaml"));
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::input);
    CHECK(!error.hints().empty());
    return error.what();
  }
  return "no error";
}

} // namespace

TEST_CASE("positions count from 1, keys and values apart, columns in characters") {
  const YamlNode root = parse_yaml("größe: 1\nb:\n  - x\n  - {ü: y}\n", "f");
  REQUIRE(root.kind == YamlNode::Kind::map);
  CHECK(root.key_positions[0].line == 1);
  CHECK(root.find("größe")->position.column == 8); // five letters, colon, blank: two of them take two bytes
  const YamlNode& list = *root.find("b");
  CHECK(list.items[0].position.line == 3);
  CHECK(list.items[0].position.column == 5);
  CHECK(list.items[1].find("ü")->position.line == 4);
  CHECK(list.items[1].find("ü")->position.column == 9);
  CHECK(root.find("absent") == nullptr);
}

TEST_CASE("positions hold behind a byte order mark and with CRLF line ends") {
  const YamlNode root = parse_yaml("\xEF\xBB\xBF"
                                   "a: 1\r\nb: 2\r\n",
                                   "f");
  CHECK(root.key_positions[0].column == 1);
  CHECK(root.find("a")->scalar == "1");
  CHECK(root.key_positions[1].line == 2);
  CHECK(root.find("b")->position.column == 4);
}

TEST_CASE("scalars keep their text: yes, no, quotes and numbers alike") {
  const YamlNode root = parse_yaml("[Yes, no, \"no\", 1e3, 'a b', 007]", "f");
  CHECK(root.items[0].scalar == "Yes");
  CHECK(!root.items[0].quoted);
  CHECK(root.items[1].scalar == "no");
  CHECK(root.items[2].scalar == "no");
  CHECK(root.items[2].quoted);
  CHECK(root.items[3].scalar == "1e3");
  CHECK(root.items[4].quoted);
  CHECK(root.items[5].scalar == "007");
}

TEST_CASE("a null that is spelt out keeps its spelling, one that is left out stands where its key does") {
  const YamlNode root = parse_yaml("a: [null, ~, NULL]\nb:\nnullable: 1\nc:\n", "f");
  CHECK(root.find("a")->items[0].kind == YamlNode::Kind::null);
  CHECK(root.find("a")->items[0].scalar == "null");
  CHECK(root.find("a")->items[1].scalar == "~");
  CHECK(root.find("a")->items[2].scalar == "NULL");
  CHECK(root.find("b")->scalar == "");
  CHECK(root.find("b")->position.line == 2);
  CHECK(root.find("c")->position.line == 4);
}

TEST_CASE("an empty file and one of comments are null") {
  CHECK(parse_yaml("", "f").kind == YamlNode::Kind::null);
  CHECK(parse_yaml("# nothing\n", "f").kind == YamlNode::Kind::null);
}

TEST_CASE("aliases are resolved") {
  const YamlNode root = parse_yaml("a: &x {k: 1}\nb: *x\n", "f");
  CHECK(root.find("b")->find("k")->scalar == "1");
  CHECK(root.find("b")->position.line == 2);
}

TEST_CASE("what is no plain YAML is refused with its place") {
  CHECK(error_of("a: 1\na: 2\n") == "mlp.yaml:2:1: key 'a' stands here again: first in line 1");
  CHECK(error_of("a: [1, 2\n") == "mlp.yaml:2:1: end of sequence flow not found");
  CHECK(error_of("a: b: c\n") == "mlp.yaml:1:5: illegal map value");
  CHECK(error_of("a: 1\n---\nb: 2\n") == "mlp.yaml:2:1: a second document: one file holds one");
  CHECK(error_of("a: !!str 1\n") ==
        "mlp.yaml:1:4: tag 'tag:yaml.org,2002:str' is not allowed: write the value alone");
  CHECK(error_of("[1]: 2\n") == "mlp.yaml:1:1: a key must be a text");
  CHECK(error_of("a: &x [*x]\n") == "mlp.yaml:1:8: an alias inside of what it names");
  CHECK(error_of("a: 1\n<<<<<<< ours\nb: 2\n") == "mlp.yaml:2:1: unresolved merge conflict");
  CHECK(error_of("a: \xFF\n") == "mlp.yaml:1:4: not UTF-8 text");
  CHECK(error_of("a: \xC3") == "mlp.yaml:1:4: not UTF-8 text");
  CHECK(error_of("a: \x04\n") == "mlp.yaml:1:4: control character 0x04 is not allowed");
  CHECK(error_of(std::string("a\0b", 3)) == "mlp.yaml:1:2: control character 0x00 is not allowed");
}

TEST_CASE("surrogates and overlong forms are not UTF-8, the last code point is") {
  CHECK(error_of("a: \xED\xA0\x80\n") == "mlp.yaml:1:4: not UTF-8 text");
  CHECK(error_of("a: \xE0\x80\x80\n") == "mlp.yaml:1:4: not UTF-8 text");
  CHECK(error_of("a: \xF4\x8F\xBF\xBF\n") == "no error");
}

TEST_CASE("a bomb of aliases, deep nesting and a huge file are refused") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"; // 10^7 values in the sixth
  for (int i = 1; i <= 6; ++i) {
    bomb += fmt::format(
        "a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}]\n", i, i - 1);
  }
  CHECK(error_of(bomb).find("more than 100000 values") != std::string::npos);
  CHECK(error_of(std::string(65, '[') + std::string(65, ']')) ==
        "mlp.yaml:1:65: nested deeper than 64 levels");
  CHECK(error_of(std::string(64, '[') + std::string(64, ']')) == "no error");
  CHECK(error_of("a: " + std::string(1U << 20U, 'x')).find("is too large") != std::string::npos);
}
