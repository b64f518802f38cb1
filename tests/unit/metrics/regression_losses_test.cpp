#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

#include <cmath>

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

TEST_CASE("regression losses: equal to scikit-learn on weighted rows") {
  // scikit-learn 1.9.1 on regression_data
  check_values(regression_data().sample(), {{"mae", 0.5499999999999999},
                                            {"mse", 0.3958333333333333},
                                            {"rmse", 0.6291528696058958},
                                            {"mape", 0.32860750360750357},
                                            {"rmsle", 0.1856092142160751},
                                            {"pinball@0.1", 0.36833333333333335},
                                            {"pinball@0.5", 0.5499999999999999 / 2.0},
                                            {"pinball@0.9", 0.18166666666666664},
                                            {"poisson_deviance", 0.17755968489527577},
                                            {"tweedie_deviance@1.5", 0.18135646987873352},
                                            {"gamma_deviance", 0.25032273260499877}});
}

TEST_CASE("regression losses: scikit-learn's documented examples") {
  const Data data{Task::regression, {3, -.5, 2, 7}, {2.5, 0, 2, 8}, {}};
  check_values(data.sample(),
               {{"mae", 0.5}, {"mse", 0.375}, {"rmse", 0.6123724356957945}, {"mape", 0.3273809523809524}});
  const Data pinball{Task::regression, {1, 2, 3}, {0, 2, 3}, {}};
  check_values(pinball.sample(), {{"pinball@0.1", 0.1 / 3.0}, {"pinball@0.9", 0.3}});
  const Data above{Task::regression, {1, 2, 3}, {1, 2, 4}, {}};
  check_values(above.sample(), {{"pinball@0.1", 0.3}});
  const Data logarithmic{Task::regression, {3, 5, 2.5, 7}, {2.5, 5, 4, 8}, {}};
  check_values(logarithmic.sample(), {{"rmsle", std::sqrt(0.03973012298459376)}});
  const Data poisson{Task::regression, {2, 0, 1, 4}, {.5, .5, 2, 2}, {}};
  check_values(poisson.sample(), {{"poisson_deviance", 1.4260151319598084}});
  const Data gamma{Task::regression, {2, .5, 1, 4}, {.5, .5, 2, 2}, {}};
  check_values(gamma.sample(), {{"gamma_deviance", 1.0568528194400546}});
}

TEST_CASE("bias: above 0 where predictions are too high") {
  // errors -.5, .5, 0, 1
  const Data data{Task::regression, {3, -.5, 2, 7}, {2.5, 0, 2, 8}, {}};
  check_values(data.sample(), {{"bias", 0.25}});
}

TEST_CASE("smape: by hand; a row that is right about 0 counts 0") {
  // 2·1/(1+2) = 2/3 and 0
  const Data data{Task::regression, {1, 0}, {2, 0}, {}};
  check_values(data.sample(), {{"smape", 1.0 / 3.0}});
}

TEST_CASE("mape: undefined with the share of targets that are 0, not a number of 1e14") {
  const Data data{Task::regression, {1, 0, 0, 4}, {1, 1, 1, 1}, {}};
  check_undefined(data.sample(), "mape", "2 of 4 rows (50%) have a target of 0; see wape");
}

TEST_CASE("regression losses: rows outside a loss's domain leave it undefined") {
  const Data data{Task::regression, {-1, 2}, {1, 0}, {}};
  check_undefined(data.sample(), "rmsle", "1 of 2 rows (50%) have a target or prediction of -1 or less");
  check_undefined(data.sample(), "poisson_deviance",
                  "2 of 2 rows (100%) have a target below 0 or a prediction of 0 or less");
  check_undefined(data.sample(), "gamma_deviance",
                  "2 of 2 rows (100%) have a target or prediction of 0 or less");
}

TEST_CASE("mse: beyond the range of a double it is undefined, not infinite") {
  const Data data{Task::regression, {1e200, 0}, {-1e200, 0}, {}};
  check_undefined(data.sample(), "mse", "it is too large for a double");
}

TEST_CASE("pinball@q, tweedie_deviance@p: equal to scikit-learn for any parameter, weighted") {
  check_values(regression_data().sample(), {{"pinball@0.25", 1.0 / 3.0},
                                            {"pinball@0.8", 0.205},
                                            {"pinball@80%", 0.205},
                                            {"tweedie_deviance@1.2", 0.17211079216639594},
                                            {"tweedie_deviance@1.9", 0.23013501623655644},
                                            {"tweedie_deviance@1.5", 0.18135646987873358}});
}
