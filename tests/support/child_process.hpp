#pragma once

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <type_traits>

namespace mlp::test {

/// How a child ends whose body throws.
inline constexpr int k_child_threw = 99;

/// Runs `body` in a copy of this process, which ends with the number that `body` returns (0 where it returns
/// none).
template <typename Body> pid_t start_child(const Body& body) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    int status = 0;
    try {
      if constexpr (std::is_void_v<std::invoke_result_t<Body>>) {
        body();
      } else {
        status = body();
      }
    } catch (const std::exception& error) {
      static_cast<void>(std::fprintf(stderr, "in a child: %s\n", error.what()));
      status = k_child_threw;
    }
    ::_exit(status);
  }
  return child;
}

/// Waits until the child has ended: its exit status, or 128 + the signal that ended it.
inline int status_of(pid_t child) {
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

template <typename Body> int in_child(const Body& body) { return status_of(start_child(body)); }

/// The pid of a process that has ended.
inline pid_t dead_pid() {
  const pid_t child = start_child([] {});
  REQUIRE(status_of(child) == 0);
  return child;
}

} // namespace mlp::test
