#include "metrics/threshold_choice.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

using doctest::Approx;
using namespace mlp::metrics;

namespace {

// positives at .9, .6 and .3; negatives at .7, .4, .2 and .1
constexpr std::array<double, 7> k_target = {1, 1, 1, 0, 0, 0, 0};
constexpr std::array<double, 7> k_scores = {.9, .6, .3, .7, .4, .2, .1};
const Sample k_sample = {.target = k_target, .scores = k_scores};

ThresholdChoice cheapest(const Costs& costs) {
  std::vector<double> call;
  std::vector<double> pass;
  for (const double target : k_target) {
    call.push_back(target == 1.0 ? costs.tp : costs.fp);
    pass.push_back(target == 1.0 ? costs.fn : costs.tn);
  }
  Sample sample = k_sample;
  sample.call_cost = call;
  sample.pass_cost = pass;
  return cheapest_threshold(sample);
}

} // namespace

TEST_CASE("bayes_threshold: five times dearer misses than alarms put it at one sixth") {
  CHECK(*bayes_threshold({.fp = 1, .fn = 5}) == Approx(1.0 / 6));
  CHECK(*bayes_threshold({.tp = -10, .tn = 0, .fp = 2, .fn = 60}) == Approx(2.0 / 72));
  CHECK_FALSE(bayes_threshold({.fp = 0, .fn = 5}));
  CHECK_FALSE(bayes_threshold({.tp = 5, .fp = 1, .fn = 5}));
}

TEST_CASE("cheapest_threshold: the cut of least cost, half-way between two scores") {
  // fn = 5, fp = 1: cutting below .3 has 2 false alarms and no miss = 2/7; every other cut costs more
  const auto choice = cheapest({.fp = 1, .fn = 5});
  CHECK(choice.threshold == Approx(.25));
  CHECK(choice.reached == Approx(2.0 / 7));
  // fp = 5, fn = 1: below .9 there is no alarm and two misses
  CHECK(cheapest({.fp = 5, .fn = 1}).threshold == Approx(.8));
  // nothing is worth an alarm that costs 100: above .9, all three are missed
  const auto none = cheapest({.tp = 2, .fp = 100, .fn = 1});
  CHECK(none.threshold == Approx(.95));
  CHECK(none.reached == Approx(3.0 / 7));
}

TEST_CASE("best_f1_threshold, recall_threshold and capacity_threshold by hand") {
  // called 1: 2/4; 2: 2/5; 3: 4/6; 4: 4/7; 5: 6/8; 6: 6/9; 7: 6/10
  CHECK(best_f1_threshold(k_sample).threshold == Approx(.25));
  CHECK(best_f1_threshold(k_sample).reached == Approx(.75));
  CHECK(recall_threshold(k_sample, .6).threshold == Approx(.5)); // .9 and .6 are two of three
  CHECK(recall_threshold(k_sample, .6).reached == Approx(2.0 / 3));
  CHECK(recall_threshold(k_sample, 1.0).threshold == Approx(.25));
  CHECK(capacity_threshold(k_sample, .5).threshold == Approx(.5)); // 3 of 7; 4 of 7 would be too many
  CHECK(capacity_threshold(k_sample, .5).reached == Approx(3.0 / 7));
  CHECK(capacity_threshold(k_sample, 1.0).threshold == 0.0);
  CHECK(capacity_threshold(k_sample, .01).threshold == Approx(.95));
}

TEST_CASE("a threshold never parts equal scores, and weights count") {
  constexpr std::array<double, 4> target = {1, 0, 1, 0};
  constexpr std::array<double, 4> scores = {.5, .5, .5, .1};
  CHECK(best_f1_threshold({.target = target, .scores = scores}).threshold == Approx(.3));
  constexpr std::array<double, 7> weights = {1, 1, 10, 1, 1, 1, 1};
  Sample weighted = k_sample;
  weighted.weights = weights;
  CHECK(recall_threshold(weighted, .6).threshold == Approx(.25)); // ten of twelve stand at .3
}

TEST_CASE("without a positive row there is no recall to choose by") {
  constexpr std::array<double, 2> target = {0, 0};
  constexpr std::array<double, 2> scores = {.5, .4};
  const Sample sample = {.target = target, .scores = scores};
  CHECK_THROWS_AS(static_cast<void>(best_f1_threshold(sample)), mlp::Error);
  CHECK_THROWS_AS(static_cast<void>(recall_threshold(sample, .9)), mlp::Error);
}
