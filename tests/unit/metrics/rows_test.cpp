#include "metrics/rows.hpp"

#include "base/error.hpp"
#include "unit/metrics/samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using namespace mlp::metrics;
using mlp::metrics::test::binary_data;

TEST_CASE("canonical: rows are sorted by score, target and weight, whatever order they came in") {
  auto data = binary_data();
  const Rows rows = canonical(data.sample());
  std::ranges::reverse(data.target);
  std::ranges::reverse(data.scores);
  std::ranges::reverse(data.weights);
  const Rows reversed = canonical(data.sample());
  CHECK(rows.scores.front() == .9);
  CHECK(rows.scores == reversed.scores);
  CHECK(rows.target == reversed.target);
  CHECK(rows.weights == reversed.weights);
}

TEST_CASE("canonical: equal weights are as good as none") {
  auto data = binary_data();
  data.weights.assign(data.target.size(), 7.0);
  const Rows rows = canonical(data.sample());
  CHECK(rows.weights.empty()); // each row weighs 1
}

TEST_CASE("canonical_together: samples that differ in targets, weights or rows are refused") {
  const auto data = binary_data();
  auto other = data;
  other.target[0] = 0;
  CHECK_THROWS_WITH_AS(canonical_together(std::array{data.sample(), other.sample()}),
                       "cannot compare two models: their samples differ in targets", mlp::Error);
  other = data;
  other.weights[0] = 9;
  CHECK_THROWS_WITH_AS(canonical_together(std::array{data.sample(), other.sample()}),
                       "cannot compare two models: their samples differ in weights", mlp::Error);
  other = data;
  other.target.pop_back();
  other.scores.pop_back();
  other.weights.pop_back();
  CHECK_THROWS_AS(canonical_together(std::array{data.sample(), other.sample()}), mlp::Error);
}

TEST_CASE("canonical_together: both models' rows stand in one order") {
  const auto data = binary_data();
  auto other = data;
  for (double& score : other.scores) {
    score = 1.0 - score;
  }
  const auto both = canonical_together(std::array{data.sample(), other.sample()});
  const Rows& first = both[0];
  const Rows& second = both[1];
  CHECK(first.target == second.target);
  for (std::size_t row = 0; row < first.size(); ++row) {
    CHECK(second.scores[row] == 1.0 - first.scores[row]);
  }
}

TEST_CASE("called_class: the first of equally probable classes, as numpy's argmax") {
  Rows rows;
  rows.classes = 3;
  rows.target = {0};
  rows.scores = {.2, .4, .4};
  CHECK(rows.called_class(0) == 1);
}
