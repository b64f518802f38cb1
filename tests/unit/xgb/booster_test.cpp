#include "base/error.hpp"
#include "base/random.hpp"
#include "support/xgboost.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using mlp::test::xgboost;
using mlp::xgb::Booster;
using mlp::xgb::FeatureColumn;
using mlp::xgb::Matrix;
using Params = std::map<std::string, std::string>;

namespace {

constexpr std::size_t k_rows = 400;
const std::vector<FeatureColumn> k_columns = {{"number", false}, {"category", true}};

double uniform(std::uint64_t stream, std::uint64_t row) {
  return static_cast<double>(mlp::random_bits(1, stream, row) >> 11U) * 0x1p-53;
}

// y depends on both columns, with noise: the number's threshold moves with the category (0…6); 5 % missing.
std::vector<float> sample_values() {
  std::vector<float> values;
  for (std::size_t row = 0; row < k_rows; ++row) {
    const bool missing = uniform(3, row) < 0.05;
    values.push_back(missing ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(uniform(0, row)));
    values.push_back(static_cast<float>(mlp::random_below(7, 1, 1, row)));
  }
  return values;
}

std::vector<float> sample_labels(const std::vector<float>& values) {
  std::vector<float> labels;
  for (std::size_t row = 0; row < k_rows; ++row) {
    const float threshold = std::fmod(values[2 * row + 1] * 3.0F, 7.0F) / 7.0F;
    labels.push_back((values[2 * row] > threshold) != (uniform(4, row) < 0.1) ? 1.0F : 0.0F);
  }
  return labels;
}

Matrix sample() {
  const auto values = sample_values();
  Matrix matrix(xgboost(), values, k_rows, k_columns, 1);
  matrix.set_labels(sample_labels(values));
  return matrix;
}

Booster trained(const Matrix& matrix, Params params, std::int64_t rounds) {
  params.insert({{"objective", "binary:logistic"}, {"tree_method", "hist"}, {"max_depth", "3"}});
  Booster booster(xgboost(), {&matrix}, params);
  for (std::int64_t round = 0; round < rounds; ++round) {
    booster.update(round, matrix);
  }
  return booster;
}

} // namespace

TEST_CASE(
    "a trained booster predicts the same after saving and loading, on a matrix and straight from rows") {
  const Matrix matrix = sample();
  const Booster booster = trained(matrix, {}, 5);
  const auto scores = booster.predict(matrix);
  const Booster loaded = Booster::load(xgboost(), booster.save_ubj(), 1);
  CHECK(scores.size() == k_rows);
  CHECK(loaded.predict(matrix) == scores);
  CHECK(loaded.predict_rows(sample_values(), k_rows) == scores);
  CHECK(loaded.rounds() == 5);
  CHECK(loaded.kind() == "gbtree");
  CHECK(loaded.feature_count() == 2);
  CHECK(loaded.predict_rows({}, 0).empty());
}

TEST_CASE("the model's bytes do not depend on the number of threads") {
  const Matrix matrix = sample();
  const Params sampling = {{"subsample", "0.7"}, {"colsample_bynode", "0.5"}, {"seed", "3"}};
  Params two = sampling;
  two["nthread"] = "2";
  Params one = sampling;
  one["nthread"] = "1";
  CHECK(trained(matrix, one, 10).save_ubj() == trained(matrix, two, 10).save_ubj());
}

TEST_CASE("keeping the first rounds leaves the model that was trained so far") {
  const Matrix matrix = sample();
  Booster booster = trained(matrix, {}, 9);
  booster.keep_rounds(4);
  CHECK(booster.rounds() == 4);
  CHECK(booster.save_ubj() == trained(matrix, {}, 4).save_ubj());
}

TEST_CASE("margins are the log-odds of the probabilities") {
  const Matrix matrix = sample();
  const Booster booster = trained(matrix, {}, 3);
  const auto margins = booster.predict(matrix, Booster::Output::margin);
  const auto scores = booster.predict(matrix);
  for (std::size_t row = 0; row < 20; ++row) {
    CHECK(1.0 / (1.0 + std::exp(-static_cast<double>(margins[row]))) == doctest::Approx(scores[row]));
  }
}

TEST_CASE("XGBoost's own metric is read by matrix and name, and equals the log-loss of the predictions") {
  const Matrix matrix = sample();
  const Booster booster = trained(matrix, {{"eval_metric", "logloss"}}, 3);
  const auto values = booster.evaluate(2, {{"train", &matrix}, {"again-b", &matrix}});
  const auto scores = booster.predict(matrix);
  const auto labels = sample_labels(sample_values());
  double loss = 0.0;
  for (std::size_t row = 0; row < k_rows; ++row) {
    loss -=
        std::log(labels[row] > 0 ? static_cast<double>(scores[row]) : 1.0 - static_cast<double>(scores[row]));
  }
  REQUIRE(values.size() == 2);
  CHECK(values.at("train-logloss") == doctest::Approx(loss / k_rows).epsilon(1e-6));
  CHECK(values.at("again-b-logloss") == values.at("train-logloss"));
}

