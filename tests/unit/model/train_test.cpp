#include "model/train.hpp"

#include "base/error.hpp"
#include "metrics/metric.hpp"
#include "model/predict.hpp"
#include "sample_table.hpp"
#include "support/xgboost.hpp"

#include <doctest/doctest.h>

using mlp::Task;
using mlp::model::train;
using mlp::model::TrainResult;
using mlp::test::customer_roles;
using mlp::test::customers;
using mlp::test::project_for;
using mlp::test::split_in_turn;
using mlp::test::xgboost;

namespace {

TrainResult trained(const mlp::config::Project& project, unsigned threads = 1) {
  const auto table = customers();
  return train(table, split_in_turn(table.rows), customer_roles(project.data.target), project, xgboost(),
               {threads, nullptr, nullptr});
}

mlp::config::Project leaving() {
  auto project = project_for(Task::binary, "left", "roc_auc");
  project.data.positive = "yes";
  return project;
}

mlp::ContentId id_of(const TrainResult& result) { return mlp::model::artifact_id(result.artifact); }

struct Shows final : mlp::Progress {
  std::vector<std::string> notes;
  int finished = 0;
  void show(std::string_view what, std::uint64_t, std::uint64_t total, std::string_view unit,
            std::string_view note) override {
    CHECK(what == "training");
    CHECK(total == 20);
    CHECK(unit == "rounds");
    notes.emplace_back(note);
  }
  void finish() override { ++finished; }
  void warn(std::string_view) override {}
};

} // namespace

TEST_CASE(
    "same inputs give the same model on one thread and on two; the trainer's seed matters when it samples") {
  auto project = leaving();
  project.model.params["subsample"] = 0.7;
  const auto one = id_of(trained(project, 1));
  CHECK(one == id_of(trained(project, 2)));
  project.model.seed = 1;
  CHECK(one != id_of(trained(project, 1)));
}

TEST_CASE("a parameter that changes the model changes the id") {
  auto project = leaving();
  const auto before = id_of(trained(project));
  project.model.params["max_depth"] = 2;
  CHECK(id_of(trained(project)) != before);
}

TEST_CASE("the artefact says what was learnt: classes, positive, types, categories, names in the booster") {
  const auto result = trained(leaving());
  CHECK(result.artifact.classes == std::vector<std::string>{"no", "yes"});
  CHECK(result.artifact.positive == "yes");
  REQUIRE(result.artifact.features.size() == 3);
  CHECK(result.artifact.features[1].categories == std::vector<std::string>{"a", "b", "c"});
  CHECK(result.artifact.features[2].spellings == std::vector<std::string>{"No", "Yes"});
  CHECK(result.artifact.booster.find("member") != std::string::npos);
  CHECK(result.rounds == 20);
  CHECK(result.best_round == 20);
  CHECK(result.curve.size() == 20);
  CHECK(result.curve.back().round == 20);
  CHECK(result.curve.back().values.contains("train log_loss"));
  CHECK(result.curve.back().values.contains("valid roc_auc"));
  CHECK(result.valid_metric == "roc_auc");
  CHECK(result.valid_value == result.curve.back().values.at("valid roc_auc"));
  CHECK(result.trainer_seconds > 0.0);
}

TEST_CASE("training stops early, keeps the best rounds, and these are the model that so many rounds give") {
  for (const char* const booster : {"gbtree", "dart"}) {
    CAPTURE(booster);
    auto project = leaving();
    project.model.params = {{"max_depth", 6}, {"eta", 0.5}, {"booster", booster}};
    project.model.rounds = 200;
    project.model.early_stopping = 5;
    const auto stopped = trained(project);
    CHECK(stopped.stopped_early);
    CHECK(stopped.rounds == stopped.best_round + 5);
    CHECK(stopped.curve.size() == static_cast<std::size_t>(stopped.rounds));
    const auto& best = stopped.curve.at(static_cast<std::size_t>(stopped.best_round) - 1);
    CHECK(stopped.valid_value == best.values.at("valid roc_auc"));
    for (const auto& point : stopped.curve) {
      CHECK(point.values.at("valid roc_auc") <= *stopped.valid_value);
    }
    project.model.rounds = stopped.best_round;
    project.model.early_stopping = 0;
    CHECK(id_of(trained(project)) == id_of(stopped));
  }
}

TEST_CASE(
    "a lower-is-better metric stops training too, and a metric without direction leaves it to the loss") {
  auto project = leaving();
  project.evaluation.metrics = {"log_loss"};
  project.model.early_stopping = 3;
  project.model.rounds = 300;
  const auto by_loss = trained(project);
  CHECK(by_loss.stopped_early);
  CHECK(by_loss.valid_metric == "log_loss");
  project.evaluation.metrics = {"prevalence"};
  const auto undirected = trained(project);
  CHECK(undirected.valid_metric == "log_loss");
  CHECK(id_of(undirected) == id_of(by_loss));
}

TEST_CASE("validation scores while training are what the saved model predicts") {
  auto project = leaving();
  project.model.early_stopping = 4;
  const auto table = customers();
  const auto split = split_in_turn(table.rows);
  const auto result = train(table, split, customer_roles("left"), project, xgboost(), {});
  const mlp::model::Predictor predictor(result.artifact, xgboost(), 1);
  const auto rows = split.rows_of(mlp::dataset::Part::valid);
  const auto scores = predictor.scores(table, rows);
  std::vector<double> target;
  for (const auto row : rows) {
    target.push_back(table.column("left").codes[row]);
  }
  CHECK(mlp::metrics::measure("roc_auc", {Task::binary, target, scores}).value == result.valid_value);
  CHECK(*result.valid_value > 0.8); // the noise leaves about 0.9
}

