#include "metrics/row_means.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using namespace mlp::metrics;

TEST_CASE("RowMeans: the mean under the weights given, its transform, and NaN without values") {
  std::vector<RowMean> means(3);
  means[0].values = {1.0, 4.0};
  means[1].values = {1.0, 4.0};
  means[1].transform = [](double mean) { return std::sqrt(mean); };
  means[2].why = "not here";
  const RowMeans statistic(std::move(means));
  std::array<double, 3> values{};
  const std::array<double, 2> given = {1.0, 2.0};
  RowWeights weights{std::span<const double>(given)};
  statistic.evaluate(weights, values);
  CHECK(values[0] == 3.0); // (1 + 2·4)/3
  CHECK(values[1] == std::sqrt(3.0));
  CHECK(std::isnan(values[2]));
  CHECK(statistic.why_undefined(2) == "not here");
  CHECK(statistic.row_values(0).size() == 2);
  CHECK(statistic.row_values(1).empty()); // a root of a mean is no mean
}
