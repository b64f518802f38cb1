#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

TEST_CASE("probability metrics: equal to scikit-learn on weighted rows") {
  // scikit-learn 1.9.1 on binary_data: log_loss, brier_score_loss, d2_brier_score
  check_values(binary_data().sample(), {{"log_loss", 0.6889971011876289}, {"brier", 0.24762499999999996}});
  // close to 0: absolute
  CHECK(std::abs(*measure("brier_skill", binary_data().sample()).value - -0.0005050505050501197) < 1e-12);
}

TEST_CASE("log_loss, brier: scikit-learn's documented examples") {
  const Data spam{Task::binary, {1, 0, 0, 1}, {.9, .1, .2, .65}, {}};
  check_values(spam.sample(), {{"log_loss", 0.21616187468057912}});
  const Data brier{Task::binary, {0, 1, 1, 0}, {.1, .9, .8, .3}, {}};
  check_values(brier.sample(), {{"brier", 0.0375}});
}

TEST_CASE("log_loss: a certain miss costs 52 ln 2, the epsilon of a double") {
  const Data data{Task::binary, {1}, {0.0}, {}};
  check_values(data.sample(), {{"log_loss", 52.0 * std::log(2.0)}});
}

TEST_CASE("brier_skill: undefined without a second class to be told apart") {
  const Data data{Task::binary, {1, 1}, {.9, .8}, {}};
  check_undefined(data.sample(), "brier_skill", "only one class is present");
}
