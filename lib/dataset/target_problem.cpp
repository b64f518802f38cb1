#include "dataset/target_problem.hpp"

#include "base/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlp::dataset {
namespace {

TargetProblem positive_problem(const Column& column, const Labels& labels, const config::Project& project) {
  if (!project.data.positive) {
    return {"target_classes",
            fmt::format("mlp.yaml does not say which of {} is the positive class of '{}'",
                        quoted_list(labels.texts), column.name),
            fmt::format("set `data.positive: \"{}\"` in mlp.yaml, or the other one", labels.texts.back())};
  }
  const auto near = nearest(*project.data.positive, labels.texts);
  return {"target_classes",
          fmt::format("the positive class '{}' does not occur in the target '{}', which holds {}",
                      *project.data.positive, column.name, quoted_list(labels.texts)),
          fmt::format("set `data.positive: \"{}\"` in mlp.yaml", near.value_or(labels.texts.back()))};
}

bool holds_numbers(const Column& column) {
  const auto is_digit = [](const std::string& text) {
    return same_label(text, "0") || same_label(text, "1");
  };
  return column.type == ColumnType::number ||
         (column.type == ColumnType::boolean &&
          std::all_of(column.spellings.begin(), column.spellings.end(), is_digit));
}

} // namespace

std::optional<TargetProblem> relevance_problem(const Column& column) {
  constexpr double k_highest_grade = 31.0;
  const char* const hint = "write grades from 0 (not relevant) to 31, or set another `data.target`";
  if (!holds_numbers(column)) {
    return TargetProblem{"target_not_numeric",
                         fmt::format("the target '{}' is a {}, but a ranking needs grades of relevance",
                                     column.name, name_of(column.type)),
                         hint};
  }
  for (std::size_t row = 0; row < column.numbers.size(); ++row) {
    const double grade = column.numbers[row];
    if (!column.missing(row) && !(grade >= 0.0 && grade <= k_highest_grade && grade == std::floor(grade))) {
      return TargetProblem{
          "relevance_grades",
          fmt::format("row {}: '{}' is {}, no grade of relevance: a whole number from 0 to 31", row + 1,
                      column.name, column.text(row)),
          hint};
    }
  }
  return std::nullopt;
}

std::optional<TargetProblem> regression_problem(const Column& column) {
  if (holds_numbers(column)) {
    return std::nullopt;
  }
  return TargetProblem{"target_not_numeric",
                       fmt::format("the target '{}' is a {}, but a regression needs numbers", column.name,
                                   name_of(column.type)),
                       "set `model.task: binary` or `multiclass` in mlp.yaml, or another `data.target`"};
}

std::optional<TargetProblem> class_problem(const Column& column, const std::optional<Labels>& labels,
                                           const config::Project& project) {
  if (!labels) {
    return TargetProblem{
        "target_classes",
        fmt::format("the target '{}' has more than {} different values: these are no classes", column.name,
                    k_most_classes),
        "set `model.task: regression` in mlp.yaml, or another `data.target`"};
  }
  if (labels->texts.size() < 2) {
    return TargetProblem{"one_class",
                         labels->texts.empty() ? fmt::format("no row has a target ('{}')", column.name)
                                               : fmt::format("every row's target ('{}') is '{}'", column.name,
                                                             labels->texts.front()),
                         "choose data in which every class occurs, or another `data.target` in mlp.yaml"};
  }
  if (project.model.task != Task::binary) {
    return std::nullopt;
  }
  if (labels->texts.size() > 2) {
    return TargetProblem{"target_classes",
                         fmt::format("the target '{}' has {} classes ({}), but the task is binary",
                                     column.name, labels->texts.size(), quoted_list(labels->texts)),
                         "set `model.task: multiclass` in mlp.yaml"};
  }
  return positive_label(column, *labels, project) ? std::nullopt
                                                  : std::optional(positive_problem(column, *labels, project));
}

std::optional<std::string> positive_label(const Column& column, const Labels& labels,
                                          const config::Project& project) {
  if (project.data.positive) {
    const auto found = std::find_if(labels.texts.begin(), labels.texts.end(), [&](const std::string& text) {
      return same_label(text, *project.data.positive);
    });
    return found == labels.texts.end() ? std::nullopt : std::optional(*found);
  }
  if (!column.is_numeric()) {
    return std::nullopt;
  }
  const auto greatest =
      std::max_element(column.numbers.begin(), column.numbers.end(),
                       [](double a, double b) { return std::isnan(a) ? !std::isnan(b) : a < b; });
  return column.text(static_cast<std::size_t>(greatest - column.numbers.begin()));
}

std::string quoted_list(std::span<const std::string> texts) {
  constexpr std::size_t k_most = 5;
  std::string list;
  for (std::size_t i = 0; i < std::min(texts.size(), k_most); ++i) {
    list += fmt::format("{}'{}'", i == 0 ? "" : ", ", texts[i]);
  }
  return texts.size() <= k_most ? list : fmt::format("{} and {} more", list, texts.size() - k_most);
}

} // namespace mlp::dataset
