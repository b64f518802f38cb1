#include "evaluation/group_links.hpp"

#include "base/random.hpp"
#include "support/tables.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

using doctest::Approx;
using namespace mlp;
using namespace mlp::evaluation;
using namespace mlp::test;

namespace {

constexpr Eligibility k_any = {2, 1};

Slice group_of(const std::string& label, std::vector<std::uint32_t> at) {
  return {label, {"g"}, std::move(at)};
}

Scored predicting(Task task, std::vector<double> target, std::vector<double> scores) {
  Scored scored;
  scored.task = task;
  scored.classes = {"no", "yes"};
  scored.target = std::move(target);
  scored.model = std::move(scores);
  return scored;
}

} // namespace

TEST_CASE("distribution_gaps: Kolmogorov and Smirnov's distance, as scipy has it") {
  // scipy.stats.ks_2samp([1..5], [3..7]): D = .4. Here the second stands twice, to be the reference.
  const Scored scored = predicting(Task::regression, std::vector<double>(15, 0.0),
                                   {1, 2, 3, 4, 5, 3, 4, 5, 6, 7, 3, 4, 5, 6, 7});
  const auto gaps = distribution_gaps(
      scored, {group_of("g=a", {0, 1, 2, 3, 4}), group_of("g=b", {5, 6, 7, 8, 9, 10, 11, 12, 13, 14})},
      k_any);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].group == "g=a");
  CHECK(gaps[0].reference == "g=b");
  CHECK(gaps[0].distance == Approx(.4)); // at 2: 2/5 against none
  CHECK(gaps[0].p_value > .5);
  CHECK(gaps[0].p_holm == gaps[0].p_value);
  std::vector<double> far(200);
  std::iota(far.begin(), far.end(), 0.0);
  std::vector<std::uint32_t> low(100), high(100);
  std::iota(low.begin(), low.end(), 0U);
  std::iota(high.begin(), high.end(), 100U);
  const auto apart = distribution_gaps(predicting(Task::regression, far, far),
                                       {group_of("g=a", low), group_of("g=b", high)}, k_any);
  CHECK(apart[0].distance == Approx(1));
  CHECK(apart[0].p_value < 1e-12);
  CHECK(distribution_gaps(predicting(Task::binary, far, far), {group_of("g=a", low)}, k_any).empty());
}

TEST_CASE("score_link: the correlation of score and group where the target is the same") {
  // Within each class the group's scores are .2 higher and nothing else varies: 1. Without the group's
  // doing, of scores that the target alone explains, there is none.
  const std::vector<double> target = {0, 0, 0, 0, 1, 1, 1, 1};
  const std::vector<Slice> groups = {group_of("g=a", {0, 1, 4}), group_of("g=b", {2, 3, 5, 6, 7})};
  const auto biased =
      score_link(predicting(Task::binary, target, {.3, .3, .1, .1, .8, .6, .6, .6}), groups, k_any, .95);
  REQUIRE(biased);
  CHECK(std::abs(biased->correlation) == Approx(1));
  // numpy, of the residuals on the target: r = 0.358569
  const auto partial =
      score_link(predicting(Task::binary, target, {.2, .4, .1, .3, .8, .6, .9, .7}), groups, k_any, .95);
  CHECK(partial->correlation == Approx(0.358569).epsilon(1e-5));
  CHECK(partial->lower < 0);
  CHECK(partial->upper > 0);
  CHECK_FALSE(score_link(predicting(Task::binary, target, std::vector<double>(8, .5)), groups, k_any, .95));
}

TEST_CASE("missingness_gap: the feature whose values are missing most unevenly") {
  const double gone = k_missing_number;
  const auto table =
      table_of({number_column("x", {gone, 1, 1, 1, 1, 1}), number_column("z", {gone, gone, 1, 1, gone, 1})});
  const std::vector<std::uint32_t> rows = {0, 1, 2, 3, 4, 5};
  const std::vector<Slice> groups = {group_of("g=a", {0, 1, 2}), group_of("g=b", {3, 4, 5})};
  const auto gap = missingness_gap(table, rows, groups, {"x", "z"}, k_any);
  REQUIRE(gap);
  CHECK(gap->column == "x"); // a third of a's rows and none of b's, as of z 2/3 and 1/3: the first of equals
  CHECK(gap->value == Approx(1.0 / 3));
  CHECK(gap->highest == "g=a");
  CHECK(gap->lowest == "g=b");
  CHECK_FALSE(
      missingness_gap(table, {2, 3, 5}, {group_of("g=a", {0, 1}), group_of("g=b", {2})}, {"x"}, k_any));
}

TEST_CASE("single_feature_tells: numbers by their ranks whichever way, categories by other rows alone") {
  std::vector<double> up, noise;
  std::vector<std::string> words, unique;
  std::vector<bool> member;
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < 400; ++row) {
    const bool is_member = row % 2 == 0;
    member.push_back(is_member);
    rows.push_back(row);
    up.push_back(is_member ? -1.0 - row : 1.0 + row);
    noise.push_back(static_cast<double>(random_below(1000, 3, 1, row)));
    words.push_back(is_member ? "m" : "n");
    unique.push_back("u" + std::to_string(row)); // names rows: learnt by heart, it would tell everything
  }
  const auto table = table_of({number_column("up", up), number_column("noise", noise),
                               category_column("word", words), category_column("unique", unique)});
  const auto tells = single_feature_tells(table, rows, member, {"noise", "unique", "up", "word"});
  REQUIRE(tells.size() == 4);
  CHECK(tells[0].feature == "up");
  CHECK(tells[0].auc == Approx(1));
  CHECK(tells[1].feature == "word");
  CHECK(tells[1].auc == Approx(1));
  CHECK(tells[2].auc < .6);
  CHECK(tells[3].auc < .6);
}

TEST_CASE("permutation_p: small where the groups are told apart, large where they are not") {
  std::vector<std::size_t> group;
  std::vector<double> telling, guessing;
  for (std::size_t row = 0; row < 120; ++row) {
    group.push_back(row % 3);
    for (std::size_t g = 0; g < 3; ++g) {
      telling.push_back(g == row % 3 ? .8 : .1);
      guessing.push_back(static_cast<double>(random_below(1000, 5, g, row)) / 1000.0);
    }
  }
  CHECK(permutation_p(group, telling, 3, 1.0) == Approx(1.0 / 201));
  CHECK(permutation_p(group, guessing, 3, .5) > .5); // the best of three is above one half nearly always
}
