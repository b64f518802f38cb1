#include "dataset/roles.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "config/rules.hpp"

#include <algorithm>
#include <span>

namespace mlp::dataset {
namespace {

/// A place in mlp.yaml that names a column.
struct Mention {
  std::string column;
  config::Position position;
};

std::vector<Mention> mentions_in(const config::Project& project) {
  std::vector<Mention> mentions = {{project.data.target, project.position_of("data.target")}};
  for (const auto& [name, column] : project.data.columns) {
    mentions.push_back({name, column.position});
  }
  for (const std::string& name : project.data.split.key) {
    mentions.push_back({name, project.position_of("data.split.key")});
  }
  for (const config::SliceConfig& slice : project.evaluation.slices) {
    for (const std::string& name : slice.columns) {
      mentions.push_back({name, project.position_of("evaluation.slices")});
    }
  }
  const Json& costs = project.evaluation.decision.costs;
  for (const char* outcome : {"tp", "tn", "fp", "fn"}) {
    if (costs.is_object() && costs[outcome].is_string()) {
      mentions.push_back({costs[outcome].as_string(),
                          project.position_of(fmt::format("evaluation.decision.costs.{}", outcome))});
    }
  }
  if (const std::string& column = project.evaluation.current_rule.column; !column.empty()) {
    mentions.push_back({column, project.position_of("evaluation.current_rule.column")});
  }
  return mentions;
}

std::string list_of(std::span<const std::string> names) {
  constexpr std::size_t k_most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), k_most); ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  return names.size() <= k_most ? text : fmt::format("{} and {} more", text, names.size() - k_most);
}

void require_columns(const std::vector<std::string>& present, const config::Project& project) {
  std::vector<std::string> absent;
  for (const Mention& mention : mentions_in(project)) {
    if (std::find(present.begin(), present.end(), mention.column) != present.end()) {
      continue;
    }
    const auto near = nearest(mention.column, present);
    std::string text = near ? fmt::format("'{}' (did you mean '{}'?)", mention.column, *near)
                            : fmt::format("'{}'", mention.column);
    if (std::find(absent.begin(), absent.end(), text) == absent.end()) {
      absent.push_back(std::move(text));
    }
  }
  if (!absent.empty()) {
    throw Error(ErrorCode::input, "the data lack {} of mlp.yaml: {}",
                absent.size() == 1 ? "a column" : fmt::format("{} columns", absent.size()),
                fmt::to_string(fmt::join(absent, ", ")))
        .hint(fmt::format("the data's columns: {}", list_of(present)));
  }
}

void assign(Roles& roles, const Column& column, config::Role role) {
  switch (role) {
  case config::Role::feature:
    (column.type == ColumnType::text ? roles.text_left_out : roles.features).push_back(column.name);
    break;
  case config::Role::id:
    roles.id = column.name;
    break;
  case config::Role::time:
    roles.time = column.name;
    break;
  case config::Role::group:
    roles.group = column.name;
    break;
  case config::Role::weight:
    roles.weight = column.name;
    break;
  case config::Role::post_outcome:
  case config::Role::ignore:
  case config::Role::target:
    break;
  }
}

} // namespace

config::Role role_of(const config::Project& project, std::string_view column) {
  if (column == project.data.target) {
    return config::Role::target;
  }
  const auto found = project.data.columns.find(std::string(column));
  if (found == project.data.columns.end()) {
    return config::Role::feature;
  }
  const config::ColumnConfig& said = found->second;
  return said.role.value_or(said.is_protected ? config::Role::ignore : config::Role::feature);
}

Roles roles_of(const Table& table, const config::Project& project) {
  std::vector<std::string> present;
  for (const Column& column : table.columns) {
    present.push_back(column.name);
  }
  require_columns(present, project);
  Roles roles;
  roles.target = project.data.target;
  for (const Column& column : table.columns) {
    assign(roles, column, role_of(project, column.name));
    const auto said = project.data.columns.find(column.name);
    if (said != project.data.columns.end() && said->second.is_protected) {
      roles.protected_columns.push_back(column.name);
    }
  }
  return roles;
}

std::vector<config::Finding> check_columns(const std::vector<std::string>& table_columns,
                                           const config::Project& project, const std::string& file) {
  std::vector<config::Finding> findings;
  for (const Mention& mention : mentions_in(project)) {
    if (std::find(table_columns.begin(), table_columns.end(), mention.column) != table_columns.end()) {
      continue;
    }
    const auto near = nearest(mention.column, table_columns);
    config::Finding finding;
    finding.rule = config::name_of(config::RuleId::unknown_column);
    finding.file = file;
    finding.position = mention.position;
    finding.message = fmt::format("the data have no column '{}'", mention.column);
    finding.hint = near ? fmt::format("did you mean '{}'?", *near)
                        : fmt::format("the data's columns: {}", list_of(table_columns));
    findings.push_back(std::move(finding));
  }
  return findings;
}

} // namespace mlp::dataset
