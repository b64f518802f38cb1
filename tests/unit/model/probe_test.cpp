#include "model/probe.hpp"

#include "trained_model.hpp"

#include <doctest/doctest.h>

#include <array>

using mlp::model::Predictor;
using mlp::model::probe_of;
using mlp::model::Swap;
using mlp::test::xgboost;

TEST_CASE(
    "a swap moves one feature's values between rows, and the next swap begins with the rows as they are") {
  const auto table = mlp::test::steps(); // x alone decides: it is 0 in row 0 and 9 in row 19
  const Predictor predictor(mlp::test::step_model(), xgboost(), 1);
  const auto probe = probe_of(predictor, table, {0, 19});
  const auto scores = probe->scores();
  REQUIRE(scores.size() == 2);
  REQUIRE(scores[0] < scores[1]);
  const std::array<Swap, 3> swaps = {Swap{0, {1, 0}}, Swap{1, {1, 0}}, Swap{0, {1, 1}}};
  const auto after = probe->scores_after(swaps);
  REQUIRE(after.size() == 3);
  CHECK(after[0] == std::vector{scores[1], scores[0]});
  CHECK(after[1] == scores); // the other feature tells nothing
  CHECK(after[2] == std::vector{scores[1], scores[1]});
}

TEST_CASE("a probe of some rows is that of these rows alone") {
  const auto table = mlp::test::steps();
  const Predictor predictor(mlp::test::step_model(), xgboost(), 1);
  const auto whole = probe_of(predictor, table, {0, 7, 19});
  const auto some = whole->of(std::array{2U, 0U});
  CHECK(some->rows() == 2);
  CHECK(some->scores() == std::vector{whole->scores()[2], whole->scores()[0]});
}
