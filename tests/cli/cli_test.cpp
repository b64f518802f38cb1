#include "base/json.hpp"
#include "support/mlp_run.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using mlp::test::mlp_run;

TEST_CASE("a mistyped command exits 2, names the nearest one and prints nothing on stdout") {
  const auto result = mlp_run({"verison"});
  CHECK(result.exit == 2);
  CHECK(result.out == "");
  CHECK(result.err == "mlp: error: 'verison' is not a known command\nhint: did you mean `version`?\n");
}

TEST_CASE("a word that is near no command points to the list of commands") {
  const auto result = mlp_run({"frobnicate"});
  CHECK(result.exit == 2);
  CHECK(result.err == "mlp: error: 'frobnicate' is not a known command\nhint: run `mlp --help`\n");
}

TEST_CASE("mlp alone, mlp help and mlp --help show the same list of commands") {
  const auto help = mlp_run({"--help"});
  CHECK(help.exit == 0);
  CHECK(help.out.starts_with("usage: mlp COMMAND"));
  CHECK(mlp_run({}).out == help.out);
  CHECK(mlp_run({"help"}).out == help.out);
}

TEST_CASE("mlp --version and mlp version print one line, or JSON") {
  const auto plain = mlp_run({"--version"});
  CHECK(plain.exit == 0);
  CHECK(plain.out.starts_with("mlp 0."));
  CHECK(mlp_run({"version"}).out == plain.out);
  CHECK(mlp::Json::parse(mlp_run({"--version", "--json"}).out)["schema"] == "mlp.version/1");
}

TEST_CASE("help COMMAND is COMMAND --help, whatever else stands on the line") {
  const std::string help = mlp_run({"help", "completion"}).out;
  CHECK(mlp_run({"completion", "--help"}).out == help);
  CHECK(mlp_run({"completion", "bash", "--help"}).out == help);
  CHECK(mlp_run({"-C", "/nowhere", "completion", "-h"}).out == help);
}

TEST_CASE("help with --json is one document") {
  const auto document = mlp::Json::parse(mlp_run({"help", "--json"}).out);
  CHECK(document["schema"] == "mlp.help/1");
  CHECK(document["commands"].size() >= 3);
  CHECK(mlp::Json::parse(mlp_run({"version", "--help", "--json"}).out)["schema"] == "mlp.help/1");
}

TEST_CASE("a choice that is none is answered with the choices and the nearest one") {
  const auto result = mlp_run({"completion", "bsh"});
  CHECK(result.exit == 2);
  CHECK(result.err ==
        "mlp: error: 'SHELL' is one of bash, zsh, fish; found 'bsh'\nhint: did you mean `bash`?\n");
}

TEST_CASE("a missing argument is answered with the usage line") {
  const auto result = mlp_run({"completion"});
  CHECK(result.exit == 2);
  CHECK(result.err == "mlp: error: 'SHELL' is missing\nhint: usage: mlp completion SHELL\n"
                      "hint: run `mlp completion --help`\n");
}

TEST_CASE("-C names a folder, before or after the command; one that does not exist exits 3") {
  const mlp::test::Scratch scratch;
  CHECK(mlp_run({"-C", scratch.root.string(), "version"}).exit == 0);
  CHECK(mlp_run({"version", "-C", scratch.root.string()}).exit == 0);
  const auto result = mlp_run({"-C", "missing", "version"}, {.directory = scratch.root});
  CHECK(result.exit == 3);
  CHECK(result.err.starts_with("mlp: error: -C 'missing' is not a folder\n"));
}

TEST_CASE("MLP_THREADS that is no count of threads exits 2") {
  CHECK(mlp_run({"version"}, {.environment = {{"MLP_THREADS", "4"}}}).exit == 0);
  for (const char* wrong : {"0", "-1", "two", "1.5", "99999"}) {
    CAPTURE(wrong);
    const auto result = mlp_run({"version"}, {.environment = {{"MLP_THREADS", wrong}}});
    CHECK(result.exit == 2);
    CHECK(result.err.starts_with("mlp: error: MLP_THREADS is '" + std::string(wrong) + "'"));
  }
}

TEST_CASE("help metrics explains every metric, and lists them as JSON") {
  const auto result = mlp_run({"help", "metrics"});
  CHECK(result.exit == 0);
  CHECK(result.out.find("  roc_auc   [0, 1], higher is better, delong interval\n") != std::string::npos);
  const auto document = mlp::Json::parse(mlp_run({"help", "metrics", "--json"}).out);
  CHECK(document["metrics"].size() > 50);
}
