#include "cli/command_steps.hpp"
#include "support/git_scratch.hpp"

#include <fmt/format.h>

namespace mlp::test {

TEST_CASE("check: a metric of a class that no row has is an error that names the nearest class") {
  const Scratch scratch;
  std::string text = "length,width,species\n";
  for (int row = 0; row < 300; ++row) {
    const int kind = row % 3;
    text += fmt::format("{}.{},{},{}\n", 4 + kind, row % 10, row % 7,
                        kind == 0   ? "setosa"
                        : kind == 1 ? "versicolor"
                                    : "virginica");
  }
  scratch.write("iris.csv", text);
  tell(
      scratch,
      {
          {.line = "init p --template multiclass --data iris.csv --target species", .out = "task multiclass"},
          {.line = "-C p check",
           .out = "are right",
           .before = edited("p/mlp.yaml", "metrics: [", "metrics: [recall@setosa, ")},
          {.line = "-C p check",
           .exit = 3,
           .out = "'recall@setossa' names no class: no row of 'species' is 'setossa'; did you mean 'setosa'?",
           .before = edited("p/mlp.yaml", "recall@setosa", "recall@setossa")},
          {.line = "-C p check",
           .exit = 3,
           .out = "policy.yaml:",
           .before = edited("p/policy.yaml", "- {metric: skill_vs_dummy",
                            "- {metric: recall@virginca, min: 0.5}\n    - {metric: skill_vs_dummy")},
          {.line = "-C p check --json",
           .exit = 3,
           .out = "did you mean 'virginica'?",
           .schema = "mlp.check/1"},
      });
}

} // namespace mlp::test
