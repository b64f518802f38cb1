#include "evaluation/evaluation.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>

using doctest::Approx;
using mlp::Json;
using mlp::Task;
using mlp::evaluation::evaluate;
using mlp::evaluation::Evaluation;
using mlp::evaluation::Scored;
using mlp::evaluation::Slice;
using mlp::evaluation::SliceResult;
using mlp::metrics::MetricValue;
using mlp::metrics::Status;

namespace {

mlp::config::Project showing(std::vector<std::string> metrics) {
  mlp::config::Project project;
  project.evaluation.metrics = std::move(metrics);
  project.evaluation.bootstrap = 200;
  return project;
}

const MetricValue& value_of(const std::vector<MetricValue>& values, std::string_view name) {
  for (const MetricValue& value : values) {
    if (value.name == name) {
      return value;
    }
  }
  FAIL("no metric ", std::string(name));
  return values.front();
}

double number(const std::vector<MetricValue>& values, std::string_view name) {
  const MetricValue& value = value_of(values, name);
  INFO(value.name, ": ", value.why);
  REQUIRE(value.value);
  return *value.value;
}

/// The same rows `times` over: no metric changes, and intervals have rows enough.
std::vector<double> repeated(const std::vector<double>& values, int times) {
  std::vector<double> result;
  for (int i = 0; i < times; ++i) {
    result.insert(result.end(), values.begin(), values.end());
  }
  return result;
}

/// The 18 rows of Fairlearn's user guide ("perform fairness assessment"), groups a, b and c.
struct Fairlearn {
  Scored scored;
  std::vector<Slice> groups = {
      {"group=a", {"group"}, {}}, {"group=b", {"group"}, {}}, {"group=c", {"group"}, {}}};

  Fairlearn() {
    scored.classes = {"0", "1"};
    scored.target = {0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1};
    scored.model = {0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0};
    scored.dummy = std::vector<double>(18, 12.0 / 18.0);
    const std::string group = "bbabbcccaacabccbcc";
    for (std::uint32_t row = 0; row < group.size(); ++row) {
      groups[static_cast<std::size_t>(group[row] - 'a')].at.push_back(row);
    }
  }
};

Scored ranked_rows(int times) {
  Scored scored;
  scored.classes = {"No", "Yes"};
  scored.target = repeated({0, 0, 1, 1}, times);
  scored.model = repeated({.1, .4, .35, .8}, times);
  scored.dummy = repeated({.5, .5, .5, .5}, times);
  return scored;
}

} // namespace

TEST_CASE("evaluate: Fairlearn's worked example, overall and by group") {
  const Fairlearn data;
  const Evaluation result = evaluate(data.scored, data.groups, showing({"recall", "fpr"}));
  CHECK(result.n == 18);
  CHECK(number(result.metrics, "recall") == Approx(.5));
  CHECK(number(result.metrics, "fpr") == Approx(.666667).epsilon(1e-5));
  CHECK(number(result.metrics, "selection_rate") == Approx(.555556).epsilon(1e-5));
  const std::vector<std::vector<double>> published = {{4, .5, 1, .75}, {6, .6, 0, .5}, {8, .4, .666667, .5}};
  REQUIRE(result.slices.size() == 3);
  for (std::size_t group = 0; group < 3; ++group) {
    const SliceResult& slice = result.slices[group];
    CAPTURE(slice.label);
    CHECK(static_cast<double>(slice.n) == published[group][0]);
    CHECK(number(slice.metrics, "recall") == Approx(published[group][1]));
    CHECK(number(slice.metrics, "fpr") == Approx(published[group][2]).epsilon(1e-5));
    CHECK(number(slice.metrics, "selection_rate") == Approx(published[group][3]));
    CHECK(value_of(slice.metrics, "recall").n == slice.n);
  }
}

TEST_CASE("evaluate: a slice has the metrics of mlp.yaml and, of a binary task, the selection rate once") {
  const Fairlearn data;
  const auto names = [&](const std::vector<std::string>& shown) {
    std::vector<std::string> found;
    const Evaluation result = evaluate(data.scored, data.groups, showing(shown));
    for (const MetricValue& value : result.slices[0].metrics) {
      found.push_back(value.name);
    }
    return found;
  };
  CHECK(names({"recall"}) == std::vector<std::string>{"recall", "selection_rate"});
  CHECK(names({"selection_rate", "recall"}) == std::vector<std::string>{"selection_rate", "recall"});
}

