#include "dataset/licence.hpp"

#include "base/error.hpp"
#include "support/error_of.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using mlp::dataset::licence_notes;
using mlp::test::error_of;

TEST_CASE("common licences, expressions of them, terms of one's own and none need no word") {
  for (const char* text :
       {"", "CC-BY-4.0", "MIT OR Apache-2.0", "(MIT AND CC0-1.0) OR LicenseRef-our-terms",
        "GPL-2.0-only WITH Classpath-exception-2.0", "MPL-2.0+", "DocumentRef-spdx:LicenseRef-1"}) {
    CAPTURE(text);
    CHECK(licence_notes(text).empty());
  }
}

TEST_CASE("an unknown id is noted with the nearest one, a letter's case included") {
  CHECK(licence_notes("CC-BY-4").front() ==
        "licence 'CC-BY-4' is none of the common SPDX ids: did you mean 'CC-BY-4.0'?");
  CHECK(licence_notes("cc-by-sa-4.0").front().ends_with("did you mean 'CC-BY-SA-4.0'?"));
  CHECK(licence_notes("Our-House-Terms-2020").front() ==
        "licence 'Our-House-Terms-2020' is none of the common SPDX ids");
  CHECK(licence_notes("MIT AND Apache-3.0").size() == 1);
}

TEST_CASE("what is no SPDX expression is refused") {
  for (const char* text : {"Creative Commons", "MIT AND", "(MIT", "MIT)", "WITH x", "CC BY 4.0",
                           "MIT, Apache-2.0", " ", "MIT WITH", "http://x"}) {
    CAPTURE(text);
    const Error error = error_of([&] { static_cast<void>(licence_notes(text)); });
    CHECK(error.code() == ErrorCode::usage);
  }
}
