#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

TEST_CASE("interval_coverage, interval_width: the share of rows within, and twice the half width") {
  const Data data = regression_data();
  Sample sample = data.sample();
  sample.half_width = 0.45;
  // |errors| .5 .3 0 1 .3 .4 1 .5 with weights 1 2 .5 1.5 1 3 2 1: 6.5 of 12 are within
  check_values(sample, {{"interval_coverage", 6.5 / 12.0}, {"interval_width", 0.9}});
  sample.weights = {};
  check_values(sample, {{"interval_coverage", 0.5}});
  const std::vector<std::string> names = {"interval_coverage"};
  CHECK(measure_with_intervals(names, sample, {}).front().method == IntervalMethod::wilson);
}

TEST_CASE("interval_coverage is undefined where the predictions have no interval") {
  check_undefined(regression_data().sample(), "interval_coverage",
                  "there is no interval: it needs a model with enough validation rows");
}
