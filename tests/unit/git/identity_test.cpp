#include "git/repository.hpp"
#include "support/git_scratch.hpp"

#include <doctest/doctest.h>

#include <pwd.h>
#include <unistd.h>

namespace mlp::git {
namespace {

using test::GitScratch;

/// The identity variables of the test environment, taken away for one test case.
class WithoutIdentity {
public:
  WithoutIdentity() { change(nullptr, nullptr); }
  ~WithoutIdentity() { change("Ada Lovelace", "ada@example.org"); }

private:
  static void change(const char* name, const char* email) {
    for (const std::string role : {"GIT_AUTHOR", "GIT_COMMITTER"}) {
      set(role + "_NAME", name);
      set(role + "_EMAIL", email);
    }
  }
  static void set(const std::string& variable, const char* value) {
    if (value != nullptr) {
      ::setenv(variable.c_str(), value, 1);
    } else {
      ::unsetenv(variable.c_str());
    }
  }
};

TEST_CASE("identity: git's author variables win over its configuration") {
  const GitScratch scratch;
  const Repository repository = Repository::open(scratch.repository("r"));
  scratch.git("r", {"config", "user.name", "Somebody Else"});
  scratch.git("r", {"config", "user.email", "else@example.org"});
  CHECK(repository.identity().name == "Ada Lovelace");
  CHECK(repository.identity().email == "ada@example.org");
  const WithoutIdentity without;
  CHECK(repository.identity().name == "Somebody Else");
  CHECK(repository.identity().email == "else@example.org");
}

TEST_CASE("identity: without any, it is login@host, and half of one is kept") {
  const GitScratch scratch;
  const Repository repository = Repository::open(scratch.repository("r"));
  const WithoutIdentity without;
  scratch.git("r", {"config", "user.useConfigOnly", "true"}); // or git may guess by itself
  const std::string login = ::getpwuid(::geteuid())->pw_name;
  const Identity made_up = repository.identity();
  CHECK(made_up.name == login);
  CHECK(made_up.email.starts_with(login + "@"));
  CHECK(made_up.email.size() > login.size() + 1);
  scratch.git("r", {"config", "user.name", "Grace Hopper"});
  CHECK(repository.identity().name == "Grace Hopper");
  CHECK(repository.identity().email == made_up.email);
}

TEST_CASE("config: reads as git does, and tells absent from empty") {
  const GitScratch scratch;
  const Repository repository = Repository::open(scratch.repository("r"));
  CHECK_FALSE(repository.config("mlp.policyBranch").has_value());
  scratch.git("r", {"config", "mlp.policyBranch", "release\n2"});
  CHECK(repository.config("mlp.policyBranch") == "release\n2");
  scratch.git("r", {"config", "mlp.policyBranch", ""});
  CHECK(repository.config("mlp.policyBranch") == "");
  CHECK(test::error_of([&] { static_cast<void>(repository.config("--list")); }).code() == ErrorCode::input);
}

} // namespace
} // namespace mlp::git
