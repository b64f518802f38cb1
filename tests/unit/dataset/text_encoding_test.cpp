#include "dataset/text_encoding.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

#include <string>

namespace mlp::dataset {
namespace {

using namespace std::string_literals;

std::string decoded(const std::string& bytes, std::string* encoding = nullptr,
                    const std::optional<std::string>& declared = {}) {
  DecodedText result;
  decode_text({bytes, "f.csv", declared}, 2, result);
  if (encoding != nullptr) {
    *encoding = result.encoding;
  }
  return std::string(result.text);
}

std::string refusal(const std::string& bytes, const std::optional<std::string>& declared = {}) {
  try {
    static_cast<void>(decoded(bytes, nullptr, declared));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::input);
    CHECK_FALSE(error.hints().empty());
    return error.what();
  }
  return {};
}

} // namespace

TEST_CASE("encoding: UTF-8 stays as it is, without its byte order mark") {
  CHECK(decoded("a,\xc3\xa9\n") == "a,\xc3\xa9\n");
  CHECK(decoded("\xef\xbb\xbf"
                "a\n") == "a\n");
}

TEST_CASE("encoding: bytes that are no UTF-8 are Latin-1 where that is plausible") {
  std::string encoding;
  CHECK(decoded("caf\xe9\n", &encoding) == "caf\xc3\xa9\n");
  CHECK(encoding == "latin-1");
}

TEST_CASE("encoding: valid UTF-8 beside invalid bytes, and control characters, are no Latin-1") {
  CHECK(refusal("a\n\xc3\xa9\n\xe9\n") == "f.csv:3: byte 0xE9 is no UTF-8");
  CHECK(refusal("price\n\x80"
                "5\n") == "f.csv:2: byte 0x80 is no UTF-8"); // the euro sign of Windows-1252
}

TEST_CASE("encoding: a declared one leaves no choice") {
  CHECK(refusal("caf\xe9\n", "utf-8") == "f.csv:1: byte 0xE9 is no UTF-8");
  CHECK(decoded("\xc3\xa9", nullptr, "latin-1") == "\xc3\x83\xc2\xa9");
}

TEST_CASE("encoding: UTF-16 and NUL bytes are refused, with the line") {
  CHECK(refusal("\xff\xfe"s + "a\0"s) == "cannot read 'f.csv': it is UTF-16 or UTF-32, and must be UTF-8");
  CHECK(refusal("\xfe\xff\0a"s) == "cannot read 'f.csv': it is UTF-16 or UTF-32, and must be UTF-8");
  CHECK(refusal("a\nb\0c\n"s) == "f.csv:2: a NUL byte is no text");
}

TEST_CASE("encoding: overlong forms, surrogates and cut sequences are no UTF-8") {
  CHECK(first_invalid_utf8("ab\xc0\xaf") == 2);       // overlong
  CHECK(first_invalid_utf8("\xed\xa0\x80") == 0);     // a surrogate
  CHECK(first_invalid_utf8("\xf4\x90\x80\x80") == 0); // above U+10FFFF
  CHECK(first_invalid_utf8("a\xe2\x82") == 1);        // cut
  CHECK(first_invalid_utf8("\x80") == 0);             // a continuation alone
  CHECK(first_invalid_utf8("\xf0\x9f\x98\x8e") == std::string_view::npos);
}

TEST_CASE("encoding: a sequence is valid wherever it lies, also across the parts that threads check") {
  for (std::size_t before = (std::size_t{1} << 20U) - 4; before <= std::size_t{1} << 20U; ++before) {
    CAPTURE(before);
    const std::string text = std::string(before, 'a') + "\xf0\x9f\x98\x8e" + "b";
    CHECK(decoded(text) == text);
    const std::string broken = std::string(before, 'a') + "\x80" + "b";
    CHECK(refusal(broken) == "f.csv:1: byte 0x80 is no UTF-8");
  }
}

TEST_CASE("encoding: the bytes of a sequence that the next piece may complete") {
  CHECK(incomplete_bytes("abc") == 0);
  CHECK(incomplete_bytes("a\xc3") == 1);
  CHECK(incomplete_bytes("a\xc3\xa9") == 0);
  CHECK(incomplete_bytes("a\xf0\x9f\x98") == 3);
  CHECK(incomplete_bytes("") == 0);
}

} // namespace mlp::dataset
