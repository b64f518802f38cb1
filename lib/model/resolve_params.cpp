#include "model/resolve_params.hpp"

#include "base/error.hpp"
#include "model/constraints.hpp"
#include "model/params.hpp"
#include "model/train.hpp"

#include <algorithm>
#include <string_view>

namespace mlp::model {
namespace {

std::string_view default_objective(Task task) {
  switch (task) {
  case Task::binary:
    return "binary:logistic";
  case Task::multiclass:
    return "multi:softprob";
  case Task::regression:
    return "reg:squarederror";
  case Task::ranking:
    return "rank:ndcg";
  }
  return {};
}

void require_valid(const config::Project& project) {
  for (const auto& finding : check_params(project, "mlp.yaml")) {
    if (finding.severity == config::Finding::Severity::error) {
      Error error(ErrorCode::input, "{}", finding.text());
      throw finding.hint.empty() ? std::move(error) : std::move(error).hint(finding.hint);
    }
  }
}

/// Whether a boosting of this objective gains by starting from the mean; its base_score is then that mean.
bool starts_from_mean(std::string_view objective) {
  return objective == "reg:squarederror" || objective == "reg:pseudohubererror" || objective == "reg:gamma" ||
         objective == "reg:tweedie" || objective == "count:poisson";
}

void refuse_categories_as_numbers(const std::map<std::string, Json>& params,
                                  const std::vector<Feature>& features) {
  const auto category = std::find_if(features.begin(), features.end(), [](const Feature& feature) {
    return feature.type == dataset::ColumnType::category;
  });
  if (category == features.end()) {
    return;
  }
  const bool linear = params.at("booster").as_string() == "gblinear";
  const std::string method = linear ? "" : params.at("tree_method").as_string();
  if (linear || method == "exact" || method == "auto") { // auto is exact for fewer than 2^18 rows
    throw Error(ErrorCode::input, "'{}' takes the codes of categories such as '{}' for numbers",
                linear ? "booster: gblinear" : fmt::format("tree_method: {}", method), category->name)
        .hint(linear ? "set `model.params.booster: gbtree`" : "set `model.params.tree_method: hist`");
  }
}

} // namespace

std::map<std::string, Json> resolve_params(const config::Project& project, const TrainingFacts& facts) {
  require_valid(project);
  const Task task = project.model.task;
  std::map<std::string, Json> params = {{"booster", "gbtree"},
                                        {"objective", default_objective(task)},
                                        {"tree_method", "hist"},
                                        {"seed", project.model.seed}};
  for (const auto& [key, value] : project.model.params) {
    const ParamInfo& info = *find_param(key);
    const std::string name(info.name);
    const bool is_empty = (value.is_array() || value.is_object()) && value.size() == 0;
    if (is_empty) { // to XGBoost, no groups at all would keep each feature to itself
      continue;
    }
    if (info.kind == ParamKind::directions) {
      params[name] = directions_text(project, key, value, facts.features);
    } else if (info.kind == ParamKind::groups) {
      params[name] = groups_text(project, key, value, facts.features);
    } else {
      params[name] = value;
    }
  }
  if (task == Task::multiclass) {
    params["num_class"] = facts.classes;
  }
  if (!params.contains("base_score") && task == Task::regression &&
      starts_from_mean(params.at("objective").as_string())) {
    params["base_score"] = facts.mean_target;
  }
  if (params.at("booster").as_string() == "gblinear") {
    params["updater"] = "coord_descent"; // XGBoost's own choice, shotgun, gives another model each time
    params.erase("tree_method");
  }
  refuse_categories_as_numbers(params, facts.features);
  return params;
}

std::map<std::string, std::string> param_texts(const std::map<std::string, Json>& params) {
  std::map<std::string, std::string> texts;
  for (const auto& [name, value] : params) {
    if (value.is_bool()) {
      texts[name] = value.as_bool() ? "1" : "0";
    } else {
      texts[name] = value.is_string() ? value.as_string() : value.dump();
    }
  }
  return texts;
}

} // namespace mlp::model
