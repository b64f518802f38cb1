#include "metrics/score_walk.hpp"

#include "base/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace mlp::metrics;

namespace {

struct Cases {
  std::vector<double> target;
  std::vector<double> scores;
  std::vector<double> weights;
};

/// Rows with ties (`values` different scores) that are not sorted; a third of them weigh nothing, as in a
/// resample.
Cases drawn(std::size_t n, std::uint64_t values) {
  Cases cases;
  for (std::size_t row = 0; row < n; ++row) {
    cases.scores.push_back(static_cast<double>(mlp::random_below(values, 1, 0, row)) / 8.0);
    cases.target.push_back(mlp::random_below(3, 1, 1, row) == 0 ? 1.0 : 0.0);
    cases.weights.push_back(static_cast<double>(mlp::random_below(3, 1, 2, row)));
  }
  return cases;
}

/// Straight from the definitions, in O(n²).
struct Definition {
  double wins = 0.0;
  double precision_sum = 0.0;
  double widest = 0.0;
};

Definition by_definition(const Cases& cases) {
  Definition found;
  const std::size_t n = cases.target.size();
  double positives = 0.0;
  double negatives = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    (cases.target[i] == 1.0 ? positives : negatives) += cases.weights[i];
  }
  for (std::size_t i = 0; i < n; ++i) {
    double above[2] = {0.0, 0.0}; // negative and positive weight at or above this score
    double tied = 0.0;            // positive weight at it
    for (std::size_t j = 0; j < n; ++j) {
      if (cases.scores[j] >= cases.scores[i]) {
        above[cases.target[j] == 1.0 ? 1 : 0] += cases.weights[j];
        tied += cases.scores[j] == cases.scores[i] ? cases.weights[j] * cases.target[j] : 0.0;
      }
    }
    if (cases.target[i] == 1.0) {
      found.precision_sum +=
          cases.weights[i] > 0.0 ? cases.weights[i] * above[1] / (above[0] + above[1]) : 0.0;
    } else {
      found.wins += cases.weights[i] * (above[1] - 0.5 * tied);
    }
    found.widest = std::max(found.widest, std::abs(above[1] * negatives - above[0] * positives));
  }
  return found;
}

} // namespace

TEST_CASE("a walk finds what the definitions say, however many rows there are and however they are tied") {
  // around the ends of a block of 256 rows, and groups of equal scores that reach over them
  for (const std::size_t n : {1U, 7U, 255U, 256U, 257U, 700U}) {
    for (const std::uint64_t values : {1U, 3U, 50U, 1'000'000U}) {
      CAPTURE(n);
      CAPTURE(values);
      const Cases cases = drawn(n, values);
      RowWeights weights{std::span<const double>(cases.weights)};
      const ScoreWalk walk(ScoreOrder(cases.target, cases.scores), weights, {true, true, true, {}, {}});
      const Definition expected = by_definition(cases);
      CHECK(walk.wins == expected.wins); // whole and half weights: exact
      CHECK(walk.precision_sum == doctest::Approx(expected.precision_sum).epsilon(1e-13));
      CHECK(walk.widest == expected.widest);
    }
  }
}

TEST_CASE("the border of a walk may lie in any block") {
  // 1,000 rows, every tenth is positive: of the first k, k/10 are; of negatives, 9 pass before each positive
  Cases cases;
  for (std::size_t row = 0; row < 1000; ++row) {
    cases.scores.push_back(1000.0 - static_cast<double>(row));
    cases.target.push_back(row % 10 == 9 ? 1.0 : 0.0);
    cases.weights.push_back(1.0);
  }
  const ScoreOrder order(cases.target, cases.scores);
  RowWeights weights{std::span<const double>(cases.weights)};
  const ScoreWalk walk(order, weights, {false, false, false, {0.1, 0.256, 0.5, 1.0}, {0.1, 0.5, 1.0}});
  CHECK(walk.tops[0].positive == 10.0);
  CHECK(walk.tops[1].positive == 25.0);
  CHECK(walk.tops[2].positive == 50.0);
  CHECK(walk.tops[3].positive == 100.0);
  CHECK(walk.false_positives[0].positive ==
        10.0); // 90 negatives are allowed: then the tenth positive follows
  CHECK(walk.false_positives[1].positive == 50.0);
  CHECK(walk.false_positives[2].positive == 100.0);
}

TEST_CASE("what else a walk looks for does not change what it finds") {
  const Cases cases = drawn(600, 40);
  std::vector<double> weights;
  for (const double weight : cases.weights) {
    weights.push_back(0.1 * weight); // sums of tenths depend on their order
  }
  const ScoreOrder order(cases.target, cases.scores);
  RowWeights tenths{std::span<const double>(weights)};
  const ScoreWalk alone(order, tenths, {false, true, false, {}, {}});
  const ScoreWalk together(order, tenths, {true, true, true, {0.1}, {0.1}});
  CHECK(alone.precision_sum == together.precision_sum);
  CHECK(alone.all_positive == together.all_positive);
}