TEST_CASE("weights change the model; feature names change its bytes, not its predictions") {
  const auto values = sample_values();
  Matrix weighted(xgboost(), values, k_rows, k_columns, 1);
  const auto labels = sample_labels(values);
  weighted.set_labels(labels);
  std::vector<float> weights;
  for (const float label : labels) {
    weights.push_back(1.0F + label);
  }
  weighted.set_weights(weights);
  const Matrix matrix = sample();
  Booster booster = trained(matrix, {}, 3);
  const auto plain = booster.predict(matrix);
  CHECK(trained(weighted, {}, 3).predict(matrix) != plain);
  const std::string before = booster.save_ubj();
  booster.set_feature_names(k_columns);
  CHECK(booster.save_ubj() != before);
  CHECK(booster.save_ubj().find("category") != std::string::npos);
  CHECK(booster.predict(matrix) == plain);
}

TEST_CASE(
    "a bad parameter value is an input error in XGBoost's own words, at the first update at the latest") {
  const Matrix matrix = sample();
  try {
    static_cast<void>(trained(matrix, {{"subsample", "7"}}, 1));
    FAIL("trained");
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::input);
    CHECK(std::string(error.what()).find("subsample") != std::string::npos);
    CHECK(std::string(error.what()).find("Stack trace") == std::string::npos);
  }
}

TEST_CASE("bytes that are no model are corrupt; rows of another width are refused") {
  CHECK_THROWS_AS(static_cast<void>(Booster::load(xgboost(), "{\"not\": \"a model\"}", 1)), mlp::Error);
  const Matrix matrix = sample();
  const Booster booster = trained(matrix, {}, 1);
  const std::vector<float> narrow = {1, 2, 3};
  CHECK_THROWS_AS(static_cast<void>(booster.predict_rows(narrow, 3)), mlp::Error);
}

TEST_CASE("contributions of each row add up to its margin, categories and missing values included") {
  const Matrix matrix = sample();
  const Booster booster = trained(matrix, {}, 20);
  const auto margins = booster.predict(matrix, Booster::Output::margin);
  const auto contributions = booster.contributions(matrix);
  REQUIRE(contributions.size() == 3 * k_rows); // two features and the base value
  double most_by_category = 0.0;
  for (std::size_t row = 0; row < k_rows; ++row) {
    const std::span<const float> line = std::span(contributions).subspan(3 * row, 3);
    const double sum =
        static_cast<double>(line[0]) + static_cast<double>(line[1]) + static_cast<double>(line[2]);
    REQUIRE(std::abs(sum - static_cast<double>(margins[row])) < 1e-5);
    most_by_category = std::max(most_by_category, std::abs(static_cast<double>(line[1])));
    CHECK(line[2] == contributions[2]); // the base value is the model's
  }
  CHECK(most_by_category > 0.1);
}

TEST_CASE("features are counted by index, even where their names would break XGBoost's own lists") {
  const Matrix matrix = sample();
  Booster booster = trained(matrix, {{"max_depth", "1"}}, 6);
  booster.set_feature_names({{"a \"b\"", false}, {"ü,{", true}});
  const auto use = booster.feature_use();
  REQUIRE(use.size() == 2);
  CHECK(use[0].splits + use[1].splits == 6); // one split a tree of depth 1
  CHECK(use[0].gain > 0.0);
  CHECK(use[0].cover > 0.0);
}

TEST_CASE("a prediction changes at a split point and nowhere between two of them") {
  const Matrix matrix = sample();
  const Booster booster = trained(matrix, {{"max_depth", "1"}, {"eta", "1"}}, 1);
  const auto cuts = booster.split_points(k_columns);
  REQUIRE(cuts.size() == 2);
  CHECK(cuts[1].empty()); // a category is cut by sets
  REQUIRE(cuts[0].size() == 1);
  const float cut = cuts[0][0];
  const float below = std::nextafterf(cut, 0.0F);
  const auto at = booster.predict_rows(std::vector<float>{0.0F, 0.0F, below, 0.0F, cut, 0.0F, 1.0F, 0.0F}, 4);
  CHECK(at[0] == at[1]);
  CHECK(at[1] != at[2]);
  CHECK(at[2] == at[3]);
}
