#include "evaluation/thresholds.hpp"

#include <doctest/doctest.h>

using namespace mlp::evaluation;

TEST_CASE("a row counts at each threshold that its score reaches, the decision's own rule included") {
  Scored scored;
  scored.classes = {"no", "yes"};
  scored.target = {1, 1, 0, 0, 1};
  scored.model = {0.29, 1.0, 0.0, 0.295, 0.57}; // 0.29 · 100 and 0.57 · 100 are a little less than 29 and 57
  const auto counts = threshold_counts(scored, {Slice{"a=1", {"a"}, {0, 2}}});
  REQUIRE(counts.size() == 2);
  CHECK(counts[0].positives == 3);
  CHECK(counts[0].negatives == 2);
  CHECK(counts[0].true_positives[0] == 3);
  CHECK(counts[0].false_positives[0] == 2);
  CHECK(counts[0].true_positives[29] == 3); // 0.29 ≥ 0.29
  CHECK(counts[0].true_positives[30] == 2);
  CHECK(counts[0].false_positives[29] == 1);
  CHECK(counts[0].false_positives[30] == 0);
  CHECK(counts[0].true_positives[57] == 2);
  CHECK(counts[0].true_positives[58] == 1);
  CHECK(counts[0].true_positives[100] == 1); // 1 ≥ 1
  CHECK(counts[1].slice == "a=1");
  CHECK(counts[1].positives == 1);
  CHECK(counts[1].false_positives[1] == 0);
}

TEST_CASE("only a binary task has a threshold") {
  Scored scored;
  scored.task = mlp::Task::regression;
  scored.target = {1};
  scored.model = {1};
  CHECK(threshold_counts(scored, {}).empty());
}
