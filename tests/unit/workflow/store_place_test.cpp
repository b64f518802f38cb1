#include "workflow/store_place.hpp"

#include "support/error_of.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

using namespace mlp;
using namespace mlp::test;
using workflow::store_place;

TEST_CASE("a store of one's own may be made anywhere, and none is the repository's") {
  const Scratch scratch;
  CHECK(store_place({}, "/own") == "/own");
  CHECK(store_place(scratch.root, "/own") == scratch.root);
  CHECK(store_place(scratch.root / "a/b", "/own") == scratch.root / "a/b");
  CHECK(store_place("some/store", "/own") == "some/store");
}

TEST_CASE("a store that cannot be is refused with what is wrong and what to set") {
  const Scratch scratch;
  scratch.write("file", "");
  const auto error_for = [](const std::filesystem::path& wanted) {
    return error_of([&] { static_cast<void>(store_place(wanted, "/own")); });
  };
  for (const auto& wanted : {scratch.root / "file", scratch.root / "file/below"}) {
    const Error error = error_for(wanted);
    CHECK(error.code() == ErrorCode::environment);
    CHECK(std::string(error.what()).find("file' is no folder") != std::string::npos);
    CHECK(error.hints().front().find("MLP_STORE") != std::string::npos);
  }
  if (::geteuid() != 0) { // root may write anywhere
    std::filesystem::create_directory(scratch.root / "shut");
    std::filesystem::permissions(scratch.root / "shut",
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    CHECK(std::string(error_for(scratch.root / "shut/store").what()).find("may not be made in") !=
          std::string::npos);
  }
}
