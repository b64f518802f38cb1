#include "base/random.hpp"
#include "cli/command_steps.hpp"
#include "support/git_scratch.hpp"

#include <fmt/format.h>

namespace mlp::test {

namespace {

/// 80 searches of 8 results each, no two rows of one standing together: a good match is graded higher. Two
/// searches have no relevant result, and one row has no query.
std::string searches(bool with_answers = true) {
  std::string text = with_answers ? "id,query,market,match,length,grade\n" : "id,query,market,match,length\n";
  for (int result = 0; result < 8; ++result) {
    for (int query = 0; query < 80; ++query) {
      const auto row = static_cast<std::uint64_t>(result * 80 + query);
      const auto uniform = [row](std::uint64_t stream) {
        return static_cast<double>(random_bits(5, stream, row) >> 11U) * 0x1p-53;
      };
      const double match = uniform(1);
      const int grade = query < 2 ? 0 : static_cast<int>(3.0 * (0.7 * match + 0.3 * uniform(2)));
      text += fmt::format("{},{},{},{:.4f},{}", row + 1, row == 9 ? "" : fmt::format("s{}", query),
                          query % 2 == 0 ? "north" : "south", match, 100 + row % 37);
      text += with_answers ? fmt::format(",{}\n", grade) : "\n";
    }
  }
  return text;
}

} // namespace

TEST_CASE("a ranking from its data to its stage") {
  const Scratch scratch;
  scratch.write("searches.csv", searches());
  scratch.write("new.csv", searches(false));
  tell(scratch,
       {
           {.line = "init p --template ranking --data searches.csv --target grade",
            .exit = 2,
            .err = "--group"},
           {.line = "init p --template ranking --data searches.csv --target grade --group qury",
            .exit = 3,
            .err = "did you mean `--group query`?"},
           {.line = "init p --template ranking --data searches.csv --target grade --group query",
            .out = "task ranking, target grade"},
           {.line = "-C p check",
            .out = "are right",
            .before = edited("p/mlp.yaml", "  slices:  ", "  bootstrap: 100\n  slices: [market]  ")},
           {.line = "-C p check",
            .exit = 3,
            .out = "a ranking needs a column with the role group",
            .before = edited("p/mlp.yaml", "query: {role: group}", "query: {role: ignore}")},
           {.line = "-C p check",
            .out = "are right",
            .before = edited("p/mlp.yaml", "query: {role: ignore}", "query: {role: group}")},
           {.line = "-C p train --allow-dirty", .exit = 2, .err = "--allow-dirty"},
           {.line = "-C p train", .out = "ndcg@10"},
           {.line = "-C p eval --html page.html --markdown page.md", .out = " queries"},
           {.line = "-C p eval --json", .out = "\"without_relevant\":", .schema = "mlp.evaluation/1"},
           {.line = "-C p eval --all", .out = "hit@10"},
           {.line = "-C p log --sort ndcg@10 --kind evaluation", .out = "ndcg@10"},
           {.line = "-C p predict ../new.csv -o p.csv", .out = "640 rows"},
           {.line = "-C p eval --predictions p.csv --name served", .out = "predictions served"},
           {.line = "-C p explain", .out = "match"},
           {.line = "-C p explain --row 3", .out = "predicts"},
           {.line = "-C p explain --row 3 --json", .out = "\"class\":null", .schema = "mlp.explanation/1"},
           {.line = "-C p export --to served", .out = "features.json"},
           {.line = "-C p promote --to staging", .out = "staging"},
           {.line = "-C p status", .out = "staging"},
       });
}

} // namespace mlp::test
