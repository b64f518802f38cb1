#include "base/error.hpp"
#include "support/xgboost.hpp"

#include <doctest/doctest.h>

#include <limits>

using mlp::xgb::Matrix;

namespace {

constexpr float k_nan = std::numeric_limits<float>::quiet_NaN();

} // namespace

TEST_CASE("a matrix holds the rows it was given, missing values among them") {
  const std::vector<float> values = {1, k_nan, 2, 0, 3, 1};
  const Matrix matrix(mlp::test::xgboost(), values, 3, {{"a", false}, {"b", true}}, 1);
  CHECK(matrix.rows() == 3);
}

TEST_CASE("sparse rows make a matrix of as many rows") {
  const mlp::xgb::SparseRows rows{{0, 1, 1, 3}, {0, 0, 2}, {1.0F, 2.0F, 3.0F}, 3};
  CHECK(Matrix(mlp::test::xgboost(), rows, 1).rows() == 3);
}

TEST_CASE("infinite values and labels that are no numbers are refused in XGBoost's words") {
  const std::vector<float> infinite = {1, std::numeric_limits<float>::infinity()};
  CHECK_THROWS_AS(Matrix(mlp::test::xgboost(), infinite, 2, {{"a", false}}, 1), mlp::Error);
  const std::vector<float> values = {1, 2};
  Matrix matrix(mlp::test::xgboost(), values, 2, {{"a", false}}, 1);
  const std::vector<float> labels = {0, k_nan};
  CHECK_THROWS_WITH_AS(matrix.set_labels(labels),
                       "cannot hand the labels to XGBoost: Label contains NaN, infinity or a value too large",
                       mlp::Error);
}

TEST_CASE("a buffer of another size than rows × columns is a bug, not a crash") {
  const std::vector<float> values = {1, 2, 3};
  CHECK_THROWS_AS(Matrix(mlp::test::xgboost(), values, 2, {{"a", false}}, 1), mlp::Error);
}
