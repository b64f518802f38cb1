#include "model/resolve_params.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
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

std::size_t index_of(const std::vector<Feature>& features, const std::string& name, std::string_view key) {
  const auto found = std::find_if(features.begin(), features.end(),
                                  [&](const Feature& feature) { return feature.name == name; });
  if (found != features.end()) {
    return static_cast<std::size_t>(found - features.begin());
  }
  std::vector<std::string> names;
  names.reserve(features.size());
  for (const Feature& feature : features) {
    names.push_back(feature.name);
  }
  const auto near = nearest(name, names);
  throw Error(ErrorCode::input, "'{}' in '{}' is no feature", name, key)
      .hint(near ? fmt::format("did you mean '{}'?", *near) : "name columns whose role is feature");
}

/// {age: 1} or [0, 1, 0] → "(0,1,0)" in feature order.
std::string directions_text(const Json& value, const std::vector<Feature>& features, std::string_view key) {
  if (value.is_array()) {
    std::vector<std::int64_t> in_order;
    for (const Json& direction : value.as_array()) {
      in_order.push_back(direction.as_integer());
    }
    return fmt::format("({})", fmt::join(in_order, ","));
  }
  std::vector<std::int64_t> directions(features.size(), 0);
  for (const auto& [name, direction] : value.as_object()) {
    directions[index_of(features, name, key)] = direction.as_integer();
  }
  return fmt::format("({})", fmt::join(directions, ","));
}

/// [[age, income]] → "[[1,4]]".
std::string groups_text(const Json& value, const std::vector<Feature>& features, std::string_view key) {
  Json groups = Json::array();
  for (const Json& group : value.as_array()) {
    Json indices = Json::array();
    for (const Json& name : group.as_array()) {
      indices.push_back(index_of(features, name.as_string(), key));
    }
    groups.push_back(std::move(indices));
  }
  return groups.dump();
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
  const bool exact = !linear && params.at("tree_method").as_string() == "exact";
  if (exact || linear) {
    throw Error(ErrorCode::input, "'{}' takes the codes of categories such as '{}' for numbers",
                exact ? "tree_method: exact" : "booster: gblinear", category->name)
        .hint(exact ? "set `model.params.tree_method: hist`" : "set `model.params.booster: gbtree`");
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
    if (info.kind == ParamKind::directions && !value.is_string()) {
      params[name] = directions_text(value, facts.features, key);
    } else if (info.kind == ParamKind::groups && !value.is_string()) {
      params[name] = groups_text(value, facts.features, key);
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
