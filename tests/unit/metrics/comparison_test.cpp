#include "metrics/comparison.hpp"

#include "base/error.hpp"
#include "metrics/mcnemar.hpp"
#include "unit/metrics/samples.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

namespace {

IntervalOptions options() {
  IntervalOptions result;
  result.replicates = 500;
  return result;
}

/// Two models of certain calls: right together, only the first, only the second, neither.
std::pair<Data, Data> calls(const PairedCounts& counts) {
  std::pair<Data, Data> models;
  const auto add = [&](std::int64_t rows, double first, double second) {
    for (std::int64_t row = 0; row < rows; ++row) {
      models.first.target.push_back(1.0);
      models.second.target.push_back(1.0);
      models.first.scores.push_back(first);
      models.second.scores.push_back(second);
    }
  };
  add(counts.both_right, 1, 1);
  add(counts.first_only, 1, 0);
  add(counts.second_only, 0, 1);
  add(counts.both_wrong, 0, 0);
  return models;
}

/// The same rows with noise of one normal in their logit.
Data noisy(const Data& data, double noise, std::uint64_t seed) {
  Data result = data;
  for (std::size_t row = 0; row < data.scores.size(); ++row) {
    const double logit = std::log(data.scores[row] / (1.0 - data.scores[row])) + noise * normal(seed, 5, row);
    result.scores[row] = 1.0 / (1.0 + std::exp(-logit));
  }
  return result;
}

Difference compared(std::string_view metric, const Data& candidate, const Data& champion) {
  return compare(metric, candidate.sample(), champion.sample(), 0.05, options());
}

} // namespace

TEST_CASE("compare: accuracy by McNemar, mid-p from 25 discordant rows on, exact below") {
  const PairedCounts many{101, 121, 59, 33};
  const auto [first, second] = calls(many);
  const auto difference = compared("accuracy", first, second);
  CHECK(difference.method == "mcnemar_midp");
  CHECK(*difference.p_value == doctest::Approx(mcnemar_midp(many)));
  CHECK(difference.delta == doctest::Approx(62.0 / 314.0));
  const auto interval = newcombe_paired_interval(many, 0.9);
  CHECK(difference.lower == interval.lower);
  CHECK(difference.upper == interval.upper);
  // variance of one row: share of discordant rows less δ²
  CHECK(difference.standard_error ==
        doctest::Approx(std::sqrt((180.0 / 314.0 - std::pow(62.0 / 314.0, 2)) / 314.0)));
  const auto [third, fourth] = calls({50, 14, 10, 5});
  CHECK(compared("accuracy", third, fourth).method == "mcnemar_exact");
  const auto [fifth, sixth] = calls({50, 15, 10, 5});
  CHECK(compared("accuracy", fifth, sixth).method == "mcnemar_midp");
}

TEST_CASE("compare: proportions of fixed rows too, oriented so that + is better") {
  const auto [first, second] = calls({50, 20, 10, 5}); // all rows positive
  CHECK(compared("recall", first, second).delta == doctest::Approx(10.0 / 85.0));
  const auto missed = compared("fnr", first, second);
  CHECK(*missed.candidate < *missed.champion);
  CHECK(missed.delta == doctest::Approx(10.0 / 85.0));
  CHECK(missed.method == "mcnemar_midp");
  CHECK(missed.lower == compared("recall", first, second).lower);
}

TEST_CASE("compare: recall is compared over the positive rows, precision by resampling") {
  const Data data = random_binary(400, 0.3, 1.5, 41);
  const Data other = noisy(data, 0.5, 41);
  const auto recall = compared("recall", other, data);
  CHECK(recall.n == *measure("recall", data.sample()).n_pos);
  CHECK(recall.method.starts_with("mcnemar"));
  CHECK(compared("precision", other, data).method == "paired_bootstrap"); // each calls other rows
}

