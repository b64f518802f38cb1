#include "report/display.hpp"

#include <doctest/doctest.h>

using namespace mlp::report;

TEST_CASE("width counts columns: accents one, combining marks none, CJK and emoji two, colours none") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("Zürich") == 6);
  CHECK(display_width("e\xCC\x81") == 1); // e + U+0301
  CHECK(display_width("価格") == 4);
  CHECK(display_width("🙂") == 2);
  CHECK(display_width("\x1b[31mFAIL\x1b[0m") == 4);
  CHECK(display_width("\xFF\xC3") == 2); // malformed: one a byte
}

TEST_CASE("what is cut ends with an ellipsis and fits") {
  CHECK(shortened("abcdef", 6) == "abcdef");
  CHECK(shortened("abcdef", 5) == "abcd…");
  CHECK(shortened("価格表", 4) == "価…"); // a wide character is not cut in half
  CHECK(shortened("abc", 0) == "");
}

TEST_CASE("control characters of data cannot reach the terminal") {
  CHECK(printable("a\nb\tc\r") == "a\\nb\\tc\\r");
  CHECK(printable("\x1b[2J\x7f") == "\\x1b[2J\\x7f");
  CHECK(printable("Zürich") == "Zürich");
}

TEST_CASE("paragraphs break at blanks; a word that is too long stands alone") {
  CHECK(wrapped("one two three", 7) == "one two\nthree\n");
  CHECK(wrapped("one two three", 9, 2) == "  one two\n  three\n");
  CHECK(wrapped("a extraordinary b", 5) == "a\nextraordinary\nb\n");
  CHECK(wrapped("", 5) == "\n");
}

TEST_CASE("a style without colour changes nothing") {
  CHECK(Style().red("FAIL") == "FAIL");
  CHECK(Style(true).red("FAIL") == "\x1b[31mFAIL\x1b[0m");
}
