#include "metrics/abstention.hpp"

#include "samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace mlp::metrics;

TEST_CASE("the surer the answers that are kept, the fewer the errors among them") {
  // ten rows of falling confidence; the last three are wrong
  test::Data data;
  data.scores = {.99, .02, .97, .04, .9, .85, .2, .7, .4, .45};
  data.target = {1, 0, 1, 0, 1, 1, 0, 0, 1, 1};
  const auto found = abstention(data.sample(), 0.95);
  REQUIRE(found.curve.size() == 10);
  CHECK(found.curve[0].coverage == 1.0);
  CHECK(found.curve[0].risk == doctest::Approx(0.3));
  CHECK(found.curve[0].confidence == doctest::Approx(0.55));
  CHECK(found.curve[3].coverage == doctest::Approx(0.7)); // the seven surest
  CHECK(found.curve[3].risk == 0.0);
  CHECK(found.curve[9].confidence == doctest::Approx(0.99));
}

TEST_CASE("rows of one confidence are answered together") {
  test::Data data;
  data.scores = {.9, .8, .8, .8};
  data.target = {1, 1, 0, 0};
  const auto found = abstention(data.sample(), 0.95);
  REQUIRE(found.curve.size() == 2); // one row, or all
  CHECK(found.curve[0].risk == doctest::Approx(0.5));
  CHECK(found.curve[1].coverage == doctest::Approx(0.25));
}

TEST_CASE("a share that would part rows of one confidence grows until it does not") {
  // 20 rows: one at .9, eight at .8, eleven at .6. Two fifths (8 rows) would part the rows at .8: 9 it is
  test::Data data;
  data.scores.assign(20, .6);
  data.scores[0] = .9;
  std::fill(data.scores.begin() + 1, data.scores.begin() + 9, .8);
  data.target.assign(20, 1.0);
  const auto found = abstention(data.sample(), 0.95);
  REQUIRE(found.curve.size() == 2); // one tenth is 2 rows: also within the rows at .8
  CHECK(found.curve[1].coverage == doctest::Approx(9.0 / 20.0));
}

TEST_CASE("confidently wrong: rate with Wilson's interval, what a calibrated model has, the worst first") {
  // ten rows of .9 or more, two wrong: rows 3 (.91) and 7 (.99, called 0)
  test::Data data;
  data.scores = {.9, .9, .9, .91, .95, .95, .95, .01, .95, .99, .6};
  data.target = {1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0};
  const auto confident = abstention(data.sample(), 0.95).confident;
  CHECK(confident.n == 10);
  CHECK(confident.wrong == 2);
  // Wilson of 2/10 is 1 − that of 8/10: .0566822 – .5098375
  CHECK(confident.interval->lower == doctest::Approx(1.0 - 0.9433178).epsilon(1e-5));
  CHECK(confident.interval->upper == doctest::Approx(1.0 - 0.4901625).epsilon(1e-6));
  // (3·.1 + .09 + 4·.05 + 2·.01) / 10
  CHECK(*confident.promised == doctest::Approx(0.061));
  CHECK(confident.worst == std::vector<std::size_t>{7, 3});
}

TEST_CASE("without a confident row there is no rate; several classes answer with the most probable one") {
  test::Data data;
  data.task = mlp::Task::multiclass;
  data.classes = 3;
  data.target = {0, 2};
  data.scores = {.5, .3, .2, .1, .6, .3};
  const auto found = abstention(data.sample(), 0.95);
  CHECK(found.confident.n == 0);
  CHECK_FALSE(found.confident.rate);
  CHECK(found.curve.back().risk == 1.0); // the surer row is the wrong one
  CHECK(found.curve.front().risk == doctest::Approx(0.5));
}

TEST_CASE("whole weights are rows that stand there more often; a row of weight 0 is not there") {
  test::Data weighted;
  weighted.scores = {.99, .95, .9, .7, .6, .98};
  weighted.target = {1, 0, 1, 1, 0, 0};
  weighted.weights = {3, 1, 2, 3, 1, 0};
  test::Data repeated;
  repeated.scores = {.99, .99, .99, .95, .9, .9, .7, .7, .7, .6};
  repeated.target = {1, 1, 1, 0, 1, 1, 1, 1, 1, 0};
  const auto one = abstention(weighted.sample(), .95);
  const auto other = abstention(repeated.sample(), .95);
  REQUIRE(one.curve.size() == other.curve.size());
  for (std::size_t i = 0; i < one.curve.size(); ++i) {
    CHECK(one.curve[i].confidence == other.curve[i].confidence);
    CHECK(one.curve[i].coverage == doctest::Approx(other.curve[i].coverage));
    CHECK(one.curve[i].risk == doctest::Approx(other.curve[i].risk));
  }
  CHECK(*one.confident.rate == doctest::Approx(1.0 / 6.0)); // weight 1 of 3 + 1 + 2
  CHECK(*one.confident.promised == doctest::Approx(*other.confident.promised));
  CHECK(one.confident.n == 3);                                            // rows
  CHECK(one.confident.interval->upper > other.confident.interval->upper); // fewer effective rows
}
