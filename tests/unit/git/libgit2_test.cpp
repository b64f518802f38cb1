#include "git/repository.hpp"
#include "support/git_scratch.hpp"

#include <doctest/doctest.h>

#include <signal.h>
#include <sys/resource.h>

// libgit2 1.5 never frees what it matches the extensions of a repository of format 1 with.
extern "C" const char* __lsan_default_suppressions(); // NOLINT: LeakSanitizer names it
extern "C" const char* __lsan_default_suppressions() { return "leak:libpcre2-8"; } // NOLINT

namespace mlp::git {
namespace {

TEST_CASE("a disk that takes no more bytes is an environment error, and leaves the repository sound") {
  const test::GitScratch scratch;
  Repository repository = Repository::open(scratch.repository("r"));
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto ignored = ::signal(SIGXFSZ, SIG_IGN);
  rlimit none = before;
  none.rlim_cur = 0; // each write of a file fails with EFBIG, as a full disk fails with ENOSPC
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &none) == 0);
  std::string what;
  ErrorCode code = ErrorCode::internal;
  try {
    static_cast<void>(repository.write_blob("bytes that find no place"));
  } catch (const Error& error) {
    code = error.code();
    what = error.what();
  }
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  ::signal(SIGXFSZ, ignored);
  CHECK(code == ErrorCode::environment);
  CHECK(what.starts_with("cannot write an object: "));
  CHECK(repository.read_blob(repository.write_blob("bytes that find no place")).size() == 24);
  CHECK(scratch.try_git("r", {"fsck", "--full"}).status == 0);
}

} // namespace
} // namespace mlp::git
