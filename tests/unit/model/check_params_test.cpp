#include "model/params.hpp"
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

TEST_CASE("a switch is true or false, or 1 or 0 as XGBoost's documentation has it") {
  for (const Json& value : {Json(true), Json(false), Json(1), Json(0)}) {
    CHECK(findings_on({{"booster", "dart"}, {"one_drop", value}}).empty());
  }
  CHECK(only_message({{"seed_per_iteration", 2}}) == "'seed_per_iteration' must be true or false, not 2");
}

TEST_CASE("sampling by gradient needs the method that has it") {
  CHECK(only_message({{"sampling_method", "gradient_based"}}) ==
        "'sampling_method: gradient_based' needs 'tree_method: gpu_hist'");
  CHECK(findings_on({{"sampling_method", "gradient_based"}, {"tree_method", "gpu_hist"}}).empty());
}

TEST_CASE("each parameter of XGBoost 1.7's documentation is taken, or answered with what decides it") {
  // doc/parameter.rst of release 1.7: general, tree, categorical, dart, linear and learning task parameters.
  const std::vector<std::string> documented = {"booster",
                                               "verbosity",
                                               "validate_parameters",
                                               "nthread",
                                               "disable_default_eval_metric",
                                               "eta",
                                               "learning_rate",
                                               "gamma",
                                               "min_split_loss",
                                               "max_depth",
                                               "min_child_weight",
                                               "max_delta_step",
                                               "subsample",
                                               "sampling_method",
                                               "colsample_bytree",
                                               "colsample_bylevel",
                                               "colsample_bynode",
                                               "lambda",
                                               "reg_lambda",
                                               "alpha",
                                               "reg_alpha",
                                               "tree_method",
                                               "scale_pos_weight",
                                               "updater",
                                               "refresh_leaf",
                                               "process_type",
                                               "grow_policy",
                                               "max_leaves",
                                               "max_bin",
                                               "predictor",
                                               "num_parallel_tree",
                                               "monotone_constraints",
                                               "interaction_constraints",
                                               "max_cat_to_onehot",
                                               "max_cat_threshold",
                                               "sample_type",
                                               "normalize_type",
                                               "rate_drop",
                                               "one_drop",
                                               "skip_drop",
                                               "feature_selector",
                                               "top_k",
                                               "tweedie_variance_power",
                                               "huber_slope",
                                               "objective",
                                               "base_score",
                                               "eval_metric",
                                               "seed",
                                               "seed_per_iteration",
                                               "num_class",
                                               "gpu_id"};
  for (const std::string& name : documented) {
    CAPTURE(name);
    CHECK((mlp::model::find_param(name) != nullptr || mlp::model::find_owned_param(name) != nullptr));
  }
}
