#include "base/nearest.hpp"
#include "model/constraints.hpp"
#include "model/params.hpp"
#include "model/train.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace mlp::model {
namespace {

using config::Finding;
using Severity = Finding::Severity;

constexpr std::array k_unfit_objectives = {
    std::pair<std::string_view, std::string_view>{"multi:softmax",
                                                  "gives no probabilities: use multi:softprob, which "
                                                  "grows the same trees"},
    std::pair<std::string_view, std::string_view>{"binary:hinge",
                                                  "gives no probabilities: use binary:logistic"},
    std::pair<std::string_view, std::string_view>{"binary:logitraw",
                                                  "gives no probabilities: use binary:logistic"},
    std::pair<std::string_view, std::string_view>{"reg:linear", "is an old name: use reg:squarederror"},
};

bool fits(std::string_view objective, Task task) {
  switch (task) {
  case Task::binary:
    return objective == "binary:logistic" || objective == "reg:logistic";
  case Task::multiclass:
    return objective == "multi:softprob";
  case Task::regression:
    return objective.starts_with("reg:") || objective == "count:poisson";
  case Task::ranking:
    return objective.starts_with("rank:");
  }
  return false;
}

/// Collects findings whose place is a parameter's key in mlp.yaml.
class Findings {
public:
  Findings(const config::Project& project, const std::string& file) : project_(project), file_(file) {}

  void add(Severity severity, std::string rule, const std::string& key, std::string message,
           std::string hint = "") {
    found_.push_back({severity, std::move(rule), file_, project_.position_of("model.params." + key),
                      std::move(message), std::move(hint)});
  }
  [[nodiscard]] std::vector<Finding> take() { return std::move(found_); }

private:
  const config::Project& project_;
  const std::string& file_;
  std::vector<Finding> found_;
};

std::string booster_of(const config::Project& project) {
  const auto found = project.model.params.find("booster");
  return found != project.model.params.end() && found->second.is_string() ? found->second.as_string()
                                                                          : "gbtree";
}

bool means_something(const ParamInfo& param, std::string_view booster) {
  switch (param.booster) {
  case BoosterKind::any:
    return true;
  case BoosterKind::trees:
    return booster != "gblinear";
  case BoosterKind::dart:
    return booster == "dart";
  case BoosterKind::linear:
    return booster == "gblinear";
  }
  return true;
}

void check_unknown(const std::string& key, Findings& findings) {
  const auto names = param_names();
  const auto near = nearest(key, names);
  findings.add(Severity::error, "unknown_parameter", key,
               near ? fmt::format("XGBoost has no parameter '{}'; did you mean '{}'?", key, *near)
                    : fmt::format("XGBoost has no parameter '{}'", key),
               near ? fmt::format("write '{}' or remove the line", *near) : "remove the line");
}

void check_objective(const std::string& key, const Json& value, Task task, Findings& findings) {
  const std::string objective = value.string_or();
  for (const auto& [unfit, why] : k_unfit_objectives) {
    if (objective == unfit) {
      findings.add(Severity::error, "objective_task", key, fmt::format("objective '{}' {}", unfit, why));
      return;
    }
  }
  const ParamInfo* const param = find_param(key);
  if (const auto fault = fault_of(*param, value)) {
    findings.add(Severity::error, "parameter_value", key, fmt::format("'{}' {}", key, *fault));
  } else if (!fits(objective, task)) {
    findings.add(Severity::error, "objective_task", key,
                 fmt::format("objective '{}' does not fit the task '{}'", objective, name_of(task)),
                 "remove the line: mlp chooses the objective by model.task");
  }
}

/// Each wrong direction at its own place.
void check_directions(const std::string& key, const Json& value, Findings& findings) {
  for (const auto& [feature, direction] : value.as_object()) {
    if (!is_direction(direction)) {
      findings.add(Severity::error, "parameter_value", fmt::format("{}.{}", key, feature),
                   fmt::format("'{}.{}' must be 1, 0 or -1, not {}", key, feature, direction.dump()));
    }
  }
}

void check_value(const std::string& key, const Json& value, const ParamInfo& param, Findings& findings) {
  if (param.kind == ParamKind::directions && value.is_object()) {
    check_directions(key, value, findings);
  } else if (const auto fault = fault_of(param, value)) {
    findings.add(Severity::error, "parameter_value", key, fmt::format("'{}' {}", key, *fault));
  }
}

void check_one(const std::string& key, const Json& value, const config::Project& project,
               Findings& findings) {
  if (const OwnedParam* const owned = find_owned_param(key)) {
    findings.add(Severity::error, "owned_parameter", key,
                 fmt::format("'{}' is not set here: {}", key, owned->instead));
    return;
  }
  const ParamInfo* const param = find_param(key);
  if (param == nullptr) {
    check_unknown(key, findings);
    return;
  }
  if (key == "objective") {
    check_objective(key, value, project.model.task, findings);
    return;
  }
  check_value(key, value, *param, findings);
  const std::string booster = booster_of(project);
  if (!means_something(*param, booster)) {
    findings.add(Severity::warning, "idle_parameter", key,
                 fmt::format("'{}' has no effect with booster '{}'", key, booster));
  }
  const std::string alias(param->alias);
  if (key == alias && project.model.params.contains(std::string(param->name))) {
    findings.add(Severity::error, "parameter_twice", key,
                 fmt::format("'{}' and '{}' are the same parameter", param->name, key), "keep one of them");
  }
}

/// XGBoost 1.7 samples by gradient on the GPU only, and stops late elsewhere.
void check_sampling(const config::Project& project, Findings& findings) {
  const auto& params = project.model.params;
  const auto sampling = params.find("sampling_method");
  const auto method = params.find("tree_method");
  const bool on_gpu = method != params.end() && method->second == Json("gpu_hist");
  if (sampling != params.end() && sampling->second == Json("gradient_based") && !on_gpu) {
    findings.add(Severity::error, "parameter_value", "sampling_method",
                 "'sampling_method: gradient_based' needs 'tree_method: gpu_hist'",
                 "remove the line, or use tree_method: gpu_hist where XGBoost has a GPU");
  }
}

} // namespace

std::vector<Finding> check_params(const config::Project& project, const std::string& file) {
  Findings findings(project, file);
  if (project.model.external) {
    return findings.take(); // the parameters are the program's own business
  }
  for (const auto& [key, value] : project.model.params) {
    check_one(key, value, project, findings);
  }
  if (project.model.balanced && project.model.params.contains("scale_pos_weight")) {
    findings.add(Severity::error, "parameter_twice", "scale_pos_weight",
                 "'scale_pos_weight' and model.class_weight: balanced both weigh the classes",
                 "keep one of them");
  }
  check_sampling(project, findings);
  return findings.take();
}

} // namespace mlp::model
