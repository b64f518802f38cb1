#include "base/error.hpp"
#include "git/libgit2.hpp"
#include "git/program.hpp"
#include "git/repository.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>

// The git program answers here: libgit2 1.5 knows neither GIT_AUTHOR_*, GIT_CONFIG_* nor a worktree's own
// config.

namespace mlp::git {
namespace {

std::string login() {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  if (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
    return found->pw_name;
  }
  return "uid" + std::to_string(::geteuid()); // a container may run under a number without a name
}

std::string host() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') {
    return "localhost";
  }
  return name.data();
}

/// Reads "Name <email> 1700000000 +0000".
std::optional<Identity> identity_from(std::string_view text) {
  const auto open = text.find(" <");
  const auto close = text.find('>');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return std::nullopt;
  }
  return Identity{std::string(text.substr(0, open)), std::string(text.substr(open + 2, close - open - 2))};
}

} // namespace

std::optional<std::string> Repository::config(const std::string& key) const {
  refuse_option(key, "a key of git config");
  const os::ProcessResult result =
      run_git({impl_->git_directory, impl_->work_tree}, {"config", "--null", "--get", key});
  if (result.status == 1) {
    return std::nullopt;
  }
  if (result.status != 0) {
    throw Error(ErrorCode::environment, "cannot read git config '{}': {}", key, message_of(result));
  }
  return result.out.substr(0, result.out.find('\0'));
}

Identity Repository::identity() const {
  const ProgramPlace place{impl_->git_directory, impl_->work_tree};
  const os::ProcessResult known = run_git(place, {"var", "GIT_AUTHOR_IDENT"});
  if (const auto identity = identity_from(known.out); known.status == 0 && identity) {
    return *identity;
  }
  // Half an identity may be known: only what is missing is made up.
  const std::string user = login();
  const std::string name = config("user.name").value_or(user);
  const std::string email = config("user.email").value_or(user + "@" + host());
  const os::ProcessResult completed =
      run_git(place, {"-c", "user.name=" + name, "-c", "user.email=" + email, "var", "GIT_AUTHOR_IDENT"});
  if (const auto identity = identity_from(completed.out); completed.status == 0 && identity) {
    return *identity;
  }
  return {name, email};
}

} // namespace mlp::git
