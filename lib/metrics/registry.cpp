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
  static const TaskMetrics binary =
      collect({binary_ranking(), binary_probability(), binary_threshold(), binary_calibration()});
  static const TaskMetrics multiclass = collect(
      {multiclass_confusion(), multiclass_probability(), multiclass_ranking(), multiclass_calibration()});
  static const TaskMetrics regression = collect({regression_losses(), regression_fit()});
  const std::array<const TaskMetrics*, 3> tasks = {&binary, &multiclass, &regression};
  return *tasks.at(static_cast<std::size_t>(task));
}

void require_known(Task task, std::string_view name) {
  if (find_metric(task, name) != nullptr) {
    return;
  }
  Error error(ErrorCode::input, "'{}' is not a metric of a {} task", name, name_of(task));
  const auto names = metric_names(task);
  if (const auto near = nearest(name, names)) {
    throw std::move(error).hint(fmt::format("did you mean `{}`?", *near));
  }
  throw std::move(error).hint("run `mlp help metrics`");
}

} // namespace

std::span<const MetricInfo> metrics_of(Task task) { return of(task).all; }

const MetricInfo* find_metric(Task task, std::string_view name) {
  const auto all = metrics_of(task);
  const auto found = std::ranges::find(all, name, &MetricInfo::name);
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> metric_names(Task task) {
  std::vector<std::string> names;
  for (const MetricInfo& info : metrics_of(task)) {
    names.emplace_back(info.name);
  }
  return names;
}

std::vector<PreparedFamily> prepare(std::span<const std::string> names, const Rows& rows) {
  for (const std::string& name : names) {
    require_known(rows.task, name);
  }
  std::vector<PreparedFamily> prepared;
  for (const Family& family : of(rows.task).families) {
    PreparedFamily part;
    std::vector<std::size_t> wanted;
    for (std::size_t position = 0; position < names.size(); ++position) {
      const auto found = std::ranges::find(family.metrics, names[position], &MetricInfo::name);
      if (found != family.metrics.end()) {
        wanted.push_back(static_cast<std::size_t>(found - family.metrics.begin()));
        part.infos.push_back(&*found);
        part.positions.push_back(position);
      }
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
