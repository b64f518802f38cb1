#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

TEST_CASE("multiclass ece: the gap of top probability and being right") {
  // four rows all call class 0 with .6; two are right: |.5 - .6|
  const Data data{Task::multiclass, {0, 0, 1, 2}, {.6, .3, .1, .6, .3, .1, .6, .3, .1, .6, .3, .1}, {}, 3};
  // classwise: |.5 - .6|, |.25 - .3|, |.25 - .1| over three
  check_values(data.sample(), {{"ece", 0.1}, {"ece_classwise", (0.1 + 0.05 + 0.15) / 3.0}});
}
