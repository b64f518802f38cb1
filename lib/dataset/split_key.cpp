#include "dataset/split_key.hpp"

#include "base/error.hpp"
#include "dataset/roles.hpp"

#include <algorithm>

namespace mlp::dataset {

std::optional<std::string> column_of_role(const config::Project& project, config::Role role) {
  for (const auto& [name, column] : project.data.columns) {
    if (role_of(project, name) == role) {
      return name;
    }
  }
  return std::nullopt;
}

std::vector<std::string> named_key(const config::Project& project) {
  const config::SplitConfig& split = project.data.split;
  std::vector<std::string> key = split.key;
  if (key.empty()) {
    const bool by_group = split.by == config::SplitBy::group || project.model.task == Task::ranking;
    const auto role = by_group ? config::Role::group : config::Role::id;
    if (const auto column = column_of_role(project, role)) {
      key = {*column};
    }
  }
  if (key.empty() && split.by == config::SplitBy::group) {
    throw Error(ErrorCode::input, "cannot split by group: mlp.yaml names no group column")
        .hint("set `data.split.key: [COLUMN]`, or `role: group` for a column");
  }
  std::sort(key.begin(), key.end());
  key.erase(std::unique(key.begin(), key.end()), key.end());
  return key;
}

std::vector<std::string> key_columns(const Table& table, const config::Project& project) {
  std::vector<std::string> key = named_key(project);
  if (key.empty()) {
    for (const Column& column : table.columns) {
      const config::Role role = role_of(project, column.name);
      if (role == config::Role::feature || role == config::Role::target) {
        key.push_back(column.name);
      }
    }
    std::sort(key.begin(), key.end());
  }
  return key;
}

} // namespace mlp::dataset
