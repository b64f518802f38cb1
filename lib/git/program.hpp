#pragma once

#include "os/process.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::git {

/// Where the git program is to work; given explicitly, so that GIT_DIR of a hook that runs us means nothing.
struct ProgramPlace {
  std::filesystem::path git_directory;
  std::optional<std::filesystem::path> work_tree;
};

/// Runs `git <arguments>` without a shell, in English, without prompts and without taking optional locks.
/// throws Error{environment} where there is no git program; any exit status is the caller's to judge
[[nodiscard]] os::ProcessResult run_git(const ProgramPlace& place, const std::vector<std::string>& arguments);

/// The standard output. throws Error{environment} "cannot <action>: <git's own message>" for a status but 0
[[nodiscard]] std::string git_output(const ProgramPlace& place, const std::vector<std::string>& arguments,
                                     std::string_view action);

/// git's own message, on one line, without "fatal: " and its like.
[[nodiscard]] std::string message_of(const os::ProcessResult& result);

/// throws Error{input} for a name that git would take for an option
void refuse_option(std::string_view name, std::string_view what);

} // namespace mlp::git
