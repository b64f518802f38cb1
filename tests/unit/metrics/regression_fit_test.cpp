#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

TEST_CASE("regression fit: equal to scikit-learn and scipy") {
  auto data = regression_data();
  // scikit-learn 1.9.1 on regression_data; wape: Σw|e| / Σw|y| = .55·12 / 32.2, Σw|y| =
  // 3+1+1+10.5+4.2+3+4+5.5
  check_values(data.sample(), {{"r2", 0.9173721442653369},
                               {"explained_variance", 0.9287370984576133},
                               {"d2_absolute_error", 0.6732673267326733},
                               {"medae", 0.4},
                               {"max_error", 1.0},
                               {"wape", 6.6 / 32.2}});
  data.weights.clear();
  check_values(data.sample(), {{"spearman", 0.9581010095306071}}); // scipy 1.17.1 spearmanr, one tie
}

TEST_CASE("regression fit: scikit-learn's documented examples") {
  const Data data{Task::regression, {3, -.5, 2, 7}, {2.5, 0, 2, 8}, {}};
  check_values(data.sample(), {{"r2", 0.9486081370449679},
                               {"explained_variance", 0.9571734475374732},
                               {"d2_absolute_error", 0.7647058823529411},
                               {"medae", 0.5}});
}

TEST_CASE("spearman: whole weights count like repeated rows") {
  const Data weighted{Task::regression, {1, 2, 3, 4}, {2, 1, 4, 4}, {2, 1, 3, 1}};
  const Data repeated{Task::regression, {1, 1, 2, 3, 3, 3, 4}, {2, 2, 1, 4, 4, 4, 4}, {}};
  check_values(weighted.sample(), {{"spearman", *measure("spearman", repeated.sample()).value}});
}

TEST_CASE("spearman: only the order counts") {
  const Data data{Task::regression, {1, 2, 3, 4}, {1, 10, 100, 1000}, {}};
  check_values(data.sample(), {{"spearman", 1.0}});
}

TEST_CASE("regression fit: constant targets leave r2 undefined, even for a perfect prediction") {
  // 0.1 three times: a mean that rounding moves off .1 must not make a spread
  const Data data{Task::regression, {.1, .1, .1}, {.1, .1, .1}, {}};
  check_undefined(data.sample(), "r2", "all targets are equal");
  check_undefined(data.sample(), "explained_variance", "all targets are equal");
  check_undefined(data.sample(), "d2_absolute_error", "all targets are equal");
  check_undefined(data.sample(), "spearman", "all targets or all predictions are equal");
  const Data zeros{Task::regression, {0, 0}, {1, 2}, {}};
  check_undefined(zeros.sample(), "wape", "all targets are 0");
}

TEST_CASE("max_error: a row of weight 0 is not there") {
  const Data data{Task::regression, {0, 0}, {9, 2}, {0, 1}};
  check_values(data.sample(), {{"max_error", 2.0}});
}

TEST_CASE("r2: a spread beyond the range of a double is named as such") {
  const Data data{Task::regression, {1e200, 0}, {1e200, 1e200}, {}};
  check_undefined(data.sample(), "r2", "it is too large for a double");
}

TEST_CASE(
    "adj_r2: 1 - (1 - r2)(n - 1)/(n - features - 1); undefined where features are unknown or too many") {
  Sample sample;
  const Data data = regression_data();
  sample = data.sample();
  sample.features = 3; // r2 is 0.9173721442653369 with these weights, n = 8: 1 - (1 - r2) · 7/4
  check_values(sample, {{"adj_r2", 0.8554012524643395}});
  for (const std::size_t features : {0U, 7U, 8U}) {
    sample.features = features;
    CHECK(measure("adj_r2", sample).status == Status::undefined);
  }
}