TEST_CASE("compare: AUC by paired DeLong, in agreement with the paired bootstrap") {
  const Data data = random_binary(500, 0.3, 1.5, 42);
  Data other = noisy(data, 1.0, 42);
  Data first = data;
  const auto delong = compared("roc_auc", other, first);
  CHECK(delong.method == "delong_paired");
  CHECK(delong.delta < 0.0);
  CHECK(*delong.p_value < 0.01);
  // barely unequal weights: too little to move the AUC, enough to rule DeLong out
  first.weights.assign(500, 1.0);
  first.weights[0] = 1.0001;
  other.weights = first.weights;
  const auto resampled = compared("roc_auc", other, first);
  CHECK(resampled.method == "paired_bootstrap");
  CHECK(resampled.standard_error == doctest::Approx(delong.standard_error).epsilon(0.15));
  CHECK(resampled.lower == doctest::Approx(delong.lower).epsilon(0.3));
}

TEST_CASE("compare: a row's losses by paired t, fewer than 50 rows by resampling") {
  const Data data = random_binary(200, 0.3, 1.5, 43);
  const auto difference = compared("log_loss", noisy(data, 1.0, 43), data);
  CHECK(difference.method == "paired_t");
  CHECK(difference.delta == doctest::Approx(*difference.champion - *difference.candidate));
  const Data few = random_binary(49, 0.3, 1.5, 43);
  CHECK(compared("log_loss", noisy(few, 1.0, 43), few).method == "paired_bootstrap");
}

TEST_CASE("compare: paired t by hand") {
  // 50 rows; the candidate's absolute error is 1 everywhere, the champion's 1 and 3 in turn: δ = 1, s² =
  // 50/49
  Data champion{Task::regression, std::vector<double>(50, 0.0), {}, {}};
  Data candidate{Task::regression, std::vector<double>(50, 0.0), std::vector<double>(50, 1.0), {}};
  for (int row = 0; row < 50; ++row) {
    champion.scores.push_back(row % 2 == 0 ? 1.0 : 3.0);
  }
  const auto difference = compared("mae", candidate, champion);
  CHECK(difference.delta == doctest::Approx(1.0));
  CHECK(difference.standard_error == doctest::Approx(std::sqrt(1.0 / 49.0)));
  CHECK(difference.upper == doctest::Approx(1.0 + 1.6765508926168535 / 7.0)); // t of 49 degrees at .95
}

TEST_CASE("compare: the same predictions differ by nothing, with p = 1") {
  const Data data = random_binary(200, 0.3, 1.5, 44);
  for (const auto* metric : {"roc_auc", "accuracy", "log_loss", "f1"}) {
    CAPTURE(metric);
    const auto difference = compared(metric, data, data);
    CHECK(difference.delta == 0.0);
    CHECK(*difference.p_value == 1.0);
  }
}

TEST_CASE("compare: an undefined metric of either model leaves nothing to compare, and says whose") {
  const Data data{Task::binary, {1, 0}, {.9, .2}, {}};
  const Data silent{Task::binary, {1, 0}, {.1, .2}, {}};
  const auto difference = compared("precision", data, silent);
  CHECK(difference.status == Status::undefined);
  CHECK(difference.why ==
        "the champion's precision is undefined: no row is called positive at this threshold");
  CHECK(compared("precision", silent, data).why.starts_with("the candidate's precision"));
}

TEST_CASE("compare: other rows, and metrics without a better direction, are refused") {
  const Data data = random_binary(60, 0.3, 1.5, 45);
  Data other = data;
  other.target[0] = 1.0 - other.target[0];
  CHECK_THROWS_AS(compared("accuracy", data, other), mlp::Error);
  CHECK_THROWS_WITH_AS(compared("prevalence", data, data),
                       "cannot compare two models by 'prevalence': neither higher nor lower is better",
                       mlp::Error);
  CHECK_THROWS_AS(compare("accuracy", data.sample(), data.sample(), 0.5, options()), mlp::Error);
}

TEST_CASE("compare: McNemar's one-sided bounds err about 5 times in 100 between equal models") {
  int below = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    PairedCounts counts;
    for (std::uint64_t row = 0; row < 300; ++row) {
      const double u = uniform(seed, 8, row);
      ++(u < 0.05 ? counts.first_only : u < 0.10 ? counts.second_only : counts.both_right);
    }
    below += newcombe_paired_interval(counts, 0.9).upper < 0.0 ? 1 : 0;
  }
  CHECK(below >= 400 * 0.02);
  CHECK(below <= 400 * 0.09);
}
