#include "support/mlp_run.hpp"

#include "cli.hpp"
#include "os/process.hpp"
#include "support/scratch.hpp"

#include <stdlib.h>

#include <sstream>
#include <stdexcept>

namespace mlp::test {
namespace {

void prepare_environment() {
  static const Scratch home;
  static const bool done = [] {
    for (const char* name : {"MLP_STORE", "MLP_XGBOOST_LIBRARY", "MLP_THREADS", "MLP_PAGER", "NO_COLOR", "CI",
                             "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}) {
      ::unsetenv(name);
    }
    ::setenv("HOME", home.root.c_str(), 1);
    ::setenv("XDG_CONFIG_HOME", home.root.c_str(), 1);
    ::setenv("LC_ALL", "C", 1);
    ::setenv("OMP_WAIT_POLICY", "passive", 1);
    ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    for (const std::string role : {"AUTHOR", "COMMITTER"}) {
      ::setenv(("GIT_" + role + "_NAME").c_str(), "Ana Ruiz", 1);
      ::setenv(("GIT_" + role + "_EMAIL").c_str(), "ana@example.org", 1);
      ::setenv(("GIT_" + role + "_DATE").c_str(), "1795410853 +0000", 1);
    }
    home.write(".gitconfig", "[init]\n\tdefaultBranch = main\n");
    return true;
  }();
  static_cast<void>(done);
}

} // namespace

MlpResult mlp_run(const std::vector<std::string>& arguments, const MlpOptions& options) {
  prepare_environment();
  std::ostringstream out;
  std::ostringstream err;
  Interrupt interrupt;
  const int exit = cli::run(arguments, cli::Session{
                                           .out = out,
                                           .err = err,
                                           .environment = options.environment,
                                           .directory = options.directory.empty() ? "/" : options.directory,
                                           .now_ns = [&] { return options.now * 1'000'000'000; },
                                           .interrupt = interrupt,
                                           .out_is_terminal = options.terminal,
                                           .err_is_terminal = options.terminal,
                                           .threads = 2,
                                       });
  return {exit, out.str(), err.str()};
}

std::string git_run(const std::filesystem::path& directory, const std::vector<std::string>& arguments) {
  prepare_environment();
  std::vector<std::string> command = {"git"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const os::ProcessResult result =
      os::run_process(command, {.directory = directory, .variables = {}, .input = ""});
  if (result.status != 0) {
    throw std::runtime_error("git " + arguments.front() + ": " + result.err);
  }
  return result.out;
}

} // namespace mlp::test
