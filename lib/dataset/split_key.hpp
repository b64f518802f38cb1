#pragma once

#include "config/project.hpp"
#include "dataset/table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::dataset {

/// The column that mlp.yaml gives this role, or nothing.
[[nodiscard]] std::optional<std::string> column_of_role(const config::Project& project, config::Role role);

/// The key columns that mlp.yaml names, sorted by name: `split.key`, else the group column (by group) or the
/// id column. Empty = the target and all features. throws Error{input} where a split by group has none
[[nodiscard]] std::vector<std::string> named_key(const config::Project& project);

/// The key columns of this table, sorted by name.
[[nodiscard]] std::vector<std::string> key_columns(const Table& table, const config::Project& project);

} // namespace mlp::dataset
