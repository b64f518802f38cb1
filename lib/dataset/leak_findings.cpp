#include "dataset/column_findings.hpp"
#include "dataset/labels.hpp"
#include "dataset/training_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mlp::dataset {
namespace {

constexpr std::int64_t k_recoding_rows = 30; // in fewer rows two columns may agree by chance

/// Whether each label of one column goes with exactly one of the other, in every row where `of` is present.
bool is_recoding(const Labels& column, const Labels& of) {
  std::vector<std::int32_t> partner(of.texts.size(), -1);
  std::vector<bool> taken(column.texts.size());
  for (std::size_t row = 0; row < of.codes.size(); ++row) {
    if (of.codes[row] < 0) {
      continue;
    }
    if (column.codes[row] < 0) {
      return false;
    }
    std::int32_t& known = partner[static_cast<std::size_t>(of.codes[row])];
    const auto code = static_cast<std::size_t>(column.codes[row]);
    if (known < 0 && !taken[code]) {
      known = column.codes[row];
      taken[code] = true;
    } else if (known != column.codes[row]) {
      return false;
    }
  }
  return true;
}

/// A column whose copies are no features, with what is needed to recognise one.
struct Forbidden {
  const Column* column = nullptr;
  const ColumnProfile* profile = nullptr;
  std::optional<Labels> labels; ///< where it names classes
};

bool says_the_same(const Column& feature, const ColumnProfile& profile, const Forbidden& forbidden) {
  if (forbidden.profile->unique < 2 || profile.unique < forbidden.profile->unique) {
    return false;
  }
  if (same_values(feature, *forbidden.column)) {
    return true;
  }
  if (!forbidden.labels || forbidden.profile->count < k_recoding_rows ||
      profile.unique != forbidden.profile->unique) {
    return false;
  }
  const auto labels = labels_of(feature);
  return labels && is_recoding(*labels, *forbidden.labels);
}

std::vector<std::string> copies_of(const Forbidden& forbidden, const Table& table, const Profile& profile,
                                   const Roles& roles) {
  std::vector<std::string> copies;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& name = table.columns[i].name;
    const bool offered =
        std::find(roles.features.begin(), roles.features.end(), name) != roles.features.end();
    if (offered && says_the_same(table.columns[i], profile.columns[i], forbidden)) {
      copies.push_back(name);
    }
  }
  return copies;
}

} // namespace

std::vector<Check> leak_findings(const Table& table, const Profile& profile, const config::Project& project,
                                 const Roles& roles) {
  std::vector<Check> findings;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    const config::Role role = role_of(project, column.name);
    if (role != config::Role::target && role != config::Role::post_outcome) {
      continue;
    }
    const bool is_target = role == config::Role::target;
    const bool has_classes = !is_target || mlp::has_classes(project.model.task);
    const Forbidden forbidden{&column, &profile.columns[i], has_classes ? labels_of(column) : std::nullopt};
    for (const std::string& name : copies_of(forbidden, table, profile, roles)) {
      findings.push_back(
          failure(is_target ? "target_in_features" : "post_outcome_feature", name,
                  fmt::format("'{}' says the same as {} '{}': give it `role: ignore`", name,
                              is_target ? "the target" : "the post-outcome column", column.name)));
    }
  }
  const auto said = project.data.columns.find(roles.target);
  if (said != project.data.columns.end() &&
      said->second.role.value_or(config::Role::target) != config::Role::target) {
    findings.push_back(
        failure("target_in_features", roles.target,
                fmt::format("the target '{}' is declared `role: {}`, but is what the model shall predict",
                            roles.target, name_of(*said->second.role))));
  }
  return findings;
}

} // namespace mlp::dataset