TEST_CASE("evaluate: a slice without positives has no recall, one of one positive row no AUC; neither is 0") {
  Scored scored = ranked_rows(2);
  const std::vector<Slice> slices = {{"g=negative", {"g"}, {0, 1, 4, 5}}, {"g=lone", {"g"}, {0, 1, 3}}};
  const Evaluation result = evaluate(scored, slices, showing({"roc_auc", "recall"}));
  const MetricValue& recall = value_of(result.slices[0].metrics, "recall");
  CHECK(recall.status == Status::undefined);
  CHECK_FALSE(recall.value);
  CHECK_FALSE(recall.why.empty());
  CHECK(value_of(result.slices[0].metrics, "roc_auc").status == Status::undefined);
  CHECK(number(result.slices[0].metrics, "selection_rate") == 0.0);
  const MetricValue& auc = value_of(result.slices[1].metrics, "roc_auc");
  CHECK(auc.status == Status::insufficient);
  CHECK_FALSE(auc.value);
  CHECK(auc.why == "a class has only one row: an interval needs two");
}

TEST_CASE("evaluate: beside the model stand always guessing the prior and the simple model") {
  Scored scored = ranked_rows(25);
  scored.simple = repeated({.2, .2, .8, .2}, 25);
  const Evaluation result = evaluate(scored, {}, showing({"roc_auc"}));
  CHECK(number(result.metrics, "roc_auc") == Approx(.75)); // scikit-learn's documentation
  CHECK(number(result.dummy, "roc_auc") == Approx(.5));
  CHECK(number(result.dummy, "log_loss") == Approx(std::log(2.0)));
  // simple: positives .8 and .2, negatives .2 and .2: 2 wins and 2 ties of 4 pairs
  CHECK(number(result.simple, "roc_auc") == Approx(.75));
  const double loss = -(std::log(.9) + std::log(.6) + std::log(.35) + std::log(.8)) / 4;
  const double simple_loss = -(3 * std::log(.8) + std::log(.2)) / 4;
  CHECK(number(result.metrics, "log_loss") == Approx(loss));
  CHECK(number(result.metrics, "skill_vs_dummy") == Approx(1 - loss / std::log(2.0)));
  CHECK(number(result.metrics, "skill_vs_simple") == Approx(1 - loss / simple_loss));
  CHECK(value_of(result.metrics, "roc_auc").lower.has_value());
  CHECK_FALSE(value_of(result.dummy, "roc_auc").lower.has_value());
}

TEST_CASE("evaluate: without a simple model nothing is compared with one") {
  const Evaluation result = evaluate(ranked_rows(25), {}, showing({"roc_auc"}));
  CHECK(result.find("skill_vs_simple") == nullptr);
  CHECK(result.find("skill_vs_dummy") != nullptr);
  CHECK(result.simple.empty());
  CHECK_FALSE(to_json(result)["baselines"].has("simple"));
}

TEST_CASE("evaluate: the primary metric is the first of mlp.yaml, and its level of confidence is used") {
  auto project = showing({"brier", "roc_auc"});
  project.evaluation.confidence = 0.8;
  const Evaluation result = evaluate(ranked_rows(25), {}, project);
  CHECK(result.primary == "brier");
  CHECK(result.shown == std::vector<std::string>{"brier", "roc_auc"});
  const MetricValue narrow = value_of(result.metrics, "roc_auc");
  const MetricValue wide = value_of(evaluate(ranked_rows(25), {}, showing({"roc_auc"})).metrics, "roc_auc");
  CHECK(narrow.level == 0.8);
  CHECK(*narrow.upper - *narrow.lower < *wide.upper - *wide.lower);
}

