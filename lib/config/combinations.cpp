#include "base/parameter_name.hpp"
#include "config/sections.hpp"
#include "config/threshold_rule.hpp"
#include "config/unknown_metric.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace mlp::config {
namespace {

void check_positive(const Project& project, FindingList& findings) {
  const bool binary = project.model.task == Task::binary;
  if (project.data.positive && !binary) {
    findings.error(RuleId::positive_without_binary, project.position_of("data.positive"),
                   fmt::format("'data.positive' does not fit the task {}: only binary has a positive class",
                               name_of(project.model.task)));
  }
  const bool says_binary = project.document["model"]["task"] == Json(name_of(Task::binary));
  if (!project.data.positive && says_binary) {
    findings.error(RuleId::missing_key, project.position_of("data.positive"),
                   "'data.positive' is missing: the value of the target whose probability is predicted");
  }
}

void check_target(const Project& project, FindingList& findings) {
  const std::string& target = project.data.target;
  for (const auto& [name, column] : project.data.columns) {
    const Position position = project.position_of(fmt::format("data.columns.{}.role", name));
    if (name == target && column.role && column.role != Role::target) {
      findings.error(RuleId::target_as_input, position,
                     fmt::format("the target '{}' cannot have the role {}", name, name_of(*column.role)));
    }
    if (name != target && column.role == Role::target) {
      findings.error(RuleId::invalid_value, position,
                     fmt::format("'{}' has the role target, but 'data.target' is '{}'", name, target));
    }
  }
  const auto& key = project.data.split.key;
  if (!target.empty() && std::find(key.begin(), key.end(), target) != key.end()) {
    findings.error(RuleId::target_as_input, project.position_of("data.split.key"),
                   fmt::format("'data.split.key' holds the target '{}'", target));
  }
}

/// The columns with this role, in file order: a second one is a finding at its own place.
std::vector<std::string> columns_of(const Project& project, Role role) {
  std::vector<std::string> names;
  for (const auto& [name, column] : project.data.columns) {
    if (column.role == role) {
      names.push_back(name);
    }
  }
  std::sort(names.begin(), names.end(), [&project](const std::string& a, const std::string& b) {
    const Position left = project.data.columns.at(a).position;
    const Position right = project.data.columns.at(b).position;
    return std::pair(left.line, left.column) < std::pair(right.line, right.column);
  });
  return names;
}

void check_single_roles(const Project& project, FindingList& findings) {
  for (const Role role : {Role::id, Role::time, Role::group, Role::weight}) {
    const auto names = columns_of(project, role);
    for (std::size_t i = 1; i < names.size(); ++i) {
      findings.error(RuleId::duplicate_role,
                     project.position_of(fmt::format("data.columns.{}.role", names[i])),
                     fmt::format("'{}' has the role {}, which '{}' has already", names[i], name_of(role),
                                 names.front()));
    }
  }
}

/// Where `split.key` is not written, the id column (hash) or the group column (group, and of a ranking
/// always, so that no query is cut) stands for it.
void complete_split(Project& project, FindingList& findings) {
  SplitConfig& split = project.data.split;
  const Position position = project.position_of("data.split");
  if (split.by == SplitBy::time && columns_of(project, Role::time).empty()) {
    findings.error(RuleId::incomplete_split, position,
                   "a split by time needs a column with the role time in 'data.columns'");
  }
  if (!split.key.empty() || split.by == SplitBy::time) {
    return;
  }
  const bool by_group = split.by == SplitBy::group || project.model.task == Task::ranking;
  const auto keys = columns_of(project, by_group ? Role::group : Role::id);
  if (!keys.empty()) {
    split.key = {keys.front()};
  } else if (split.by == SplitBy::group) {
    findings.error(
        RuleId::incomplete_split, position,
        "a split by group needs 'data.split.key', or a column with the role group in 'data.columns'");
  }
}

void check_queries(const Project& project, FindingList& findings) {
  if (project.model.task == Task::ranking && columns_of(project, Role::group).empty()) {
    findings.error(RuleId::missing_key, project.position_of("model.task"),
                   "a ranking needs a column with the role group in 'data.columns': the query of each row",
                   "write `COLUMN: {role: group}` in data.columns");
  }
}

bool has_validation(const SplitConfig& split) {
  return split.by == SplitBy::time ? split.valid_from.has_value() : split.valid > 0.0;
}

void check_calibration(const Project& project, FindingList& findings) {
  const Calibration calibration = project.model.calibrate;
  if (calibration == Calibration::none) {
    return;
  }
  const Position position = project.position_of("model.calibrate");
  if (!has_classes(project.model.task)) {
    findings.error(RuleId::calibration_without_classes, position,
                   fmt::format("'model.calibrate: {}' does not fit the task {}", name_of(calibration),
                               name_of(project.model.task)));
  } else if (!has_validation(project.data.split)) {
    findings.error(
        RuleId::calibration_without_validation, position,
        fmt::format("'model.calibrate: {}' needs a validation part, and 'data.split' leaves it empty",
                    name_of(calibration)));
  }
}

void check_early_stopping(Project& project, FindingList& findings) {
  if (has_validation(project.data.split) || project.model.early_stopping == 0) {
    return;
  }
  if (project.positions.contains("model.early_stopping")) {
    findings.error(
        RuleId::early_stopping_without_validation, project.position_of("model.early_stopping"),
        fmt::format("'model.early_stopping' {} needs a validation part, and 'data.split' leaves it empty",
                    project.model.early_stopping));
  }
  project.model.early_stopping = 0; // not asked for: the default gives way
}

/// What only the built-in trainer obeys must not look as if an external one did.
void check_external_trainer(const Project& project, FindingList& findings) {
  if (!project.model.external) {
    return;
  }
  for (const std::string key : {"rounds", "early_stopping", "class_weight", "calibrate"}) {
    const std::string path = "model." + key;
    if (project.positions.contains(path) && project.document["model"][key] != Json("none")) {
      findings.error(RuleId::external_trainer, project.position_of(path),
                     fmt::format("'{}' means nothing to the external trainer of 'model.trainer'", path),
                     fmt::format("remove it, or say it in `model.params`: {{{}: …}}", key));
    }
  }
}

void check_chosen_threshold(const Project& project, FindingList& findings) {
  const SplitConfig& split = project.data.split;
  const bool has_validation = split.by == SplitBy::time ? split.valid_from.has_value() : split.valid > 0.0;
  const ThresholdRule rule = threshold_rule(project.evaluation.decision);
  if (rule.is_chosen() && !has_validation && project.model.task == Task::binary) {
    findings.error(RuleId::incomplete_split, project.position_of("evaluation.decision.threshold"),
                   fmt::format("'evaluation.decision.threshold: {}' is chosen on the validation part, and "
                               "'data.split' leaves it empty",
                               name_of(rule.kind)));
  }
}

void check_binary_decision(const Project& project, FindingList& findings) {
  if (project.model.task != Task::binary) {
    for (const std::string key : {"evaluation.decision.threshold", "evaluation.decision.costs"}) {
      if (project.positions.contains(key)) {
        findings.error(RuleId::threshold_without_binary, project.position_of(key),
                       fmt::format("'{}' does not fit the task {}", key, name_of(project.model.task)));
      }
    }
  }
  if (project.model.balanced && !has_classes(project.model.task)) {
    findings.error(
        RuleId::class_weight_without_classes, project.position_of("model.class_weight"),
        fmt::format("'model.class_weight: balanced' does not fit the task {}", name_of(project.model.task)));
  }
}

void check_current_rule(const Project& project, FindingList& findings) {
  if (project.evaluation.current_rule.threshold && project.model.task != Task::binary) {
    findings.error(RuleId::threshold_without_binary, project.position_of("evaluation.current_rule.threshold"),
                   fmt::format("'evaluation.current_rule.threshold' does not fit the task {}",
                               name_of(project.model.task)));
  }
}

/// `cost` and `value_per_1000` among the metrics, of a project without costs.
void check_costs_of_metric(const Project& project, const std::string& name, Position position,
                           FindingList& findings) {
  const bool counts_money = name == "cost" || name == "value_per_1000";
  if (counts_money && project.model.task == Task::binary && !project.evaluation.decision.costs.is_object()) {
    findings.error(RuleId::missing_key, position,
                   fmt::format("metric '{}' needs 'evaluation.decision.costs'", name),
                   "write for example `decision: {costs: {tp: 0, tn: 0, fp: 1, fn: 5}}`");
  }
}

void check_reference_population(const Project& project, FindingList& findings) {
  for (const auto& [name, shares] : project.evaluation.reference_population) {
    const auto column = project.data.columns.find(name);
    if (column == project.data.columns.end() || !column->second.is_protected) {
      findings.error(
          RuleId::invalid_value, project.position_of(fmt::format("evaluation.reference_population.{}", name)),
          fmt::format("'evaluation.reference_population' names '{}', which is no protected column", name),
          fmt::format("write `{}: {{protected: true}}` in data.columns", name));
    }
  }
}

bool fits_another_task(const std::string& name, const MetricsByTask& metrics) {
  return std::any_of(metrics.begin(), metrics.end(),
                     [&name](const auto& of_task) { return known_name(of_task.second, name).has_value(); });
}

/// Gives each metric its one spelling.
void check_metrics(Project& project, const MetricsByTask& metrics, FindingList& findings) {
  const auto of_task = metrics.find(project.model.task);
  static const std::vector<std::string> none;
  const std::vector<std::string>& known = of_task == metrics.end() ? none : of_task->second;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < project.evaluation.metrics.size(); ++i) {
    std::string& name = project.evaluation.metrics[i];
    const Position position = project.position_of(fmt::format("evaluation.metrics[{}]", i));
    const auto spelled = known_name(known, name);
    name = spelled.value_or(name);
    if (!seen.insert(name).second) {
      findings.error(RuleId::duplicate_entry, position, fmt::format("metric '{}' stands here again", name));
    }
    check_costs_of_metric(project, name, position, findings);
    if (known.empty() || spelled) {
      continue;
    }
    if (!parameter_hint(known, name) && fits_another_task(name, metrics)) {
      findings.error(RuleId::metric_task_mismatch, position,
                     fmt::format("metric '{}' does not fit the task {}", name, name_of(project.model.task)),
                     "run `mlp help metrics` to see which do");
    } else {
      report_unknown_metric(name, position, known, findings);
    }
  }
}

} // namespace

void check_combinations(Project& project, const MetricsByTask& metrics, FindingList& findings) {
  check_positive(project, findings);
  check_target(project, findings);
  check_single_roles(project, findings);
  complete_split(project, findings);
  check_queries(project, findings);
  check_early_stopping(project, findings);
  check_external_trainer(project, findings);
  check_calibration(project, findings);
  check_binary_decision(project, findings);
  check_chosen_threshold(project, findings);
  check_current_rule(project, findings);
  check_reference_population(project, findings);
  check_metrics(project, metrics, findings);
  if (project.evaluation.metrics.empty()) {
    project.evaluation.metrics = default_metrics(project.model.task);
  }
}

} // namespace mlp::config
