#include "base/error.hpp"
#include "dataset/labels.hpp"
#include "dataset/queries.hpp"
#include "dataset/roles.hpp"
#include "dataset/target_problem.hpp"

#include <algorithm>
#include <limits>
#include <span>

namespace mlp::dataset {
namespace {

void require_none(const std::optional<TargetProblem>& problem) {
  if (problem) {
    throw Error(ErrorCode::input, "{}", problem->why).hint(problem->hint);
  }
}

std::vector<std::string> derived_classes(const Column& column, const Labels& labels,
                                         const config::Project& project) {
  if (project.model.task == Task::multiclass) {
    return labels.texts;
  }
  const std::string positive = positive_label(column, labels, project).value_or(labels.texts.back());
  return {labels.texts[labels.texts[0] == positive ? 1 : 0], positive};
}

std::vector<double> values_by_class(const Labels& labels, std::span<const std::string> classes,
                                    const std::string& target) {
  std::vector<double> value_of;
  for (const std::string& text : labels.texts) {
    const auto found = std::find_if(classes.begin(), classes.end(),
                                    [&](const std::string& known) { return same_label(known, text); });
    if (found == classes.end()) {
      throw Error(ErrorCode::input,
                  "the target '{}' holds '{}', which the model does not know: its classes are {}", target,
                  text, quoted_list(classes))
          .hint("correct the labels, or train a model that knows them");
    }
    value_of.push_back(static_cast<double>(found - classes.begin()));
  }
  std::vector<double> values;
  values.reserve(labels.codes.size());
  for (const std::int32_t code : labels.codes) {
    values.push_back(code < 0 ? std::numeric_limits<double>::quiet_NaN()
                              : value_of[static_cast<std::size_t>(code)]);
  }
  return values;
}

/// A row without a query can be ranked with no other: it counts as one without a target.
std::vector<double> grades_of_queries(const Column& target, const Column& query) {
  std::vector<double> grades = target.numbers;
  for (std::size_t row = 0; row < grades.size(); ++row) {
    if (query.missing(row)) {
      grades[row] = std::numeric_limits<double>::quiet_NaN();
    }
  }
  return grades;
}

} // namespace

Target target_of(const Table& table, const config::Project& project,
                 const std::vector<std::string>& classes) {
  const Column& column = table.column(project.data.target);
  if (project.model.task == Task::regression) {
    require_none(regression_problem(column));
    return {column.numbers, {}};
  }
  if (project.model.task == Task::ranking) {
    require_none(relevance_problem(column));
    return {grades_of_queries(column, query_column(table, project)), {}};
  }
  const auto labels = labels_of(column);
  if (!labels || classes.empty()) {
    require_none(class_problem(column, labels, project));
  }
  Target target;
  target.classes = classes.empty() ? derived_classes(column, *labels, project) : classes;
  target.values = values_by_class(*labels, target.classes, column.name);
  return target;
}

} // namespace mlp::dataset
