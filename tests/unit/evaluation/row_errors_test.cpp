#include "evaluation/row_errors.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace mlp::evaluation;

namespace {

Scored regression(std::vector<double> target, std::vector<double> model) {
  Scored scored;
  scored.task = mlp::Task::regression;
  scored.target = std::move(target);
  scored.model = std::move(model);
  return scored;
}

} // namespace

TEST_CASE("error bins hold as many rows each, in order of the prediction") {
  std::vector<double> target;
  std::vector<double> model;
  for (int i = 0; i < 100; ++i) {
    model.push_back(99 - i);
    target.push_back(99 - i - (i % 2 == 0 ? 1 : 3)); // errors 1 and 3: mean 2
  }
  const auto bins = error_bins(regression(target, model), .95);
  REQUIRE(bins.size() == 10);
  CHECK(bins.front().n == 10);
  CHECK(bins.front().prediction == doctest::Approx(4.5));
  CHECK(bins.front().target == doctest::Approx(2.5));
  CHECK(bins.front().error == doctest::Approx(2.0));
  // standard deviation of five 1 and five 3: sqrt(10 / 9); 1.96 · sqrt(10 / 9 / 10) = 0.6533
  CHECK(bins.front().half_width == doctest::Approx(0.6533).epsilon(1e-4));
  const auto narrow = error_bins(regression(target, model), .68); // half of it, by z = 0.9945
  CHECK(narrow.front().half_width == doctest::Approx(0.6533 * 0.9945 / 1.96).epsilon(1e-3));
  CHECK(bins.back().prediction == doctest::Approx(94.5));
}

TEST_CASE("equal predictions share a bin, and few rows make few bins") {
  CHECK(error_bins(regression(std::vector<double>(50, 1.0), std::vector<double>(50, 2.0)), .95).size() == 1);
  const auto bins = error_bins(regression({1, 2, 3}, {1, 1, 5}), .95);
  REQUIRE(bins.size() == 2);
  CHECK(bins[0].n == 2);
  CHECK(bins[1].half_width == 0.0);
}

TEST_CASE("the worst rows come first: by loss of probability, or by the absolute error") {
  CHECK(worst_rows(regression({0, 0, 0, 0}, {1, -5, 2, 5}), 3) == std::vector<std::size_t>{1, 3, 2});
  Scored binary;
  binary.classes = {"no", "yes"};
  binary.target = {1, 0, 1, 0};
  binary.model = {0.9, 0.8, 0.0, 0.1}; // losses 0.105, 1.609, infinite, 0.105
  CHECK(worst_rows(binary, 9) == std::vector<std::size_t>{2, 1, 0, 3});
  Scored multiclass;
  multiclass.task = mlp::Task::multiclass;
  multiclass.classes = {"a", "b", "c"};
  multiclass.target = {0, 2};
  multiclass.model = {0.5, 0.3, 0.2, 0.6, 0.3, 0.1};
  CHECK(worst_rows(multiclass, 1) == std::vector<std::size_t>{1});
}