TEST_CASE("several classes and numbers are learnt as well") {
  const auto kinds = trained(project_for(Task::multiclass, "kind", "log_loss"));
  CHECK(kinds.artifact.classes == std::vector<std::string>{"high", "low", "middle"});
  CHECK(*kinds.valid_value < 0.5); // guessing: about ln 3 = 1.1
  const auto spend = trained(project_for(Task::regression, "spend", "rmse"));
  CHECK(spend.artifact.classes.empty());
  CHECK(*spend.valid_value < 40.0); // the target's own deviation is about 130
}

TEST_CASE("balanced classes weigh alike: the mean predicted chance moves towards one half") {
  auto project = project_for(Task::binary, "rare", "roc_auc");
  auto table = customers();
  std::vector<double> rare;
  for (std::size_t row = 0; row < table.rows; ++row) {
    rare.push_back(mlp::test::uniform(9, row) < 0.1 ? 1.0 : 0.0);
  }
  table.columns.push_back(mlp::test::boolean_column("rare", rare));
  const auto mean_score = [&] {
    const auto result =
        train(table, split_in_turn(table.rows), customer_roles("rare"), project, xgboost(), {});
    const auto scores =
        mlp::model::Predictor(result.artifact, xgboost(), 1).scores(table, mlp::test::all_rows(table));
    return std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(scores.size());
  };
  CHECK(mean_score() < 0.2);
  project.model.balanced = true;
  CHECK(mean_score() > 0.3);
}

TEST_CASE("weights are read from their column; a bad one names it and counts the rows") {
  auto table = customers();
  table.columns.push_back(mlp::test::number_column("weight", std::vector<double>(table.rows, 2.0)));
  auto roles = customer_roles("left");
  roles.weight = "weight";
  const auto id = [&] {
    return id_of(train(table, split_in_turn(table.rows), roles, leaving(), xgboost(), {}));
  };
  const auto alike = id();
  table.columns.back().numbers[0] = 50.0;
  CHECK(id() != alike);
  table.columns.back().numbers[0] = -1.0;
  table.columns.back().numbers[2] = mlp::test::k_missing_number;
  CHECK_THROWS_WITH_AS(
      static_cast<void>(id()),
      "the weight column 'weight' is missing, negative or infinite in 2 of 400 rows; the first is row 1",
      mlp::Error);
}

TEST_CASE("nothing to learn is refused: one class, no feature, no rows") {
  const auto table = customers();
  auto split = split_in_turn(table.rows);
  auto roles = customer_roles("left");
  roles.features.clear();
  CHECK_THROWS_WITH_AS(static_cast<void>(train(table, split, roles, leaving(), xgboost(), {})),
                       "there is no feature to train on", mlp::Error);
  for (std::size_t row = 0; row < table.rows; ++row) {
    split.part[row] =
        table.column("left").codes[row] == 1 ? mlp::dataset::Part::train : mlp::dataset::Part::test;
  }
  CHECK_THROWS_AS(static_cast<void>(train(table, split, customer_roles("left"), leaving(), xgboost(), {})),
                  mlp::Error);
  split.part.assign(table.rows, mlp::dataset::Part::test);
  CHECK_THROWS_WITH_AS(
      static_cast<void>(train(table, split, customer_roles("left"), leaving(), xgboost(), {})),
      "there are no rows to train on", mlp::Error);
}

TEST_CASE("columns without values, and with one value, do no harm") {
  auto table = customers();
  table.columns.push_back(
      mlp::test::number_column("empty", std::vector<double>(table.rows, mlp::test::k_missing_number)));
  table.columns.push_back(mlp::test::categories("void", {}, std::vector<std::int32_t>(table.rows, -1)));
  table.columns.push_back(mlp::test::categories("one", {"x"}, std::vector<std::int32_t>(table.rows, 0)));
  auto roles = customer_roles("left");
  roles.features.insert(roles.features.end(), {"empty", "void", "one"});
  const auto result = train(table, split_in_turn(table.rows), roles, leaving(), xgboost(), {});
  CHECK(*result.valid_value > 0.8);
}

TEST_CASE("a name that XGBoost's Python package cannot take leaves the booster without names") {
  auto table = customers();
  table.columns[0].name = "age[years]";
  auto roles = customer_roles("left");
  roles.features[0] = "age[years]";
  const auto result = train(table, split_in_turn(table.rows), roles, leaving(), xgboost(), {});
  CHECK(result.artifact.booster.find("member") == std::string::npos);
  CHECK(result.artifact.features[0].name == "age[years]");
}

TEST_CASE("progress shows the validation metric, the last round always; Ctrl-C stops between rounds") {
  Shows shows;
  const auto table = customers();
  static_cast<void>(train(table, split_in_turn(table.rows), customer_roles("left"), leaving(), xgboost(),
                          {1, &shows, nullptr}));
  REQUIRE_FALSE(shows.notes.empty());
  CHECK(shows.notes.back().starts_with("valid roc_auc 0."));
  CHECK(shows.finished == 1);
  mlp::Interrupt interrupt;
  interrupt.request();
  CHECK_THROWS_WITH_AS(static_cast<void>(train(table, split_in_turn(table.rows), customer_roles("left"),
                                               leaving(), xgboost(), {1, nullptr, &interrupt})),
                       "interrupted", mlp::Error);
}
