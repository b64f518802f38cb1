#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace mlp::test {

/// 2026-11-23T05:14:13Z, the time of every command that names no other.
inline constexpr std::int64_t k_test_time = 1'795'410'853;

struct MlpOptions {
  std::filesystem::path directory = {};                ///< where the command starts; empty: the root folder
  std::map<std::string, std::string> environment = {}; ///< MLP_STORE, CI, …: nothing else is visible to it
  std::int64_t now = k_test_time;                      ///< its clock, which stands still (seconds since 1970)
  bool terminal = false;                               ///< both streams are terminals
};

struct MlpResult {
  int exit = 0;
  std::string out;
  std::string err;
};

/// Runs `mlp <arguments>` in this process. The first call gives the process an empty home folder, no git
/// configuration but a fixed identity, LC_ALL=C and no MLP_* variables.
MlpResult mlp_run(const std::vector<std::string>& arguments, const MlpOptions& options = {});

/// Runs `git <arguments>` in `directory` under the same identity; throws where it fails. Returns its output.
std::string git_run(const std::filesystem::path& directory, const std::vector<std::string>& arguments);

} // namespace mlp::test
