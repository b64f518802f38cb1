#include "surroundings.hpp"

#include "base/error.hpp"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>

namespace mlp::cli {
namespace {

constinit Interrupt g_interrupt; // a signal handler can reach nothing else

extern "C" void on_interrupt(int signal_number) {
  if (g_interrupt.requested()) {
    ::signal(signal_number, SIG_DFL);
    ::raise(signal_number);
  }
  g_interrupt.request();
}

void prepare_process() {
  ::setenv("OMP_WAIT_POLICY", "passive", 0);
  ::signal(SIGPIPE, SIG_DFL); // some parents hand it down ignored
  ::signal(SIGXFSZ, SIG_IGN); // a file-size limit is a failed write, not the end of the process
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGINT, &action, nullptr);
}

std::map<std::string, std::string> obeyed_variables() {
  std::map<std::string, std::string> found;
  for (const char* name : {"MLP_STORE", "MLP_XGBOOST_LIBRARY", "MLP_THREADS", "MLP_PAGER", "PAGER",
                           "NO_COLOR", "CI", "TERM", "LC_ALL", "LC_CTYPE", "LANG"}) {
    if (const char* value = ::getenv(name); value != nullptr) {
      found[name] = value;
    }
  }
  return found;
}

std::int64_t now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

unsigned usable_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? static_cast<unsigned>(std::max(1, CPU_COUNT(&set)))
                                                       : 1;
}

unsigned terminal_width() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

} // namespace

Session surroundings() {
  prepare_process();
  std::ios::sync_with_stdio(false);
  std::error_code gone; // a working directory that was deleted: commands that need it say so
  return Session{.out = std::cout,
                 .err = std::cerr,
                 .environment = obeyed_variables(),
                 .directory = std::filesystem::current_path(gone),
                 .now_ns = now_ns,
                 .interrupt = g_interrupt,
                 .out_is_terminal = ::isatty(STDOUT_FILENO) == 1,
                 .err_is_terminal = ::isatty(STDERR_FILENO) == 1,
                 .width = terminal_width(),
                 .threads = usable_processors()};
}

} // namespace mlp::cli
