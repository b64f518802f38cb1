#pragma once

#include "config/project.hpp"
#include "dataset/table.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// What each column of a table is for, from mlp.yaml and the table's types.
struct Roles {
  std::string target;
  std::vector<std::string> features; ///< in table order; text columns are not offered to the trainer
  std::optional<std::string> id, time, group, weight;
  std::vector<std::string> protected_columns;
  std::vector<std::string> text_left_out; ///< features by role, but text: said so to the user
};

/// The role that mlp.yaml gives a column: the target's is `target`; a protected column is ignored and any
/// other is a feature, unless a role is written.
[[nodiscard]] config::Role role_of(const config::Project& project, std::string_view column);

/// throws Error{input} naming every column of mlp.yaml that the table lacks (with the nearest name)
[[nodiscard]] Roles roles_of(const Table& table, const config::Project& project);
/// The same as findings, for `mlp check`: one for each place that names an absent column.
[[nodiscard]] std::vector<config::Finding> check_columns(const std::vector<std::string>& table_columns,
                                                         const config::Project& project,
                                                         const std::string& file);

/// The target as numbers: binary 0/1 (1 = positive), multiclass class index, regression the value; NaN =
/// missing.
struct Target {
  std::vector<double> values;
  std::vector<std::string>
      classes; ///< binary {negative, positive}; multiclass sorted by bytes; regression empty
};
/// `classes`: of a model whose target this must fit; empty = derive from the table. Where mlp.yaml names no
/// positive class, it is the greater of two numbers or the true one of a boolean; of two words it is not
/// guessed. throws Error{input}: not numeric for regression, not two classes, positive not among them,
/// unknown class
[[nodiscard]] Target target_of(const Table& table, const config::Project& project,
                               const std::vector<std::string>& classes = {});

} // namespace mlp::dataset
