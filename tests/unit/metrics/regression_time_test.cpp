#include "unit/metrics/expect.hpp"
#include "unit/metrics/samples.hpp"

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

namespace {

/// regression_data in the order of its rows, by times 0, 1, …
Sample in_time(const Data& data, const std::vector<std::uint32_t>& times) {
  Sample sample = data.sample();
  sample.dependence = Dependence::time;
  sample.places = times;
  return sample;
}

} // namespace

TEST_CASE("mase@n: mae over the mean change from n rows earlier, weighted and not") {
  const std::vector<std::uint32_t> times = {0, 1, 2, 3, 4, 5, 6, 7};
  Data data = regression_data();
  // np.average(|t - p|, weights=w) / np.average(|diff(t)|, weights=w[1:])
  check_values(in_time(data, times), {{"mase@1", 0.19422150882825037}});
  data.weights.clear();
  // mean |error| 4/8; |t[i] - t[i-2]| = 1 6.5 2.2 6 2.2 4.5: 22.4/6; 0.5 / 3.7333…
  check_values(in_time(data, times), {{"mase@2", 0.13392857142857145}});
}

TEST_CASE("mase@n reads the rows by their times, in whatever order they come") {
  Data data = regression_data();
  const std::vector<std::uint32_t> times = {0, 1, 2, 3, 4, 5, 6, 7};
  const double value = *measure("mase@1", in_time(data, times)).value;
  for (auto* values : {&data.target, &data.scores, &data.weights}) {
    std::swap((*values)[0], (*values)[5]);
  }
  const std::vector<std::uint32_t> swapped = {50, 10, 20, 30, 40, 0, 60, 70};
  CHECK(*measure("mase@1", in_time(data, swapped)).value == doctest::Approx(value).epsilon(1e-12));
}

TEST_CASE("mase@n is undefined without times, with two rows of one time, or a target that stands still") {
  Data data = regression_data();
  check_undefined(data.sample(), "mase@1", "it needs a column of role time and none of role group");
  const std::vector<std::uint32_t> tied = {0, 1, 2, 3, 3, 5, 6, 7};
  check_undefined(in_time(data, tied), "mase@1", "several rows are of the same time");
  const std::vector<std::uint32_t> times = {0, 1, 2, 3, 4, 5, 6, 7};
  check_undefined(in_time(data, times), "mase@8", "there are only 8 rows");
  data.target.assign(8, 2.0);
  check_undefined(in_time(data, times), "mase@1", "the target never changes from one season to the next");
}

TEST_CASE("mase@n has an interval, and cannot stop a training") {
  const std::vector<std::uint32_t> times = {0, 1, 2, 3, 4, 5, 6, 7};
  const Data data = regression_data();
  const std::vector<std::string> names = {"mase@1"};
  const auto value = measure_with_intervals(names, in_time(data, times), {}).front();
  CHECK(value.status == Status::ok);
  CHECK(*value.lower < *value.value);
  CHECK(*value.upper > *value.value);
  CHECK_FALSE(can_steer(*find_metric(Task::regression, "mase@1")));
  CHECK(can_steer(*find_metric(Task::regression, "rmse")));
  CHECK_FALSE(can_steer(*find_metric(Task::regression, "bias")));
}
