#include "base/error.hpp"
#include "metrics/comparison.hpp"
#include "metrics/threshold_choice.hpp"
#include "support/error_of.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>

using namespace mlp::metrics;
using doctest::Approx;

namespace {

// Four cases of 100, 10, 30 and 5 in money: a missed one costs its amount, a false alarm 4, a check of the
// right one 4 as well.
constexpr std::array<double, 4> k_target = {1, 1, 0, 0};
constexpr std::array<double, 4> k_call = {4, 4, 4, 4};
constexpr std::array<double, 4> k_pass = {100, 10, 0, 0};

Sample with_scores(std::span<const double> scores) {
  Sample sample;
  sample.target = k_target;
  sample.scores = scores;
  sample.call_cost = k_call;
  sample.pass_cost = k_pass;
  return sample;
}

} // namespace

TEST_CASE("cost: the mean of what each row's decision costs, and its value a thousand times minus that") {
  constexpr std::array<double, 4> scores = {.9, .2, .6, .1}; // calls the first and the third: 4 + 10 + 4 + 0
  const Sample sample = with_scores(scores);
  CHECK(*measure("cost", sample).value == Approx(4.5));
  CHECK(*measure("value_per_1000", sample).value == Approx(-4500));
  Sample weighted = sample;
  constexpr std::array<double, 4> weights = {1, 3, 0, 0}; // (4 + 3·10)/4
  weighted.weights = weights;
  CHECK(*measure("cost", weighted).value == Approx(8.5));
}

TEST_CASE("cost: undefined where the rows have no costs") {
  constexpr std::array<double, 4> scores = {.9, .2, .6, .1};
  Sample sample;
  sample.target = k_target;
  sample.scores = scores;
  const auto value = measure("cost", sample);
  CHECK(value.status == Status::undefined);
  CHECK(value.why == "mlp.yaml gives no evaluation.decision.costs");
  CHECK(needs_costs("cost"));
  CHECK(needs_costs("value_per_1000"));
  CHECK_FALSE(needs_costs("recall"));
}

TEST_CASE("cost: costs of too few rows, or that are no number, are refused") {
  constexpr std::array<double, 4> scores = {.9, .2, .6, .1};
  Sample sample = with_scores(scores);
  sample.pass_cost = std::span(k_pass).first(3);
  CHECK(std::string(mlp::test::error_of([&] { validate(sample); }).what()) ==
        "cannot measure: 4 and 3 costs for 4 rows");
  constexpr std::array<double, 4> endless = {100, std::numeric_limits<double>::infinity(), 0, 0};
  sample.pass_cost = endless;
  CHECK(std::string(mlp::test::error_of([&] { validate(sample); }).what()) ==
        "cannot measure: 1 of 8 costs are NaN or infinite");
}

TEST_CASE("cheapest_threshold: amounts of the rows decide, not their number") {
  // Calling the first alone: 4 + 10; the second too, below the third's score: 4 + 4 + 4.
  constexpr std::array<double, 4> scores = {.9, .5, .6, .1};
  const auto choice = cheapest_threshold(with_scores(scores));
  CHECK(choice.threshold == Approx(.3));
  CHECK(choice.reached == Approx(12.0 / 4));
  // With the dear case at the bottom everybody is called: 4·4 against at least 100.
  constexpr std::array<double, 4> upside_down = {.1, .9, .5, .6};
  CHECK(cheapest_threshold(with_scores(upside_down)).threshold == Approx(0));
}

TEST_CASE("compare: cost is compared row by row, and two models must share their costs") {
  std::vector<double> target, better, worse, call, pass;
  for (int i = 0; i < 60; ++i) { // 30 positives of 1 … 30: the worse model misses the first ten of them
    const bool positive = i < 30;
    target.push_back(positive ? 1 : 0);
    better.push_back(positive ? .9 : .1);
    worse.push_back(positive && i >= 10 ? .9 : .1);
    call.push_back(0);
    pass.push_back(positive ? i + 1 : 0);
  }
  const auto sample = [&](const std::vector<double>& scores) {
    Sample one;
    one.target = target;
    one.scores = scores;
    one.call_cost = call;
    one.pass_cost = pass;
    return one;
  };
  const auto difference = compare("value_per_1000", sample(better), sample(worse), .025, {});
  CHECK(difference.method == "paired_t");
  CHECK(difference.delta == Approx(1000 * 55.0 / 60)); // 1 + 2 + … + 10
  CHECK(compare("cost", sample(better), sample(worse), .025, {}).delta == Approx(55.0 / 60)); // + is better
  Sample dearer = sample(worse);
  const std::vector<double> other(60, 1.0);
  dearer.call_cost = other;
  CHECK(std::string(mlp::test::error_of([&] {
                      static_cast<void>(compare("cost", sample(better), dearer, .025, {}));
                    }).what()) == "cannot compare two models: their samples differ in costs");
}
