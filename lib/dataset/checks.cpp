#include "dataset/checks.hpp"

#include "dataset/roles.hpp"
#include "dataset/row_costs.hpp"
#include "dataset/training_findings.hpp"
#include "dataset/writing_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>

namespace mlp::dataset {
namespace {

void append(std::vector<Check>& findings, std::vector<Check> more) {
  std::move(more.begin(), more.end(), std::back_inserter(findings));
}

bool is_declared_feature(const config::Project& project, const std::string& column) {
  const auto said = project.data.columns.find(column);
  return said != project.data.columns.end() && said->second.role == config::Role::feature;
}

std::vector<Check> row_findings(const Profile& profile) {
  if (profile.rows > 0) {
    return {};
  }
  return {failure("no_rows", "", "the table has columns and no rows")};
}

/// What check_table says of the columns that are features by role; identifiers among them are failures.
std::vector<Check> feature_findings(const Table& table, const Profile& profile,
                                    std::span<const ColumnFacts> facts, const config::Project& project) {
  std::vector<std::size_t> features;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (role_of(project, table.columns[i].name) == config::Role::feature) {
      features.push_back(i);
    }
  }
  std::vector<Check> findings = column_findings(profile, facts, features, same_columns_of(table));
  for (const std::size_t i : features) {
    const Column& column = table.columns[i];
    if (column.type == ColumnType::text || is_declared_feature(project, column.name) ||
        !names_rows(column, profile.columns[i])) {
      continue;
    }
    std::erase_if(findings,
                  [&](const Check& check) { return check.id == "id_like" && check.subject == column.name; });
    findings.push_back(
        failure("id_feature", column.name,
                fmt::format("'{}' names rows, it does not describe them: give it `role: id` or `role: "
                            "ignore` (or `role: feature` to train on it all the same)",
                            column.name)));
  }
  return findings;
}

/// Of the columns that training reads: of others it does not matter.
std::vector<Check> writing_findings_for(const Table& table, const Profile& profile,
                                        std::span<const ColumnFacts> facts, const config::Project& project) {
  std::vector<std::size_t> read;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const config::Role role = role_of(project, table.columns[i].name);
    if (role != config::Role::ignore && role != config::Role::id && role != config::Role::post_outcome) {
      read.push_back(i);
    }
  }
  return writing_findings(profile, facts, read);
}

std::vector<Check> weight_findings(const Table& table, const Roles& roles) {
  if (!roles.weight) {
    return {};
  }
  const Column& weight = table.column(*roles.weight);
  if (weight.type != ColumnType::number) {
    return {failure(
        "weights", weight.name,
        fmt::format("the weight column '{}' is a {}, not a number", weight.name, name_of(weight.type)))};
  }
  const Column& target = table.column(roles.target);
  std::int64_t bad = 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    bad += !target.missing(row) && !(weight.numbers[row] >= 0) ? 1 : 0;
  }
  if (bad == 0) {
    return {};
  }
  Check check = failure(
      "weights", weight.name,
      fmt::format("{} rows with a target have no weight, or a negative one, in '{}'", bad, weight.name));
  check.observed = static_cast<double>(bad);
  return {std::move(check)};
}

} // namespace

Check failure(std::string id, std::string subject, std::string why) {
  Check check;
  check.id = std::move(id);
  check.status = CheckStatus::fail;
  check.subject = std::move(subject);
  check.why = std::move(why);
  return check;
}

std::vector<Check> check_table(const Profile& profile, std::span<const ColumnFacts> facts,
                               const SameColumns& same) {
  std::vector<std::size_t> all(profile.columns.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<Check> findings = row_findings(profile);
  append(findings, column_findings(profile, facts, all, same));
  append(findings, writing_findings(profile, facts, all));
  append(findings, personal_findings(profile, facts));
  return findings;
}

std::vector<Check> check_table(const Table& table, const Profile& profile) {
  return check_table(profile, facts_of(table), same_columns_of(table));
}

std::vector<Check> check_for_training(const Table& table, const Profile& profile,
                                      const config::Project& project) {
  const Roles roles = roles_of(table, project);
  std::vector<Check> findings = row_findings(profile);
  append(findings, target_findings(table, project));
  append(findings, leak_findings(table, profile, project, roles));
  if (roles.features.empty()) {
    findings.push_back(
        failure("no_features", "",
                "no column is left to learn from: all are target, text, or of a role that is no feature"));
  }
  append(findings, weight_findings(table, roles));
  const bool has_classes = std::none_of(findings.begin(), findings.end(), [](const Check& check) {
    return check.status == CheckStatus::fail && (check.id.starts_with("target") || check.id == "one_class");
  });
  if (has_classes) {
    append(findings, cost_findings(table, project));
  }
  append(findings, declared_findings(table, profile, project));
  const std::vector<ColumnFacts> facts = facts_of(table);
  append(findings, feature_findings(table, profile, facts, project));
  append(findings, writing_findings_for(table, profile, facts, project));
  append(findings, personal_findings(profile, facts));
  return findings;
}

} // namespace mlp::dataset
