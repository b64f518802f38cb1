#include "os/command.hpp"

#include "base/error.hpp"
#include "support/child_process.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <signal.h>
#include <time.h>

#include <fstream>
#include <iterator>
#include <string>
#include <thread>

using mlp::os::CommandOptions;
using mlp::os::last_lines;
using mlp::os::run_command;
using mlp::test::Scratch;
using Lines = std::vector<std::string>;

namespace {

CommandOptions in(const Scratch& scratch) {
  CommandOptions options;
  options.directory = scratch.root;
  options.log = scratch.root / "log";
  return options;
}

/// Waits, for two minutes at most, until `is_so` says so.
template <typename IsSo> bool soon(const IsSo& is_so) {
  for (int naps = 0; naps < 12000; ++naps) {
    if (is_so()) {
      return true;
    }
    const timespec nap{0, 10'000'000};
    ::nanosleep(&nap, nullptr);
  }
  return false;
}

bool is_there(const Scratch& scratch, const std::string& file) {
  return std::filesystem::exists(scratch.root / file);
}

/// The pid that a command wrote into a file, once it is there as a whole.
pid_t pid_in(const Scratch& scratch, const std::string& file) {
  REQUIRE(soon([&] { return is_there(scratch, file) && scratch.read(file).ends_with('\n'); }));
  return std::stoi(scratch.read(file));
}

/// Gone, or dead and not yet reaped by whoever inherited it.
bool has_ended(pid_t pid) {
  if (::kill(pid, 0) != 0) {
    return true;
  }
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  const std::string stat((std::istreambuf_iterator<char>(file)), {});
  const auto name_end = stat.rfind(')');
  return name_end == std::string::npos || stat.substr(name_end + 2, 1) == "Z";
}

} // namespace

TEST_CASE(
    "run_command: a shell runs it in its folder, with its variables; both streams go to the log, in order") {
  const Scratch scratch;
  CommandOptions options = in(scratch);
  options.variables = {{"MLP_TEST_A", "a b"}};
  const auto result = run_command("pwd -P; echo \"$MLP_TEST_A\"; echo err >&2; cat; exit 3", options);
  CHECK(result.status == 3);
  CHECK_FALSE(result.timed_out);
  CHECK(last_lines(options.log, 9) == Lines{std::filesystem::canonical(scratch.root).string(), "a b",
                                            "err"}); // and standard input is empty
}

TEST_CASE("run_command: a command that a signal ended has the status 128 + signal") {
  const Scratch scratch;
  CHECK(run_command("kill -9 $$", in(scratch)).status == 137);
}

TEST_CASE("run_command: when its time is over, the whole group ends") {
  const Scratch scratch;
  CommandOptions options = in(scratch);
  options.timeout_seconds = 1;
  const auto result = run_command("sleep 1000 & echo $! > pid; wait", options);
  CHECK(result.timed_out);
  CHECK(result.status == 128 + SIGTERM);
  CHECK(result.seconds < 900);
  CHECK(soon([&] { return has_ended(pid_in(scratch, "pid")); }));
}

TEST_CASE("run_command: what a command leaves running ends with it") {
  const Scratch scratch;
  CHECK(run_command("sleep 1000 & echo $! > pid", in(scratch)).status == 0);
  CHECK(soon([&] { return has_ended(pid_in(scratch, "pid")); }));
}

TEST_CASE("run_command: an interrupt ends the group, also one that does not listen, and is an error") {
  const Scratch scratch;
  mlp::Interrupt interrupt;
  CommandOptions options = in(scratch);
  options.interrupt = &interrupt;
  std::thread user([&] {
    static_cast<void>(soon([&] { return is_there(scratch, "begun"); }));
    interrupt.request();
  });
  try {
    static_cast<void>(
        run_command("trap '' TERM; sleep 1000 & echo $! > pid; : > begun; wait; wait; sleep 1000", options));
    FAIL("not interrupted");
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::interrupted);
  }
  user.join();
  CHECK(soon([&] { return has_ended(pid_in(scratch, "pid")); }));
}

TEST_CASE("run_command: when this process is killed, the command ends too") {
  const Scratch scratch;
  const pid_t runner = mlp::test::start_child(
      [&] { static_cast<void>(run_command("sleep 1000 & echo $! > pid; wait", in(scratch))); });
  const pid_t sleeper = pid_in(scratch, "pid");
  CHECK_FALSE(has_ended(sleeper));
  ::kill(runner, SIGKILL);
  CHECK(mlp::test::status_of(runner) == 137);
  CHECK(soon([&] { return has_ended(sleeper); }));
}

TEST_CASE("run_command: a folder or log that is not there is an error") {
  const Scratch scratch;
  CommandOptions options = in(scratch);
  options.directory = scratch.root / "none";
  CHECK_THROWS_AS(static_cast<void>(run_command("true", options)), mlp::Error);
  options = in(scratch);
  options.log = scratch.root / "none" / "log";
  CHECK_THROWS_AS(static_cast<void>(run_command("true", options)), mlp::Error);
}

TEST_CASE("last_lines: the last ones that say something, as a reader saw them last") {
  const Scratch scratch;
  scratch.write("log", "one\n\ntwo\n 10%\r 50%\r100%\r\n\x1b[31mred\nlast");
  CHECK(last_lines(scratch.root / "log", 3) == Lines{"100%", "?[31mred", "last"});
  CHECK(last_lines(scratch.root / "log", 9).size() == 5);
  CHECK(last_lines(scratch.root / "none", 3).empty());
}
