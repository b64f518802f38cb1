#pragma once

#include "config/project.hpp"
#include "dataset/labels.hpp"
#include "dataset/table.hpp"

#include <optional>
#include <span>
#include <string>

namespace mlp::dataset {

/// Why a column cannot be the target of the task.
struct TargetProblem {
  std::string id; ///< of the check that says so: target_not_numeric, target_classes or one_class
  std::string why;
  std::string hint;
};

/// For regression: numbers, and booleans that are spelt 0 and 1, will do.
[[nodiscard]] std::optional<TargetProblem> regression_problem(const Column& column);

/// Why the column holds no grades of relevance (whole numbers from 0 to 31: 2^grade is what some metrics
/// gain); nothing where it does.
[[nodiscard]] std::optional<TargetProblem> relevance_problem(const Column& column);
/// For classes; `labels` of the column, nothing where it has too many. One class only is a problem, too.
[[nodiscard]] std::optional<TargetProblem>
class_problem(const Column& column, const std::optional<Labels>& labels, const config::Project& project);

/// Which label is the positive one; nothing where mlp.yaml names none and the labels are words, or where the
/// one it names is not among them.
[[nodiscard]] std::optional<std::string> positive_label(const Column& column, const Labels& labels,
                                                        const config::Project& project);

/// "'a', 'b'", at most five of them.
[[nodiscard]] std::string quoted_list(std::span<const std::string> texts);

} // namespace mlp::dataset
