#include "dataset/plain_words.hpp"

#include <doctest/doctest.h>

using mlp::dataset::plain_words;

TEST_CASE("words in all but case, blanks and the shape of signs are the same") {
  CHECK(plain_words("  New \t York ") == "new york");
  CHECK(plain_words("New\xc2\xa0York") == "new york"); // no-break space
  CHECK(plain_words("O\xe2\x80\x99Neil\xe2\x80\x93"
                    "A") == "o'neil-a");                            // right quote, en dash
  CHECK(plain_words("\xc3\x84rger\xe2\x80\x8b") == "\xc3\xa4rger"); // Ä, zero-width space
  CHECK(plain_words("2\xc3\x97"
                    "2") == "2\xc3\x97"
                            "2"); // × is no letter
  CHECK(plain_words("a-b") != plain_words("ab"));
  CHECK(plain_words(" ").empty());
}
