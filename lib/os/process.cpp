#include "os/process.hpp"

#include "base/error.hpp"
#include "os/child_environment.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace mlp::os {
namespace {

/// Both ends of a pipe; each end is closed once.
struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw Error(ErrorCode::environment, "cannot open a pipe: {}", std::strerror(errno));
    }
    read = ends[0];
    write = ends[1];
  }
  ~Pipe() {
    close_end(read);
    close_end(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  static void close_end(int& end) {
    if (end >= 0) {
      ::close(end);
      end = -1;
    }
  }
};

/// A child that stops reading must be an error of the write, not a signal that ends this process. For this
/// thread alone: the process's own handler, and what a child inherits, stay as they are.
class PipeSignalBlock {
public:
  PipeSignalBlock() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  }
  ~PipeSignalBlock() {
    const timespec at_once{};
    while (::sigtimedwait(&signals_, nullptr, &at_once) < 0 && errno == EINTR) {
    }
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  PipeSignalBlock(const PipeSignalBlock&) = delete;
  PipeSignalBlock& operator=(const PipeSignalBlock&) = delete;

private:
  sigset_t signals_{};
  sigset_t before_{};
};

/// Feeds and drains all three streams at once, so that neither side can block the other for ever.
void exchange(Pipe& in, Pipe& out, Pipe& err, std::string_view input, ProcessResult& result) {
  if (input.empty()) {
    Pipe::close_end(in.write);
  } else {
    ::fcntl(in.write, F_SETFL, O_NONBLOCK);
  }
  std::array<char, 65536> buffer{};
  const auto drain = [&](int& end, std::string& into) {
    const ssize_t got = ::read(end, buffer.data(), buffer.size());
    if (got > 0) {
      into.append(buffer.data(), static_cast<std::size_t>(got));
    } else if (got == 0 || errno != EINTR) {
      Pipe::close_end(end);
    }
  };
  while (out.read >= 0 || err.read >= 0 || in.write >= 0) {
    std::array<pollfd, 3> watched{pollfd{out.read, POLLIN, 0}, pollfd{err.read, POLLIN, 0},
                                  pollfd{in.write, POLLOUT, 0}};
    if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) {
      throw Error(ErrorCode::environment, "cannot wait for a program: {}", std::strerror(errno));
    }
    if (watched[0].revents != 0) {
      drain(out.read, result.out);
    }
    if (watched[1].revents != 0) {
      drain(err.read, result.err);
    }
    if (watched[2].revents != 0) {
      const ssize_t sent = ::write(in.write, input.data(), input.size());
      if (sent > 0) {
        input.remove_prefix(static_cast<std::size_t>(sent));
      }
      if (input.empty() || (sent < 0 && errno != EAGAIN && errno != EINTR)) {
        Pipe::close_end(in.write);
      }
    }
  }
}

} // namespace

ProcessResult run_process(const std::vector<std::string>& arguments, const ProcessOptions& options) {
  Pipe in;
  Pipe out;
  Pipe err;
  std::vector<std::string> words = arguments;
  std::vector<std::string> variables = environment_with(options.variables);
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.read, 0);
  posix_spawn_file_actions_adddup2(&actions, out.write, 1);
  posix_spawn_file_actions_adddup2(&actions, err.write, 2);
  if (!options.directory.empty()) {
    posix_spawn_file_actions_addchdir_np(&actions, options.directory.c_str());
  }
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, words.front().c_str(), &actions, nullptr,
                                    exec_pointers(words).data(), exec_pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    throw Error(ErrorCode::environment, "cannot run '{}': {}", words.front(), std::strerror(failed))
        .hint(fmt::format("install {} and make sure that PATH holds it", words.front()));
  }
  Pipe::close_end(in.read);
  Pipe::close_end(out.write);
  Pipe::close_end(err.write);
  ProcessResult result;
  {
    const PipeSignalBlock block;
    exchange(in, out, err, options.input, result);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

} // namespace mlp::os
