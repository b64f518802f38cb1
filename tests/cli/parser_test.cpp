#include "parser.hpp"

#include "base/error.hpp"
#include "help_text.hpp"

#include <doctest/doctest.h>

using mlp::cli::Options;

namespace {

/// `mlp predict [MODEL] INPUT [-n N] [--set KEY=VALUE]… [--columns COL,…] [--force] [--on reject|flag]`
struct Line {
  std::string model = "default";
  std::string input;
  std::int64_t count = 7;
  std::optional<std::int64_t> seed;
  std::optional<std::string> message;
  std::vector<std::string> set;
  std::vector<std::string> columns;
  std::string on = "flag";
  bool force = false;

  explicit Line(const std::vector<std::string>& arguments) {
    Options options;
    options.positional("MODEL", &model, "model");
    options.positional("INPUT", &input, "input").required = true;
    options.option("-n,--limit", "N", &count, "count");
    options.option("--seed", "N", &seed, "seed");
    options.option("-m,--message", "TEXT", &message, "message");
    options.option("--set", "KEY=VALUE", &set, "set");
    options.option("--columns", "COL,…", &columns, "columns");
    options.option("--on", "reject|flag", &on, "what to do").choices = {"reject", "flag"};
    options.flag("--force", force, "force");
    mlp::cli::parse("mlp predict", options, Options(), arguments);
  }
};

std::string message_of(const std::vector<std::string>& arguments) {
  try {
    const Line line(arguments);
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::usage);
    CHECK(!error.hints().empty());
    return error.what();
  }
  return "nothing";
}

} // namespace

TEST_CASE("the last of two positionals is the one that is given when the first is optional") {
  CHECK(Line({"in.csv"}).input == "in.csv");
  CHECK(Line({"in.csv"}).model == "default");
  CHECK(Line({"income", "in.csv"}).model == "income");
  CHECK(Line({"income", "in.csv"}).input == "in.csv");
}

TEST_CASE("a list positional takes what the others leave") {
  std::vector<std::string> paths;
  std::string target;
  Options options;
  options.positional("PATH", &paths, "paths").required = true;
  options.positional("TARGET", &target, "target").required = true;
  mlp::cli::parse("mlp copy", options, Options(), {"a", "b", "c"});
  CHECK(paths == std::vector<std::string>{"a", "b"});
  CHECK(target == "c");
}

TEST_CASE("values may begin with a dash, hold an equals sign, brackets or nothing at all") {
  CHECK(Line({"x", "--message", "-5 percent"}).message == "-5 percent");
  CHECK(Line({"x", "--message=--force"}).message == "--force");
  CHECK(Line({"x", "--message=", "--force"}).message == "");
  CHECK(Line({"x", "--message", ""}).message == "");
  CHECK(Line({"x", "--seed", "-3"}).seed == -3);
  CHECK(Line({"x", "--set", "a=b=c", "--set=[1,2]"}).set == std::vector<std::string>{"a=b=c", "[1,2]"});
  CHECK(Line({"[a,b]"}).input == "[a,b]");
  CHECK(Line({"--", "--force"}).input == "--force");
  CHECK(Line({"-"}).input == "-");
  CHECK(Line({"-1"}).input == "-1");
}

TEST_CASE("short options take their value with a blank or without; lists do not swallow positionals") {
  CHECK(Line({"-n", "3", "x"}).count == 3);
  CHECK(Line({"-n3", "x"}).count == 3);
  const Line line({"--set", "a=1", "x"});
  CHECK(line.input == "x");
  CHECK(line.set == std::vector<std::string>{"a=1"});
}

TEST_CASE("an option given twice: the last one counts; a ',…' list is split at commas") {
  CHECK(Line({"x", "-n", "3", "--limit", "4"}).count == 4);
  CHECK(Line({"x", "--columns", "a,b", "--columns", "c"}).columns == std::vector<std::string>{"a", "b", "c"});
  CHECK(Line({"x", "--set", "a,b"}).set == std::vector<std::string>{"a,b"});
}

TEST_CASE("what is wrong with a line is said in one sentence") {
  CHECK(message_of({}) == "'INPUT' is missing");
  CHECK(message_of({"a", "b", "c"}) == "'c' is one argument too many");
  CHECK(message_of({"a", "--limit"}) == "'--limit' wants a value");
  CHECK(message_of({"a", "--limit", "ten"}) == "'--limit' wants a whole number, found 'ten'");
  CHECK(message_of({"a", "--limit", "99999999999999999999"}) ==
        "'--limit' wants a whole number, found '99999999999999999999'");
  CHECK(message_of({"a", "--force=yes"}) == "'--force' takes no value");
  CHECK(message_of({"a", "--on", "flagg"}) == "'--on' is one of reject, flag; found 'flagg'");
  CHECK(message_of({"a", "--colums", "x"}) == "'--colums' is not an option of `mlp predict`");
  CHECK(message_of({"a", "-x"}) == "'-x' is not an option of `mlp predict`");
}

TEST_CASE("a required option that is missing is named with its placeholder") {
  std::string stage;
  Options options;
  options.option("--to", "STAGE", &stage, "stage").required = true;
  CHECK_THROWS_WITH_AS(mlp::cli::parse("mlp promote", options, Options(), {}), "'--to STAGE' is missing",
                       mlp::Error);
  CHECK(mlp::cli::usage_line("mlp promote", options) == "usage: mlp promote --to STAGE");
}
