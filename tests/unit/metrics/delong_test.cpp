#include "metrics/delong.hpp"

#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

#include <array>
#include <cmath>

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using doctest::Approx;

namespace {

double kernel(double positive, double negative) {
  return positive > negative ? 1.0 : (positive == negative ? 0.5 : 0.0);
}

double kernel(const std::vector<double>& scores, std::size_t positive, std::size_t negative) {
  return kernel(scores[positive], scores[negative]);
}

/// DeLong's variance of the AUC of `data`, less that of `other` scores where there are some: straight from
/// its definition, in O(n²).
double variance_by_pairs(const Data& data, const std::vector<double>& other = {}) {
  std::vector<std::size_t> positives;
  std::vector<std::size_t> negatives;
  for (std::size_t row = 0; row < data.target.size(); ++row) {
    (data.target[row] == 1.0 ? positives : negatives).push_back(row);
  }
  const auto m = static_cast<double>(positives.size());
  const auto n = static_cast<double>(negatives.size());
  std::vector<double> v10(positives.size());
  std::vector<double> v01(negatives.size());
  double auc = 0.0;
  for (std::size_t i = 0; i < positives.size(); ++i) {
    for (std::size_t j = 0; j < negatives.size(); ++j) {
      const double won = kernel(data.scores, positives[i], negatives[j]) -
                         (other.empty() ? 0.0 : kernel(other, positives[i], negatives[j]));
      v10[i] += won / n;
      v01[j] += won / m;
      auc += won / m / n;
    }
  }
  double variance = 0.0;
  for (const double v : v10) {
    variance += (v - auc) * (v - auc) / (m - 1.0) / m;
  }
  for (const double v : v01) {
    variance += (v - auc) * (v - auc) / (n - 1.0) / n;
  }
  return variance;
}

} // namespace

TEST_CASE("placements: by hand, with a tie") {
  // positives .9 and .4, negatives .4 and .1: .9 beats both, .4 ties one and beats one
  const auto ranked = placements(std::array{1.0, 1.0, 0.0, 0.0}, std::array{.9, .4, .4, .1});
  CHECK(ranked.positive == std::vector<double>{1.0, 0.75});
  CHECK(ranked.negative == std::vector<double>{0.75, 1.0});
  CHECK(auc_of(ranked) == 0.875);
  // s² = 1/32 for both classes, over two rows each
  CHECK(delong_variance(ranked) == Approx(1.0 / 32.0));
}

TEST_CASE("delong_variance: equal to the definition over all pairs, with many ties") {
  auto data = random_binary(300, 0.3, 1.0, 21);
  for (double& score : data.scores) {
    score = std::round(score * 20.0) / 20.0;
  }
  const auto ranked = placements(data.target, data.scores);
  CHECK(delong_variance(ranked) == Approx(variance_by_pairs(data)).epsilon(1e-12));
  CHECK(auc_of(ranked) == Approx(*measure("roc_auc", data.sample()).value).epsilon(1e-12));
}

TEST_CASE("delong_variance: of two models on the same rows, equal to the definition over all pairs") {
  auto data = random_binary(120, 0.4, 1.0, 24);
  std::vector<double> other;
  for (std::size_t row = 0; row < data.scores.size(); ++row) {
    data.scores[row] = std::round(8.0 * data.scores[row]); // ties
    other.push_back(std::round(data.scores[row] + 2.0 * normal(24, 3, row)));
  }
  const auto first = placements(data.target, data.scores);
  const auto second = placements(data.target, other);
  CHECK(delong_variance(first, second) == Approx(variance_by_pairs(data, other)).epsilon(1e-12));
}

TEST_CASE("delong_variance: a model differs from itself by nothing, from 1 - itself by twice its error") {
  const auto data = random_binary(100, 0.4, 1.0, 22);
  std::vector<double> opposite;
  for (const double score : data.scores) {
    opposite.push_back(-score);
  }
  const auto ranked = placements(data.target, data.scores);
  CHECK(delong_variance(ranked, ranked) == 0.0);
  CHECK(delong_variance(ranked, placements(data.target, opposite)) == Approx(4.0 * delong_variance(ranked)));
}

TEST_CASE("auc_interval: on the logit scale near 1 it stays inside, and is not symmetric") {
  const auto data = random_binary(100, 0.5, 3.0, 23);
  const auto ranked = placements(data.target, data.scores);
  const double auc = auc_of(ranked);
  REQUIRE(auc > 0.95);
  const auto interval = auc_interval(ranked, 0.95);
  CHECK(interval.upper < 1.0);
  CHECK(auc - interval.lower > interval.upper - auc);
}

TEST_CASE("auc_interval: a perfect ranking of ten pairs is no proof of a perfect model") {
  std::vector<double> target(20, 0.0);
  std::vector<double> scores(20, 0.1);
  for (std::size_t i = 0; i < 10; ++i) {
    target[i] = 1.0;
    scores[i] = 0.9;
  }
  // Wilson for 10 of 10: 1 - .2775328
  const auto interval = auc_interval(placements(target, scores), 0.95);
  CHECK(interval.lower == Approx(1.0 - .2775328).epsilon(1e-6));
  CHECK(interval.upper == 1.0);
}

TEST_CASE("auc_interval: covers the true AUC about 95 times in 100") {
  // positives shifted by 1 sd: true AUC = Φ(1/√2) = .7602
  int covered = 0;
  for (std::uint64_t seed = 100; seed < 500; ++seed) {
    const auto data = random_binary(200, 0.3, 1.0, seed);
    const auto interval = auc_interval(placements(data.target, data.scores), 0.95);
    covered += interval.lower <= 0.76025 && 0.76025 <= interval.upper ? 1 : 0;
  }
  CHECK(covered >= 400 * 0.92);
  CHECK(covered <= 400 * 0.98);
}
