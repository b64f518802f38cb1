#include "metrics/dummy.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

#include <array>

using mlp::Task;
using mlp::metrics::dummy_scores;

TEST_CASE("dummy_scores: the positive class's share, weighted or not") {
  const std::array target = {1.0, 0.0, 0.0, 0.0};
  CHECK(dummy_scores(Task::binary, target, {}, 1, 2) == std::vector<double>{0.25, 0.25});
  CHECK(dummy_scores(Task::binary, target, std::array{3.0, 1.0, 1.0, 1.0}, 1, 1) == std::vector<double>{0.5});
}

TEST_CASE("dummy_scores: each class's share, in every row") {
  const std::array target = {0.0, 2.0, 2.0, 2.0};
  CHECK(dummy_scores(Task::multiclass, target, {}, 3, 2) ==
        std::vector<double>{0.25, 0, 0.75, 0.25, 0, 0.75});
}

TEST_CASE("dummy_scores: the mean of the targets") {
  CHECK(dummy_scores(Task::regression, std::array{1.0, 4.0}, {}, 1, 1) == std::vector<double>{2.5});
}

TEST_CASE("dummy_scores: no training row is an error") {
  CHECK_THROWS_AS(dummy_scores(Task::binary, {}, {}, 1, 1), mlp::Error);
}
