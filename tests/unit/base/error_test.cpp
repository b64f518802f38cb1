#include "base/error.hpp"

#include <doctest/doctest.h>

using mlp::Error;
using mlp::ErrorCode;

TEST_CASE("an error keeps its code, its formatted message and its hints in order") {
  const Error error = Error(ErrorCode::conflict, "stage '{}' moved {} times", "production", 2)
                          .hint("run `mlp status`")
                          .hint("run `mlp promote` again");
  CHECK(error.code() == ErrorCode::conflict);
  CHECK(std::string(error.what()) == "stage 'production' moved 2 times");
  CHECK(error.hints() == std::vector<std::string>{"run `mlp status`", "run `mlp promote` again"});
}

TEST_CASE("a thrown error is caught as itself, hints and all") {
  try {
    throw Error(ErrorCode::corrupt, "cannot read '{}'", "x").hint("run `mlp fsck`");
  } catch (const std::exception& caught) {
    const auto* error = dynamic_cast<const Error*>(&caught);
    REQUIRE(error != nullptr);
    CHECK(error->hints().size() == 1);
  }
}

TEST_CASE("each error code has a name of its own") {
  CHECK(name_of(ErrorCode::usage) == "usage");
  CHECK(name_of(ErrorCode::input) == "input");
  CHECK(name_of(ErrorCode::not_found) == "not_found");
  CHECK(name_of(ErrorCode::ambiguous) == "ambiguous");
  CHECK(name_of(ErrorCode::conflict) == "conflict");
  CHECK(name_of(ErrorCode::corrupt) == "corrupt");
  CHECK(name_of(ErrorCode::environment) == "environment");
  CHECK(name_of(ErrorCode::interrupted) == "interrupted");
  CHECK(name_of(ErrorCode::internal) == "internal");
}
