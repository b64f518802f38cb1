#include "workflow/class_names.hpp"

#include "base/error.hpp"
#include "base/parameter_name.hpp"
#include "config/map_reader.hpp"
#include "dataset/labels.hpp"
#include "dataset/read_table.hpp"
#include "metrics/metric.hpp"
#include "workflow/data_source.hpp"

#include <algorithm>
#include <set>

namespace mlp::workflow {
namespace {

constexpr std::size_t k_rows_at_once = 10'000;

/// A class in the name of a metric, where it is written.
struct NamedClass {
  std::string metric;
  std::string label;
  std::string file;
  config::Position position;
};

std::optional<std::string> class_in(const std::string& metric, const std::vector<std::string>& forms) {
  for (const std::string& form : forms) {
    if (const auto parameter = parameter_of(form, metric); parameter && form.ends_with("@class")) {
      return parameter->text;
    }
  }
  return std::nullopt;
}

std::vector<NamedClass> named_classes(const config::Project& project, const policy::Policy& policy) {
  const auto forms = metrics::metric_forms(project.model.task);
  std::vector<NamedClass> named;
  for (std::size_t i = 0; i < project.evaluation.metrics.size(); ++i) {
    const std::string& metric = project.evaluation.metrics[i];
    if (const auto label = class_in(metric, forms)) {
      named.push_back(
          {metric, *label, "mlp.yaml", project.position_of(fmt::format("evaluation.metrics[{}]", i))});
    }
  }
  for (const auto& [name, gate] : policy.gates) {
    for (const policy::Rule& rule : gate.rules) {
      if (const auto label = class_in(rule.metric, forms)) {
        named.push_back({rule.metric, *label, "policy.yaml", rule.position});
      }
    }
  }
  return named;
}

bool is_among(const std::set<std::string>& classes, const std::string& label) {
  return std::any_of(classes.begin(), classes.end(),
                     [&label](const std::string& other) { return dataset::same_label(label, other); });
}

/// The classes of the target, as far as it takes to see all that are named; nothing where a file is not here
/// or has more values than there may be classes.
std::optional<std::set<std::string>> classes_seen(Workspace& workspace, const config::Project& project,
                                                  const std::vector<NamedClass>& named) {
  std::set<std::string> classes;
  dataset::ReadOptions options = read_options(workspace, project);
  options.progress = nullptr;
  const auto is_enough = [&] {
    return classes.size() > dataset::k_most_classes ||
           std::all_of(named.begin(), named.end(),
                       [&](const NamedClass& one) { return is_among(classes, one.label); });
  };
  for (const std::string& path : project.data.paths) {
    for (const dataset::Source& source : dataset::sources_of(workspace.project_folder() / path, path)) {
      dataset::stream_table(source, options, k_rows_at_once, [&](dataset::Table&& table) {
        const dataset::Column& target = table.column(project.data.target);
        for (std::size_t row = 0; row < table.rows; ++row) {
          if (!target.missing(row)) {
            classes.insert(std::string(target.text(row)));
          }
        }
        return !is_enough();
      });
    }
  }
  return classes.size() > dataset::k_most_classes ? std::nullopt : std::optional(std::move(classes));
}

config::Finding no_such_class(const NamedClass& one, const std::string& target,
                              const std::set<std::string>& classes) {
  config::Finding finding;
  finding.rule = "unknown_metric";
  finding.file = one.file;
  finding.position = one.position;
  const std::vector<std::string> known(classes.begin(), classes.end());
  finding.message = config::with_nearest(
      fmt::format("'{}' names no class: no row of '{}' is '{}'", one.metric, target, one.label), one.label,
      known);
  return finding;
}

} // namespace

std::vector<config::Finding> check_class_names(Workspace& workspace, const config::Project& project,
                                               const policy::Policy& policy) {
  std::vector<config::Finding> findings;
  const auto named = named_classes(project, policy);
  if (named.empty() || project.model.task != Task::multiclass) {
    return findings;
  }
  try {
    if (const auto classes = classes_seen(workspace, project, named)) {
      for (const NamedClass& one : named) {
        if (!is_among(*classes, one.label)) {
          findings.push_back(no_such_class(one, project.data.target, *classes));
        }
      }
    }
  } catch (const Error& error) {
    if (error.code() == ErrorCode::interrupted) {
      throw;
    }
    // data that are not here, or cannot be read, know no classes; that is another finding
  }
  return findings;
}

} // namespace mlp::workflow
