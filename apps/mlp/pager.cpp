#include "pager.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace mlp::cli {
namespace {

/// While a pager runs: Ctrl-C and a pager that quits early are the pager's business, not this program's end.
class PatientSignals {
public:
  PatientSignals() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGINT, &ignore, &interrupt_);
    ::sigaction(SIGPIPE, &ignore, &pipe_);
  }
  ~PatientSignals() {
    ::sigaction(SIGINT, &interrupt_, nullptr);
    ::sigaction(SIGPIPE, &pipe_, nullptr);
  }
  PatientSignals(const PatientSignals&) = delete;
  PatientSignals& operator=(const PatientSignals&) = delete;

private:
  struct sigaction interrupt_ {};
  struct sigaction pipe_ {};
};

/// Starts `sh -c program` reading from `input`; 0 where that failed.
pid_t start(std::string program, int input) {
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawnattr_t attributes{};
  posix_spawnattr_init(&attributes);
  sigset_t restored{};
  sigemptyset(&restored);
  sigaddset(&restored, SIGINT);
  sigaddset(&restored, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &restored);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::string shell = "sh";
  std::string flag = "-c";
  const std::array<char*, 4> words = {shell.data(), flag.data(), program.data(), nullptr};
  pid_t child = 0;
  const int failed = ::posix_spawn(&child, "/bin/sh", &actions, &attributes, words.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failed == 0 ? child : 0;
}

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return; // the pager was quit
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

} // namespace

bool show_in_pager(const std::string& program, std::string_view text) {
  std::array<int, 2> ends{};
  if (program.empty() || program == "cat" || ::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return false;
  }
  ::setenv("LESS", "FRX", 0);
  ::setenv("LV", "-c", 0);
  const PatientSignals patient;
  const pid_t child = start(program, ends[0]);
  ::close(ends[0]);
  if (child == 0) {
    ::close(ends[1]);
    return false;
  }
  write_all(ends[1], text);
  ::close(ends[1]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return !(WIFEXITED(status) && WEXITSTATUS(status) == 127); // 127: sh found no such program
}

} // namespace mlp::cli
