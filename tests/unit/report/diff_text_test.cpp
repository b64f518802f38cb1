#include "report/diff_text.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace mlp;

TEST_CASE("differences stand side by side under their area; two numbers show how far apart they are") {
  const std::vector<report::DiffLine> lines = {{"data", "dataset", "3f2a9c1", "91ab3f2"},
                                               {"parameters", "max_depth", 6, 8},
                                               {"parameters", "eta", Json(), 0.1},
                                               {"metrics", "roc_auc", 0.921, 0.927}};
  CHECK(report::diff_table(lines, report::Style()) == "data\n"
                                                      "  dataset   3f2a9c1   91ab3f2\n"
                                                      "parameters\n"
                                                      "  max_depth   6       8   +2\n"
                                                      "  eta         –   0.100\n"
                                                      "metrics\n"
                                                      "  roc_auc   0.921   0.927   +0.006\n");
}

TEST_CASE("a long value is shortened, and cannot break the line") {
  const std::vector<report::DiffLine> lines = {{"data", "note", std::string(60, 'x'), "a\nb"}};
  CHECK(report::diff_table(lines, report::Style()) ==
        "data\n  note   " + std::string(33, 'x') + "…   a\\nb\n");
}
