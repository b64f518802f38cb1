#include "os/process.hpp"

#include "base/error.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <signal.h>
#include <unistd.h>

using mlp::os::run_process;

TEST_CASE("run_process: both streams and the exit status come back") {
  const auto result = run_process({"sh", "-c", "echo out; echo err >&2; exit 3"});
  CHECK(result.status == 3);
  CHECK(result.out == "out\n");
  CHECK(result.err == "err\n");
}

TEST_CASE("run_process: a program that is killed by a signal has the status 128 + signal") {
  CHECK(run_process({"sh", "-c", "kill -9 $$"}).status == 137);
}

TEST_CASE("run_process: arguments reach the program as they are, without a shell") {
  CHECK(run_process({"printf", "%s|", "a b", "$HOME", "*", "'"}).out == "a b|$HOME|*|'|");
}

TEST_CASE("run_process: a megabyte goes in and comes out while both pipes are full") {
  std::string input;
  for (int i = 0; input.size() < 1'000'000; ++i) {
    input += std::to_string(i) + "\n";
  }
  CHECK(run_process({"cat"}, {.input = input}).out == input);
  const auto result = run_process({"sh", "-c", "tee /dev/stderr"}, {.input = input});
  CHECK(result.out == input);
  CHECK(result.err == input);
}

TEST_CASE("run_process: a program that reads nothing does not stop us") {
  CHECK(run_process({"true"}, {.input = std::string(1'000'000, 'x')}).status == 0);
  CHECK(run_process({"head", "-c", "1"}, {.input = std::string(1'000'000, 'x')}).out == "x");
}

TEST_CASE("run_process: a program that closes its output first still gets all of its input") {
  const mlp::test::Scratch scratch;
  const auto copy = scratch.root / "copy";
  const std::string input(1'000'000, 'x');
  const auto result =
      run_process({"sh", "-c", "exec >&- 2>&-; cat > \"$0\"", copy.string()}, {.input = input});
  CHECK(result.status == 0);
  CHECK(scratch.read("copy") == input);
}

TEST_CASE("run_process: directory and variables are set, the environment is inherited") {
  const mlp::test::Scratch scratch;
  const auto result =
      run_process({"sh", "-c", "pwd -P; echo $MLP_TEST_A; test -n \"$PATH\" && echo inherited"},
                  {.directory = scratch.root, .variables = {{"MLP_TEST_A", "a=b"}}});
  CHECK(result.out == std::filesystem::canonical(scratch.root).string() + "\na=b\ninherited\n");
}

TEST_CASE("run_process: a program that is not there is an error with a hint") {
  try {
    run_process({"mlp-no-such-program"});
    FAIL("ran");
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::environment);
    CHECK(std::string(error.what()) == "cannot run 'mlp-no-such-program': No such file or directory");
    CHECK(error.hints().size() == 1);
  }
}

TEST_CASE("run_process: a child dies of a closed pipe as usual, and our own handler stays") {
  struct sigaction before {};
  REQUIRE(::sigaction(SIGPIPE, nullptr, &before) == 0);
  CHECK(run_process({"sh", "-c", "kill -PIPE $$"}, {.input = "x"}).status == 128 + SIGPIPE);
  run_process({"true"}, {.input = std::string(1'000'000, 'x')});
  struct sigaction after {};
  REQUIRE(::sigaction(SIGPIPE, nullptr, &after) == 0);
  CHECK((after.sa_handler == before.sa_handler));
  sigset_t pending;
  sigpending(&pending);
  CHECK(sigismember(&pending, SIGPIPE) == 0);
}
