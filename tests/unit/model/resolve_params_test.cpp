#include "model/resolve_params.hpp"

#include "base/error.hpp"
#include "sample_table.hpp"

#include <doctest/doctest.h>

using mlp::Json;
using mlp::Task;
using mlp::dataset::ColumnType;
using mlp::model::Feature;
using mlp::model::resolve_params;

namespace {

const std::vector<Feature> k_numbers = {{"age", ColumnType::number, {}, {}, {}, {}},
                                        {"income", ColumnType::number, {}, {}, {}, {}}};
const std::vector<Feature> k_categories = {{"age", ColumnType::number, {}, {}, {}, {}},
                                           {"plan", ColumnType::category, {"a", "b"}, {}, {}, {}}};

std::map<std::string, Json> resolved(Task task, const std::map<std::string, Json>& params,
                                     const std::vector<Feature>& features = k_numbers) {
  auto project = mlp::test::project_for(task, "left", "log_loss");
  project.model.params = params;
  project.model.seed = 7;
  return resolve_params(project, {features, 3, 42.5});
}

} // namespace

TEST_CASE("what mlp fills in: objective by task, hist, the seed, the number of classes") {
  const auto binary = resolved(Task::binary, {});
  CHECK(binary.at("objective") == Json("binary:logistic"));
  CHECK(binary.at("tree_method") == Json("hist"));
  CHECK(binary.at("seed") == Json(7));
  CHECK_FALSE(binary.contains("num_class"));
  CHECK_FALSE(binary.contains("base_score")); // XGBoost's own 0.5 stays
  CHECK(resolved(Task::multiclass, {}).at("num_class") == Json(3));
}

TEST_CASE("a regression starts from the mean target, unless the user says from where") {
  CHECK(resolved(Task::regression, {}).at("base_score") == Json(42.5));
  CHECK(resolved(Task::regression, {{"base_score", 1}}).at("base_score") == Json(1));
  CHECK_FALSE(resolved(Task::regression, {{"objective", "reg:absoluteerror"}}).contains("base_score"));
}

TEST_CASE("an alias is handed over under the main name") {
  const auto params = resolved(Task::binary, {{"learning_rate", 0.2}});
  CHECK(params.at("eta") == Json(0.2));
  CHECK_FALSE(params.contains("learning_rate"));
}

TEST_CASE("categories are refused where XGBoost would take their codes for numbers") {
  CHECK_THROWS_WITH_AS(static_cast<void>(resolved(Task::binary, {{"tree_method", "exact"}}, k_categories)),
                       "'tree_method: exact' takes the codes of categories such as 'plan' for numbers",
                       mlp::Error);
  CHECK_THROWS_AS(static_cast<void>(resolved(Task::binary, {{"booster", "gblinear"}}, k_categories)),
                  mlp::Error);
  CHECK_THROWS_WITH_AS(static_cast<void>(resolved(Task::binary, {{"tree_method", "auto"}}, k_categories)),
                       "'tree_method: auto' takes the codes of categories such as 'plan' for numbers",
                       mlp::Error);
  CHECK(resolved(Task::binary, {{"tree_method", "exact"}}).at("tree_method") == Json("exact"));
}

TEST_CASE("gblinear gets the updater that gives the same model each time, and no tree_method") {
  const auto params = resolved(Task::binary, {{"booster", "gblinear"}});
  CHECK(params.at("updater") == Json("coord_descent"));
  CHECK_FALSE(params.contains("tree_method"));
}

TEST_CASE("a parameter that check_params refuses stops training with its place") {
  CHECK_THROWS_AS(static_cast<void>(resolved(Task::binary, {{"eta", 3}})), mlp::Error);
}

TEST_CASE("XGBoost gets texts: shortest numbers, 0 and 1 for booleans, words as they are") {
  const auto texts =
      mlp::model::param_texts({{"eta", 0.1}, {"max_depth", 6}, {"one_drop", true}, {"booster", "dart"}});
  CHECK(texts.at("eta") == "0.1");
  CHECK(texts.at("max_depth") == "6");
  CHECK(texts.at("one_drop") == "1");
  CHECK(texts.at("booster") == "dart");
}
