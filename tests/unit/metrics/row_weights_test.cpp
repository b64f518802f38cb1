#include "metrics/row_weights.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

using namespace mlp::metrics;

namespace {

Rows three_rows(std::vector<double> weights) {
  Rows rows;
  rows.target = {1.0, 0.0, 1.0};
  rows.scores = {0.9, 0.5, 0.1};
  rows.weights = std::move(weights);
  return rows;
}

std::vector<double> as_vector(std::span<const double> values) { return {values.begin(), values.end()}; }

} // namespace

TEST_CASE("RowWeights: rows of equal weight weigh 1, others as given") {
  const Rows equal = three_rows({});
  const Rows given = three_rows({2.0, 0.5, 4.0});
  std::array<double, 2> room{};
  RowWeights ones(equal);
  CHECK(as_vector(ones.block(1, room)) == std::vector{1.0, 1.0});
  CHECK(as_vector(ones.all()) == std::vector{1.0, 1.0, 1.0});
  RowWeights own(given);
  CHECK(as_vector(own.block(1, room)) == std::vector{0.5, 4.0});
  CHECK(own.all().data() == given.weights.data()); // read where they stand
}

TEST_CASE("RowWeights: a row counts as often as it was drawn, each draw anew, in blocks and all at once") {
  const Rows given = three_rows({2.0, 0.5, 4.0});
  RowWeights weights(given);
  std::array<double, 2> room{};
  const std::array<std::uint8_t, 3> first = {0, 3, 1};
  weights.draw(first);
  CHECK(as_vector(weights.block(0, room)) == std::vector{0.0, 1.5});
  CHECK(as_vector(weights.all()) == std::vector{0.0, 1.5, 4.0});
  CHECK(as_vector(weights.block(1, room)) == std::vector{1.5, 4.0});
  const std::array<std::uint8_t, 3> second = {2, 0, 0};
  weights.draw(second);
  CHECK(as_vector(weights.block(0, room)) == std::vector{4.0, 0.0});
  CHECK(as_vector(weights.all()) == std::vector{4.0, 0.0, 0.0});
  const Rows equal = three_rows({});
  RowWeights counts(equal);
  counts.draw(first);
  CHECK(as_vector(counts.all()) == std::vector{0.0, 3.0, 1.0});
}
