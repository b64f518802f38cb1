#include "metrics/registry.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"

#include <algorithm>
#include <array>

namespace mlp::metrics {
namespace {

struct TaskMetrics {
  std::vector<Family> families;
  std::vector<MetricInfo> all;
};

TaskMetrics collect(std::vector<Family> families) {
  TaskMetrics task{std::move(families), {}};
  for (const Family& family : task.families) {
    task.all.insert(task.all.end(), family.metrics.begin(), family.metrics.end());
  }
  return task;
}

const TaskMetrics& of(Task task) {
  static const TaskMetrics binary = collect(
      {binary_ranking(), binary_probability(), binary_threshold(), binary_calibration(), binary_costs()});
  static const TaskMetrics multiclass = collect(
      {multiclass_confusion(), multiclass_probability(), multiclass_ranking(), multiclass_calibration()});
  static const TaskMetrics regression =
      collect({regression_losses(), regression_fit(), regression_time(), regression_interval()});
  static const TaskMetrics ranking = collect({query_ranking()});
  const std::array<const TaskMetrics*, 4> tasks = {&binary, &multiclass, &regression, &ranking};
  return *tasks.at(static_cast<std::size_t>(task));
}

void require_known(Task task, std::string_view name) {
  if (find_metric(task, name) != nullptr) {
    return;
  }
  Error error(ErrorCode::input, "'{}' is not a metric of a {} task", name, name_of(task));
  const auto names = metric_forms(task);
  if (const auto hint = parameter_hint(names, name)) {
    throw std::move(error).hint(*hint);
  }
  if (const auto near = nearest(name, names)) {
    throw std::move(error).hint(fmt::format("did you mean `{}`?", *near));
  }
  throw std::move(error).hint("run `mlp help metrics`");
}

/// Whether the name is the metric's, or of its form; then with its parameter.
std::optional<NameParameter> match(const MetricInfo& info, std::string_view name) {
  if (is_form(info.name)) {
    return parameter_of(info.name, name);
  }
  return info.name == name ? std::optional(NameParameter()) : std::nullopt;
}

void add(PreparedFamily& part, std::vector<Wanted>& wanted, const Family& family, const std::string& name,
         std::size_t position) {
  for (std::size_t metric = 0; metric < family.metrics.size(); ++metric) {
    if (auto parameter = match(family.metrics[metric], name)) {
      wanted.push_back({metric, std::move(*parameter)});
      part.infos.push_back(&family.metrics[metric]);
      part.names.push_back(name);
      part.positions.push_back(position);
      return;
    }
  }
}

} // namespace

std::span<const MetricInfo> metrics_of(Task task) { return of(task).all; }

const MetricInfo* find_metric(Task task, std::string_view name) {
  const auto all = metrics_of(task);
  const auto found =
      std::ranges::find_if(all, [&](const MetricInfo& info) { return match(info, name).has_value(); });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> metric_names(Task task) {
  std::vector<std::string> names;
  for (const MetricInfo& info : metrics_of(task)) {
    if (!is_form(info.name)) {
      names.emplace_back(info.name);
      continue;
    }
    const std::string_view stem = info.name.substr(0, info.name.find_last_of("@=") + 1);
    for (std::string_view rest = info.usual; !rest.empty();) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      names.push_back(std::string(stem) + std::string(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return names;
}

std::vector<std::string> metric_forms(Task task) {
  std::vector<std::string> names = metric_names(task);
  for (const MetricInfo& info : metrics_of(task)) {
    if (is_form(info.name)) {
      names.emplace_back(info.name);
    }
  }
  return names;
}

std::vector<std::string> joined(std::vector<std::string> names, std::span<const std::string> more) {
  for (const std::string& name : more) {
    if (std::ranges::find(names, name) == names.end()) {
      names.push_back(name);
    }
  }
  return names;
}

bool needs_costs(std::string_view metric) {
  static const Family costs = binary_costs();
  return std::ranges::find(costs.metrics, metric, &MetricInfo::name) != costs.metrics.end();
}

std::vector<PreparedFamily> prepare(std::span<const std::string> names, const Rows& rows) {
  for (const std::string& name : names) {
    require_known(rows.task, name);
  }
  std::vector<PreparedFamily> prepared;
  for (const Family& family : of(rows.task).families) {
    PreparedFamily part;
    std::vector<Wanted> wanted;
    for (std::size_t position = 0; position < names.size(); ++position) {
      add(part, wanted, family, names[position], position);
    }
    if (!wanted.empty()) {
      part.statistic = family.prepare(rows, wanted);
      prepared.push_back(std::move(part));
    }
  }
  return prepared;
}

PreparedFamily prepare_one(std::string_view name, const Rows& rows) {
  const std::array<std::string, 1> names = {std::string(name)};
  return std::move(prepare(names, rows).front());
}

} // namespace mlp::metrics
