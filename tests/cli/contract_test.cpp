// What holds for every command: these tests grow with the list of commands.
#include "command_line.hpp"
#include "commands/commands.hpp"
#include "help_text.hpp"
#include "support/golden.hpp"
#include "support/mlp_run.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

using mlp::cli::Command;
using mlp::test::mlp_run;

namespace {

std::vector<std::string> words_of(const Command& command, const std::vector<std::string>& more) {
  std::vector<std::string> words;
  const auto blank = command.name.find(' ');
  words.push_back(command.name.substr(0, blank));
  if (blank != std::string::npos) {
    words.push_back(command.name.substr(blank + 1));
  }
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t sentences_in(const std::string& text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.' && (i + 1 == text.size() || text[i + 1] == ' ')) {
      ++count;
    }
  }
  return count;
}

} // namespace

TEST_CASE("every command answers --help outside a repository: usage, example, exit codes") {
  for (const Command& command : mlp::cli::commands()) {
    CAPTURE(command.name);
    const auto result = mlp_run(words_of(command, {"--help"}));
    CHECK(result.exit == 0);
    CHECK(result.err == "");
    CHECK(result.out.starts_with("usage: mlp " + command.name));
    CHECK(contains(result.out, "\nexample:\n  "));
    CHECK(contains(result.out, "\nexit codes:\n"));
    CHECK(contains(result.out, "--json"));
  }
}

TEST_CASE("every command's description has two sentences and its example calls it") {
  for (const Command& command : mlp::cli::commands()) {
    CAPTURE(command.name);
    CHECK(sentences_in(command.description) == 2);
    CHECK(!command.summary.ends_with('.'));
    CHECK(contains(command.example, "mlp " + command.name));
  }
}

TEST_CASE("every command refuses an unknown option with the nearest one, and prints nothing on stdout") {
  for (const Command& command : mlp::cli::commands()) {
    CAPTURE(command.name);
    const auto result = mlp_run(words_of(command, {"--jsno"}));
    CHECK(result.exit == 2);
    CHECK(result.out == "");
    CHECK(result.err == "mlp: error: '--jsno' is not an option of `mlp " + command.name +
                            "`\nhint: did you mean `--json`?\n");
  }
}

TEST_CASE("every command says what went wrong as JSON on stderr when --json is given") {
  for (const Command& command : mlp::cli::commands()) {
    CAPTURE(command.name);
    const auto result = mlp_run(words_of(command, {"--json", "--no-such-option-at-all"}));
    CHECK(result.exit == 2);
    CHECK(result.out == "");
    const mlp::Json error = mlp::Json::parse(result.err);
    CHECK(error["schema"] == "mlp.error/1");
    CHECK(error["code"] == "usage");
    CHECK(error["hints"].size() == 1);
  }
}

TEST_CASE("no two commands share a name, and no option of a command hides one of every command") {
  std::set<std::string> names;
  for (const Command& command : mlp::cli::commands()) {
    CAPTURE(command.name);
    CHECK(names.insert(command.name).second);
    mlp::cli::Options options;
    static_cast<void>(command.declare(options));
    std::set<std::string> flags = {"--json", "--quiet", "--color", "-C", "--help"};
    for (const auto& option : options.all()) {
      CHECK(flags.insert(mlp::cli::long_name(option)).second);
      CHECK(option.help.ends_with('.') == false);
    }
  }
}

TEST_CASE("the help of all commands is the golden reference") {
  std::string reference = mlp_run({"--help"}).out;
  for (const Command& command : mlp::cli::commands()) {
    reference += "\n" + std::string(100, '=') + "\n\n" + mlp_run(words_of(command, {"--help"})).out;
  }
  CHECK(mlp::test::golden_difference("cli_reference.txt", reference) == "");
}
