#include "metrics/dummy.hpp"
#include "metrics/metric.hpp"
#include "unit/metrics/samples.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace mlp::metrics;
using namespace mlp::metrics::test;
using mlp::Task;

namespace {

IntervalOptions options() {
  IntervalOptions result;
  result.replicates = 500;
  return result;
}

MetricValue skill(const std::string& name, const Sample& model, const Sample& other,
                  const IntervalOptions& how) {
  return measure_with_rivals({}, model, std::array{Rival{name, other}}, how).front();
}

} // namespace

TEST_CASE("skill: 1 - mse/mse by hand") {
  const Data model{Task::regression, {1, 2, 3}, {1, 2, 4}, {}}; // mse 1/3
  const Data other{Task::regression, {1, 2, 3}, {2, 2, 2}, {}}; // mse 2/3
  const auto value = skill("skill_vs_dummy", model.sample(), other.sample(), options());
  CHECK(value.name == "skill_vs_dummy");
  // a resample of three rows misses both errors of the other with (1/3)^3 = 3.7%: below the 5% allowed
  REQUIRE(value.status == Status::ok);
  CHECK(*value.value == doctest::Approx(0.5));
  CHECK(value.method == IntervalMethod::bootstrap);
}

TEST_CASE("skill: a model that ranks is better than guessing, one of shuffled labels is not") {
  Data data = random_binary(1000, 0.3, 2.0, 31);
  for (double& score : data.scores) {
    score = 0.1 + 0.6 * score; // no certain misses
  }
  Data guess = data;
  guess.scores = dummy_scores(Task::binary, data.target, {}, 1, data.target.size());
  CHECK(*skill("skill_vs_dummy", data.sample(), guess.sample(), options()).lower > 0.0);
  for (std::size_t row = 0; row < data.target.size(); ++row) {
    data.target[row] = uniform(31, 9, row) < 0.3 ? 1.0 : 0.0;
  }
  guess.target = data.target;
  const auto shuffled = skill("skill_vs_dummy", data.sample(), guess.sample(), options());
  CHECK_FALSE(*shuffled.lower >= 0.0);
}

TEST_CASE("skills stand behind the metrics, and are what they are alone") {
  Data data = random_binary(300, 0.4, 1.0, 5);
  Data guess = data;
  guess.scores = dummy_scores(Task::binary, data.target, {}, 1, data.target.size());
  Data other = data;
  for (double& score : other.scores) {
    score = 0.5 * score + 0.2;
  }
  const std::vector<std::string> names = {"f1", "log_loss"};
  const std::array rivals = {Rival{"skill_vs_dummy", guess.sample()},
                             Rival{"skill_vs_simple", other.sample()}};
  const auto together = measure_with_rivals(names, data.sample(), rivals, options());
  REQUIRE(together.size() == 4);
  const auto plain = measure_with_intervals(names, data.sample(), options());
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(mlp::metrics::to_json(together[i]) == mlp::metrics::to_json(plain[i]));
    const auto alone = skill(rivals[i].skill, data.sample(), rivals[i].sample, options());
    CHECK(mlp::metrics::to_json(together[2 + i]) == mlp::metrics::to_json(alone));
  }
}

TEST_CASE("skill: undefined where the other model makes no error") {
  const Data model{Task::regression, {1, 2}, {1, 3}, {}};
  const Data other{Task::regression, {1, 2}, {1, 2}, {}};
  const auto value = skill("skill_vs_simple", model.sample(), other.sample(), options());
  CHECK(value.status == Status::undefined);
  CHECK(value.why == "the other model makes no error: nothing can be better");
}
