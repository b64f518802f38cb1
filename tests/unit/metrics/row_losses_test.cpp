#include "metrics/row_losses.hpp"

#include "unit/metrics/samples.hpp"

#include <doctest/doctest.h>

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

TEST_CASE("skill_losses: log loss of classes, squared error of values") {
  const Data binary{Task::binary, {0}, {.25}, {}};
  CHECK(skill_losses(canonical(binary.sample()))[0] == doctest::Approx(-std::log(.75)));
  const Data multiclass{Task::multiclass, {2}, {.1, .1, .2}, {}, 3}; // .2 of .4
  CHECK(skill_losses(canonical(multiclass.sample()))[0] == doctest::Approx(std::log(2.0)));
  const Data regression{Task::regression, {3}, {5}, {}};
  CHECK(skill_losses(canonical(regression.sample()))[0] == 4.0);
}
