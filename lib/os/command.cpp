#include "os/command.hpp"

#include "base/error.hpp"
#include "os/child_environment.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>

namespace mlp::os {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds k_grace{5}; // between asking a group to end and ending it
constexpr std::int64_t k_longest_nap_ns = 20'000'000;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A shell with its streams in files, in the process group `group` (0: one of its own), with every signal as
/// a shell expects it.
class Spawn {
public:
  explicit Spawn(pid_t group) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    sigset_t none{};
    sigset_t all{};
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, group);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~Spawn() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;

  void open(int descriptor, const std::string& path, int flags) {
    posix_spawn_file_actions_addopen(&actions_, descriptor, path.c_str(), flags, 0666);
  }
  void copy(int from, int to) { posix_spawn_file_actions_adddup2(&actions_, from, to); }
  void enter(const std::filesystem::path& directory) {
    posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str());
  }
  [[nodiscard]] pid_t run(std::string command, std::vector<std::string> variables) {
    std::vector<std::string> words = {"sh", "-c", std::move(command)};
    pid_t child = 0;
    const int failed = ::posix_spawn(&child, "/bin/sh", &actions_, &attributes_, exec_pointers(words).data(),
                                     exec_pointers(variables).data());
    if (failed != 0) {
      throw Error(ErrorCode::environment, "cannot run '/bin/sh': {}", std::strerror(failed))
          .hint("is the folder there, the disk full, or the limit of processes reached?");
    }
    return child;
  }

private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

int reap(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// A process group that ends with this object, and with this process however that ends: its leader waits for
/// the end of a pipe that only this process holds open, and then kills the group.
class Group {
public:
  Group() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw Error(ErrorCode::environment, "cannot open a pipe: {}", std::strerror(errno));
    }
    lifeline_ = ends[1];
    Spawn spawn(0);
    spawn.copy(ends[0], 0);
    spawn.open(1, "/dev/null", O_WRONLY);
    spawn.open(2, "/dev/null", O_WRONLY);
    try {
      leader_ = spawn.run("trap '' HUP INT TERM; read -r _; kill -KILL 0", environment_with({}));
    } catch (const Error&) {
      ::close(ends[0]);
      ::close(lifeline_);
      throw;
    }
    ::close(ends[0]);
  }
  ~Group() {
    kill_all();
    static_cast<void>(reap(leader_)); // only now may its number, which names the group, be another's
    ::close(lifeline_);
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  [[nodiscard]] pid_t number() const { return leader_; }
  void ask_to_end() const { ::kill(-leader_, SIGTERM); }
  void kill_all() const { ::kill(-leader_, SIGKILL); }

private:
  pid_t leader_ = 0;
  int lifeline_ = -1;
};

/// Whether a child has ended; it stays to be reaped.
bool has_ended(pid_t child) {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == child;
}

/// Naps until `is_over` says so; the longer it takes, the longer each nap.
template <typename IsOver> void nap_until(const IsOver& is_over) {
  for (std::int64_t nap_ns = 500'000; !is_over(); nap_ns = std::min(2 * nap_ns, k_longest_nap_ns)) {
    const timespec nap{0, nap_ns};
    ::nanosleep(&nap, nullptr); // a signal ends it early
  }
}

bool is_interrupted(const CommandOptions& options) {
  return options.interrupt != nullptr && options.interrupt->requested();
}

void make_log(const std::filesystem::path& log) {
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) {
    throw Error(ErrorCode::environment, "cannot write the log '{}': {}", log.string(), std::strerror(errno))
        .hint("is the disk full, or the folder read-only?");
  }
  ::close(file);
}

/// One line without its control characters, as it stood when the last progress bar had been drawn over it.
std::string settled(std::string_view line) {
  while (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  line.remove_prefix(line.rfind('\r') == std::string_view::npos ? 0 : line.rfind('\r') + 1);
  std::string text;
  for (const char c : line) {
    const bool steers = (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    text += steers ? '?' : c;
  }
  return text;
}

} // namespace

CommandResult run_command(const std::string& command, const CommandOptions& options) {
  make_log(options.log);
  const Group group;
  Spawn spawn(group.number());
  spawn.open(0, "/dev/null", O_RDONLY);
  spawn.open(1, options.log.string(), O_WRONLY | O_APPEND);
  spawn.copy(1, 2);
  spawn.enter(options.directory);
  const Clock::time_point start = Clock::now();
  const pid_t child = spawn.run(command, environment_with(options.variables));
  CommandResult result;
  const auto is_late = [&] {
    return options.timeout_seconds && seconds_since(start) >= static_cast<double>(*options.timeout_seconds);
  };
  nap_until([&] { return has_ended(child) || is_late() || is_interrupted(options); });
  if (!has_ended(child)) {
    result.timed_out = is_late();
    group.ask_to_end();
    const Clock::time_point asked = Clock::now();
    nap_until([&] { return has_ended(child) || Clock::now() - asked >= k_grace; });
  }
  group.kill_all();
  result.status = reap(child);
  result.seconds = seconds_since(start);
  if (options.interrupt != nullptr) {
    options.interrupt->check();
  }
  return result;
}

std::vector<std::string> last_lines(const std::filesystem::path& log, std::size_t count) {
  constexpr std::streamoff k_most_bytes = 65536;
  std::ifstream file(log, std::ios::binary | std::ios::ate);
  const std::streamoff size = file ? static_cast<std::streamoff>(file.tellg()) : 0;
  const std::streamoff read = std::min(size, k_most_bytes);
  std::string tail(static_cast<std::size_t>(read), '\0');
  file.seekg(size - read);
  file.read(tail.data(), read);
  std::vector<std::string> lines;
  std::string_view rest = tail;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (std::string text = settled(line); text.find_first_not_of(" \t") != std::string::npos) {
      lines.push_back(std::move(text));
    }
  }
  if (lines.size() > count) {
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  }
  return lines;
}

} // namespace mlp::os
