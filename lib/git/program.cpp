#include "git/program.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

namespace mlp::git {

os::ProcessResult run_git(const ProgramPlace& place, const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {"git", "--git-dir=" + place.git_directory.string()};
  os::ProcessOptions options;
  if (place.work_tree) {
    words.push_back("--work-tree=" + place.work_tree->string());
    options.directory = *place.work_tree;
  }
  // A file system monitor is a program of the user's choice, and a collection of garbage takes seconds.
  words.insert(words.end(), {"-c", "core.fsmonitor=false", "-c", "gc.auto=0"});
  words.insert(words.end(), arguments.begin(), arguments.end());
  options.variables = {{"LC_ALL", "C"}, {"GIT_TERMINAL_PROMPT", "0"}, {"GIT_OPTIONAL_LOCKS", "0"}};
  return os::run_process(words, options);
}

std::string git_output(const ProgramPlace& place, const std::vector<std::string>& arguments,
                       std::string_view action) {
  os::ProcessResult result = run_git(place, arguments);
  if (result.status != 0) {
    throw Error(ErrorCode::environment, "cannot {}: {}", action, message_of(result));
  }
  return std::move(result.out);
}

std::string message_of(const os::ProcessResult& result) {
  std::string message;
  std::string_view rest = result.err;
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    for (const std::string_view prefix : {"fatal: ", "error: ", "remote: "}) {
      if (line.starts_with(prefix)) {
        line.remove_prefix(prefix.size());
      }
    }
    if (!line.empty() && !line.starts_with("hint: ") && !line.starts_with("To ")) {
      message += message.empty() ? "" : "; ";
      message += line;
    }
  }
  return message.empty() ? fmt::format("git ended with status {}", result.status) : message;
}

void refuse_option(std::string_view name, std::string_view what) {
  if (name.empty() || name.starts_with('-')) {
    throw Error(ErrorCode::input, "cannot use '{}' as {}: it begins like an option of git", name, what);
  }
}

} // namespace mlp::git
