#include "metrics/metric.hpp"

#include "base/error.hpp"
#include "unit/metrics/samples.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace mlp::metrics;
using mlp::Task;
using mlp::metrics::test::binary_data;
using mlp::metrics::test::Data;
using mlp::metrics::test::multiclass_data;

TEST_CASE("validate: NaN and infinite scores are counted, not dropped") {
  auto data = binary_data();
  data.scores[2] = std::numeric_limits<double>::quiet_NaN();
  data.scores[5] = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH_AS(validate(data.sample()), "cannot measure: 2 of 12 scores are NaN or infinite",
                       mlp::Error);
}

TEST_CASE("validate: what is no sample is refused with the reason") {
  auto data = binary_data();
  data.scores[0] = 1.5;
  CHECK_THROWS_WITH_AS(validate(data.sample()),
                       "cannot measure: 1 of 12 scores are no probability between 0 and 1", mlp::Error);
  data = binary_data();
  data.target[0] = 2;
  CHECK_THROWS_WITH_AS(validate(data.sample()), "cannot measure: 1 of 12 targets are neither 0 nor 1",
                       mlp::Error);
  data = binary_data();
  data.weights[0] = -1;
  CHECK_THROWS_WITH_AS(validate(data.sample()),
                       "cannot measure: 1 of 12 weights are negative, NaN or infinite", mlp::Error);
  data = binary_data();
  data.weights.assign(12, 0.0);
  CHECK_THROWS_WITH_AS(validate(data.sample()), "cannot measure: all 12 weights are 0", mlp::Error);
  data = binary_data();
  data.scores.pop_back();
  CHECK_THROWS_AS(validate(data.sample()), mlp::Error);
  CHECK_THROWS_WITH_AS(validate(Sample{}), "cannot measure: there are no rows", mlp::Error);
}

TEST_CASE("validate: a multiclass row of zeros and a class beyond the last are refused") {
  auto data = multiclass_data();
  data.scores[0] = data.scores[1] = data.scores[2] = 0.0;
  CHECK_THROWS_WITH_AS(validate(data.sample()),
                       "cannot measure: 1 of 10 rows have no class of a probability above 0", mlp::Error);
  data = multiclass_data();
  data.target[0] = 3;
  CHECK_THROWS_WITH_AS(validate(data.sample()), "cannot measure: 1 of 10 targets are no index of a class",
                       mlp::Error);
}

TEST_CASE("confusion_matrix: counts by true and called class, at the threshold and at the argmax") {
  // binary_data: scores >= .5 are rows 0 to 4 and 11, of which 0, 2, 3, 11 are positive; .4 and .35 are
  // missed
  CHECK(confusion_matrix(binary_data().sample()) == std::vector<std::vector<std::int64_t>>{{4, 2}, {2, 4}});
  // class 0: rows 0 and 6 right, row 3 called 1; class 1: row 7 called 0; class 2: row 5 called 0, row 9
  // called 1
  CHECK(confusion_matrix(multiclass_data().sample()) ==
        std::vector<std::vector<std::int64_t>>{{2, 1, 0}, {1, 2, 0}, {1, 1, 2}});
}

TEST_CASE("confusion_matrix: a score at the threshold is called positive") {
  const Data data{Task::binary, {0}, {.5}, {}};
  CHECK(confusion_matrix(data.sample())[0][1] == 1);
}

TEST_CASE("to_json: an undefined value is null, with its reason and no interval") {
  MetricValue value;
  value.name = "precision";
  value.status = Status::undefined;
  value.n = 3;
  value.n_pos = 1;
  value.direction = Direction::higher_is_better;
  value.why = "no row is called positive at this threshold";
  CHECK(
      to_json(value).dump() ==
      R"({"ci":null,"ci_method":"none","direction":"higher_is_better","level":0.95,"n":3,"n_pos":1,)"
      R"("name":"precision","status":"undefined","value":null,"why":"no row is called positive at this threshold"})");
}

TEST_CASE("to_json: an interval is a pair") {
  MetricValue value;
  value.name = "mae";
  value.value = 0.5;
  value.lower = 0.25;
  value.upper = 0.75;
  value.method = IntervalMethod::normal;
  const mlp::Json json = to_json(value);
  CHECK(json["ci"].dump() == "[0.25,0.75]");
  CHECK(json["n_pos"].is_null());
  CHECK(json["ci_method"].as_string() == "normal");
}