TEST_CASE("evaluate: the threshold calls a row positive where its score is at least that") {
  Scored scored = ranked_rows(25);
  scored.threshold = 0.35;
  const Evaluation result = evaluate(scored, {}, showing({"recall"}));
  // .1 stays negative; .4, .35 and .8 are called positive
  CHECK(result.confusion == std::vector<std::vector<std::int64_t>>{{25, 25}, {0, 50}});
  CHECK(number(result.metrics, "recall") == 1.0);
  CHECK(number(result.metrics, "precision") == Approx(2.0 / 3.0));
}

TEST_CASE("evaluate: a row of weight three counts as three rows, in the slices too") {
  Scored once = ranked_rows(25);
  once.weights = repeated({1, 3, 1, 1}, 25);
  Scored thrice = ranked_rows(25);
  thrice.target = repeated({0, 0, 0, 0, 1, 1}, 25);
  thrice.model = repeated({.1, .4, .4, .4, .35, .8}, 25);
  thrice.dummy = repeated({.5}, 150);
  const auto whole = [](std::size_t rows) {
    Slice slice{"g=all", {"g"}, {}};
    for (std::uint32_t row = 0; row < rows; ++row) {
      slice.at.push_back(row);
    }
    return std::vector<Slice>{slice};
  };
  const Evaluation weighted = evaluate(once, whole(100), showing({"brier", "roc_auc"}));
  const Evaluation repeated_rows = evaluate(thrice, whole(150), showing({"brier", "roc_auc"}));
  for (const char* name : {"brier", "roc_auc", "accuracy", "skill_vs_dummy"}) {
    CAPTURE(name);
    CHECK(number(weighted.metrics, name) == Approx(number(repeated_rows.metrics, name)));
  }
  CHECK(number(weighted.slices[0].metrics, "brier") == Approx(number(weighted.metrics, "brier")));
  CHECK(weighted.n == 100); // n is rows, not weight
}

TEST_CASE("evaluate: a slice whose rows all weigh nothing is undefined, not an error") {
  Scored scored = ranked_rows(25);
  scored.weights = repeated({0, 1, 1, 1}, 25);
  Slice slice{"g=light", {"g"}, {}};
  for (std::uint32_t row = 0; row < 100; row += 4) {
    slice.at.push_back(row);
  }
  const Evaluation result = evaluate(scored, {slice}, showing({"recall"}));
  CHECK(value_of(result.slices[0].metrics, "recall").status == Status::undefined);
  CHECK(value_of(result.slices[0].metrics, "recall").n == 25);
  CHECK(value_of(result.slices[0].metrics, "recall").why == "every row of this slice has weight 0");
}

TEST_CASE("evaluate: multiclass numbers of scikit-learn's documentation, with their confusion matrix") {
  Scored scored;
  scored.task = Task::multiclass;
  scored.classes = {"a", "b", "c"};
  // y = 0 1 2 0 1 2, called 0 2 1 0 0 1
  scored.target = repeated({0, 1, 2, 0, 1, 2}, 20);
  scored.model = repeated({.8, .1, .1, .1, .2, .7, .1, .7, .2, .8, .1, .1, .7, .2, .1, .1, .7, .2}, 20);
  scored.dummy = repeated({1.0 / 3, 1.0 / 3, 1.0 / 3}, 120);
  const Evaluation result =
      evaluate(scored, {{"g=x", {"g"}, {0, 1, 2, 3, 4, 5}}}, showing({"macro_f1", "accuracy"}));
  CHECK(number(result.metrics, "macro_f1") == Approx(.2667).epsilon(1e-3));
  CHECK(number(result.metrics, "accuracy") == Approx(1.0 / 3));
  CHECK(number(result.dummy, "log_loss") == Approx(std::log(3.0)));
  CHECK(result.confusion == std::vector<std::vector<std::int64_t>>{{40, 0, 0}, {20, 0, 20}, {0, 40, 0}});
  CHECK(result.slices[0].metrics.size() == 2); // a selection rate is of binary tasks
  CHECK(number(result.slices[0].metrics, "accuracy") ==
        Approx(1.0 / 3)); // k scores a row are gathered together
  const Json json = to_json(result);
  CHECK(json["threshold"].is_null());
  CHECK(json["confusion"]["classes"] == Json::array({"a", "b", "c"}));
}

