#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlp::os {

struct ProcessResult {
  int status = 0; ///< exit status, or 128 + signal
  std::string out;
  std::string err;
};

struct ProcessOptions {
  std::filesystem::path directory = {};                            ///< empty: this process's own
  std::vector<std::pair<std::string, std::string>> variables = {}; ///< set beside the inherited environment
  std::string input = {};                                          ///< bytes for standard input
};

/// Runs a program without a shell and waits. throws Error{environment} where it cannot be started.
ProcessResult run_process(const std::vector<std::string>& arguments, const ProcessOptions& options = {});

} // namespace mlp::os
