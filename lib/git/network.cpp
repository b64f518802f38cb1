#include "base/error.hpp"
#include "git/libgit2.hpp"
#include "git/program.hpp"
#include "git/repository.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

// What touches the network goes through the git program, so that credentials, proxies and agents just work.

namespace mlp::git {
namespace {

[[noreturn]] void unreachable(std::string_view action, const std::string& remote,
                              const os::ProcessResult& result) {
  throw Error(ErrorCode::environment, "cannot {} '{}': {}", action, remote, message_of(result))
      .hint(fmt::format("check the network and your rights: `git ls-remote {}` must work", remote));
}

/// Whether the remote refused because its ref moved since we looked, in git's words for each way of saying
/// so.
bool lost_race(std::string_view report) {
  constexpr std::array<std::string_view, 7> k_reasons = {
      "stale info",           "fetch first",         "non-fast-forward",        "cannot lock ref",
      "failed to update ref", "incorrect old value", "reference already exists"};
  return std::any_of(k_reasons.begin(), k_reasons.end(),
                     [&](std::string_view reason) { return report.find(reason) != std::string_view::npos; });
}

} // namespace

std::vector<std::string> Repository::remotes() const {
  // libgit2 1.5 leaks memory for each name in the configuration that is not a remote's.
  const std::string names =
      git_output({impl_->git_directory, impl_->work_tree}, {"remote"}, "list the remotes");
  std::vector<std::string> result;
  std::istringstream lines(names);
  for (std::string line; std::getline(lines, line);) {
    result.push_back(line);
  }
  return result;
}

bool Repository::fetch(const std::string& remote, const std::string& source_ref,
                       const std::string& tracking_ref) {
  refuse_option(remote, "a remote");
  std::vector<std::string> arguments = {"fetch", "--no-tags", "--no-write-fetch-head",
                                        "--no-auto-maintenance", "--no-recurse-submodules"};
  if (is_shallow()) { // in a full clone a depth would make the whole repository shallow
    arguments.emplace_back("--depth=1");
  }
  arguments.insert(arguments.end(), {"--", remote, fmt::format("+{}:{}", source_ref, tracking_ref)});
  const os::ProcessResult result = run_git({impl_->git_directory, impl_->work_tree}, arguments);
  if (result.status == 0) {
    return true;
  }
  if (result.err.find("couldn't find remote ref") != std::string::npos) {
    return false;
  }
  unreachable("fetch from", remote, result);
}

bool Repository::push(const std::string& remote, const ObjectName& commit, const std::string& ref,
                      const std::optional<ObjectName>& seen) {
  refuse_option(remote, "a remote");
  // The hook before a push is about code, and may itself run mlp.
  const os::ProcessResult result =
      run_git({impl_->git_directory, impl_->work_tree},
              {"push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no",
               fmt::format("--force-with-lease={}:{}", ref, seen.value_or("")), "--", remote,
               fmt::format("{}:{}", commit, ref)});
  if (result.status == 0) {
    return true;
  }
  if (lost_race(result.out) || lost_race(result.err)) {
    return false;
  }
  if (const auto refused = result.out.find("!\t");
      refused != std::string::npos) { // "!\t<from>:<to>\t<reason>"
    const std::string line = result.out.substr(refused, result.out.find('\n', refused) - refused);
    throw Error(ErrorCode::environment, "cannot push to '{}': {}; {}", remote,
                line.substr(line.rfind('\t') + 1), message_of(result))
        .hint(fmt::format("ask for the right to push '{}' to '{}'", ref, remote));
  }
  unreachable("push to", remote, result);
}

} // namespace mlp::git