TEST_CASE("evaluate: regression numbers of scikit-learn's documentation; skill against the mean is R²") {
  Scored scored;
  scored.task = Task::regression;
  scored.target = repeated({3, -.5, 2, 7}, 20);
  scored.model = repeated({2.5, 0, 2, 8}, 20);
  scored.dummy = std::vector<double>(80, (3 - .5 + 2 + 7) / 4);
  const Evaluation result = evaluate(scored, {{"g=x", {"g"}, {0, 1, 2, 3}}}, showing({"rmse", "mae"}));
  CHECK(number(result.metrics, "mae") == Approx(.5));
  CHECK(number(result.metrics, "mse") == Approx(.375));
  CHECK(number(result.metrics, "rmse") == Approx(.6123724));
  CHECK(number(result.metrics, "r2") == Approx(.9486081));
  CHECK(number(result.metrics, "skill_vs_dummy") == Approx(.9486081));
  CHECK(result.confusion.empty());
  CHECK(result.slices[0].metrics.size() == 2);
  const Json json = to_json(result);
  CHECK(json["confusion"].is_null());
  CHECK(json["threshold"].is_null());
}

TEST_CASE("to_json: overall values have no slice, those of slices name it and its columns") {
  const Fairlearn data;
  const Json json = to_json(evaluate(data.scored, data.groups, showing({"recall"})));
  std::size_t overall = 0;
  std::size_t of_slices = 0;
  for (const Json& item : json["metrics"].as_array()) {
    if (item.has("slice")) {
      ++of_slices;
      CHECK(item["slice"].as_string().starts_with("group="));
      CHECK(item["slice_columns"] == Json::array({"group"}));
    } else {
      CHECK(of_slices == 0); // they come first
      ++overall;
    }
  }
  CHECK(overall == mlp::metrics::metric_names(Task::binary).size() - 2 + 1); // no costs; skill_vs_dummy
  CHECK(of_slices == 6); // recall and selection_rate of three
  CHECK(json["primary"] == "recall");
  CHECK(json["n"] == 18);
  CHECK(json["task"] == "binary");
}

TEST_CASE("evaluate: the document does not depend on the number of threads") {
  const Fairlearn data;
  const auto project = showing({"recall", "roc_auc"});
  const std::string one = to_json(evaluate(data.scored, data.groups, project)).dump();
  CHECK(to_json(evaluate(data.scored, data.groups, project, {.threads = 7})).dump() == one);
}

TEST_CASE("evaluate: scores that are no numbers are refused, not dropped") {
  Scored scored = ranked_rows(1);
  scored.model[2] = std::nan("");
  CHECK_THROWS_AS(static_cast<void>(evaluate(scored, {}, showing({"roc_auc"}))), mlp::Error);
}

TEST_CASE("evaluate: an interrupt ends the resampling") {
  mlp::Interrupt interrupt;
  interrupt.request();
  try {
    static_cast<void>(evaluate(ranked_rows(25), {}, showing({"roc_auc"}), {2, nullptr, &interrupt}));
    FAIL("no error");
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::interrupted);
  }
}

TEST_CASE(
    "evaluate: metrics with the parameters of mlp.yaml, and of every class, are measured with the others") {
  Scored scored;
  scored.task = Task::multiclass;
  scored.classes = {"ash", "oak"};
  scored.target = repeated({0, 0, 1, 1}, 10);
  scored.model = repeated({.9, .1, .4, .6, .2, .8, .1, .9}, 10);
  scored.dummy = repeated({.5, .5, .5, .5, .5, .5, .5, .5}, 10);
  const Evaluation result = evaluate(scored, {}, showing({"accuracy", "top_k@1"}));
  CHECK(number(result.metrics, "recall@ash") == Approx(0.5));
  CHECK(number(result.metrics, "precision@oak") == Approx(2.0 / 3.0));
  CHECK(number(result.metrics, "f1@ash") == Approx(2.0 / 3.0));
  CHECK(number(result.metrics, "top_k@1") == Approx(0.75));
  CHECK(number(result.dummy, "recall@ash") == Approx(1.0)); // of equals, the first class is called
}
