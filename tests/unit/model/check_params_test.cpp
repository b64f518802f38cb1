#include "model/train.hpp"
#include "sample_table.hpp"

#include <doctest/doctest.h>

using mlp::Json;
using mlp::Task;
using mlp::config::Finding;
using Params = std::map<std::string, Json>;

namespace {

std::vector<Finding> findings_on(const Params& params, Task task = Task::binary, bool balanced = false) {
  auto project = mlp::test::project_for(task, "left", "roc_auc");
  project.model.params = params;
  project.model.balanced = balanced;
  project.positions["model.params.max_dept"] = {7, 5};
  return mlp::model::check_params(project, "mlp.yaml");
}

std::string only_message(const Params& params, Task task = Task::binary) {
  const auto findings = findings_on(params, task);
  REQUIRE(findings.size() == 1);
  return findings[0].message;
}

} // namespace

TEST_CASE("parameters that XGBoost has are no findings") {
  CHECK(findings_on({{"eta", 0.1}, {"max_depth", 6}, {"tree_method", "hist"}, {"reg_alpha", 1}}).empty());
}

TEST_CASE("an unknown parameter is an error at its place, with the nearest known one") {
  const auto findings = findings_on({{"max_dept", 3}});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].severity == Finding::Severity::error);
  CHECK(findings[0].text() == "mlp.yaml:7:5: XGBoost has no parameter 'max_dept'; did you mean 'max_depth'?");
  CHECK(only_message({{"zzz", 3}}) == "XGBoost has no parameter 'zzz'");
}

TEST_CASE("what another key of mlp.yaml decides is answered with that key") {
  CHECK(only_message({{"seed", 3}}) == "'seed' is not set here: set model.seed");
  CHECK(only_message({{"n_estimators", 100}}) == "'n_estimators' is not set here: set model.rounds");
  CHECK(only_message({{"nthread", 4}}).find("MLP_THREADS") != std::string::npos);
}

TEST_CASE("all findings come at once") {
  CHECK(findings_on({{"eta", 2}, {"max_dept", 3}, {"seed", 1}}).size() == 3);
}

TEST_CASE("a name beside its alias, and two ways to weigh classes, are said to be the same thing twice") {
  CHECK(only_message({{"eta", 0.1}, {"learning_rate", 0.2}}) ==
        "'eta' and 'learning_rate' are the same parameter");
  CHECK(findings_on({{"scale_pos_weight", 3}}, Task::binary, true).size() == 1);
  CHECK(findings_on({{"scale_pos_weight", 3}}).empty());
}

TEST_CASE("an objective must fit the task and give probabilities") {
  CHECK(findings_on({{"objective", "binary:logistic"}}).empty());
  CHECK(only_message({{"objective", "reg:squarederror"}}) ==
        "objective 'reg:squarederror' does not fit the task 'binary'");
  CHECK(only_message({{"objective", "multi:softmax"}}, Task::multiclass).find("multi:softprob") !=
        std::string::npos);
  CHECK(findings_on({{"objective", "count:poisson"}}, Task::regression).empty());
  CHECK(only_message({{"objective", "reg:squared"}}, Task::regression)
            .starts_with("'objective' must be one of"));
}

TEST_CASE("a parameter of another booster is a warning: it does nothing") {
  const auto findings = findings_on({{"rate_drop", 0.1}});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].severity == Finding::Severity::warning);
  CHECK(findings_on({{"rate_drop", 0.1}, {"booster", "dart"}}).empty());
  CHECK(only_message({{"booster", "gblinear"}, {"max_depth", 3}}) ==
        "'max_depth' has no effect with booster 'gblinear'");
}
