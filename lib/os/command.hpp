#pragma once

#include "base/progress.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mlp::os {

/// How a command that a user wrote is to be run.
struct CommandOptions {
  std::filesystem::path directory;
  std::vector<std::pair<std::string, std::string>> variables; ///< set beside the inherited environment
  std::filesystem::path log;                   ///< takes both of its streams; made or appended to
  std::optional<std::int64_t> timeout_seconds; ///< nothing: as long as it takes
  const Interrupt* interrupt = nullptr;        ///< may be null
};

struct CommandResult {
  int status = 0; ///< exit status, or 128 + signal
  bool timed_out = false;
  double seconds = 0.0;
};

/// Runs `command` by `sh -c`, word for word as it was written, with an empty standard input and in a process
/// group of its own. Whatever of the group is left when the command ends, when its time is over, when the
/// user interrupts or when this process is killed is ended too (asked first, where there is time for it:
/// SIGTERM, five seconds, SIGKILL). throws Error{interrupted}; Error{environment} where no shell or log can
/// be opened
[[nodiscard]] CommandResult run_command(const std::string& command, const CommandOptions& options);

/// The last lines of a log, at most `count`, without what would steer a terminal; a line that a progress bar
/// wrote over counts once. Empty where there is none.
[[nodiscard]] std::vector<std::string> last_lines(const std::filesystem::path& log, std::size_t count);

} // namespace mlp::os
