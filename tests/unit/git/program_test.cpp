#include "git/program.hpp"

#include "support/git_scratch.hpp"

#include <doctest/doctest.h>

namespace mlp::git {
namespace {

TEST_CASE("run_git: works where it is told, whatever GIT_DIR a hook has set") {
  const test::GitScratch scratch;
  const auto root = scratch.repository("r");
  ::setenv("GIT_DIR", "/nonexistent", 1);
  const auto result = run_git({root / ".git", root}, {"rev-parse", "--show-toplevel"});
  ::unsetenv("GIT_DIR");
  CHECK(result.status == 0);
  CHECK(std::filesystem::equivalent(result.out.substr(0, result.out.size() - 1), root));
}

TEST_CASE("git_output: a failure carries git's message without its prefixes") {
  const test::GitScratch scratch;
  const auto root = scratch.repository("r");
  const Error error = test::error_of([&] {
    static_cast<void>(git_output({root / ".git", root}, {"rev-parse", "--verify", "x"}, "look"));
  });
  CHECK(error.code() == ErrorCode::environment);
  CHECK(std::string(error.what()) == "cannot look: Needed a single revision");
}

TEST_CASE("message_of: joins the lines that matter") {
  os::ProcessResult result;
  result.status = 128;
  result.err = "To /x\nremote: no\nhint: try\nfatal: bad\n";
  CHECK(message_of(result) == "no; bad");
  result.err.clear();
  CHECK(message_of(result) == "git ended with status 128");
}

TEST_CASE("refuse_option: names that begin with '-' and empty ones") {
  CHECK_NOTHROW(refuse_option("origin", "a remote"));
  CHECK(test::error_of([] { refuse_option("-x", "a remote"); }).code() == ErrorCode::input);
  CHECK(test::error_of([] { refuse_option("", "a remote"); }).code() == ErrorCode::input);
}

} // namespace
} // namespace mlp::git
