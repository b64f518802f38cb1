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

TEST_CASE("a comparison says by how much one is better, and what the rows can tell") {
  const Json comparison = Json::object(
      {{"n", 1342},
       {"level", 0.95},
       {"metrics",
        Json::array(
            {Json::object({{"name", "roc_auc"},
                           {"left", 0.854},
                           {"right", 0.859},
                           {"delta", 0.005},
                           {"ci", Json::array({-0.002, 0.012})},
                           {"p_holm", 0.21},
                           {"why", "these rows cannot tell: 0.859 against 0.854"}}),
             Json::object(
                 {{"name", "recall"}, {"left", nullptr}, {"right", 0.5}, {"why", "no positives"}})})}});
  CHECK(report::comparison_table(comparison) ==
        "on the same 1,342 rows   left  right  better by     95% interval  p (Holm)\n"
        "  roc_auc               0.854  0.859     +0.005  -0.002 to 0.012     0.210  these rows cannot tell\n"
        "  recall                    –  0.500                                        no positives\n");
}

TEST_CASE("a comparison says where another seed makes as much of a difference") {
  const Json comparison =
      Json::object({{"n", 100},
                    {"level", 0.95},
                    {"metrics", Json::array({Json::object({{"name", "roc_auc"},
                                                           {"left", 0.854},
                                                           {"right", 0.859},
                                                           {"delta", 0.005},
                                                           {"ci", Json::array({-0.002, 0.012})},
                                                           {"p_holm", 0.21},
                                                           {"seed_deviation", 0.0062},
                                                           {"within_seeds", true},
                                                           {"why", "these rows cannot tell: x"}})})}});
  CHECK(report::comparison_table(comparison)
            .find("these rows cannot tell; no more than another seed makes (± 0.0062)") != std::string::npos);
}
