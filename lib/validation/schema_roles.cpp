#include "config/scalars.hpp"
#include "validation/breaks.hpp"
#include "validation/schema_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mlp::validation {
namespace {

using config::ColumnSchema;
using dataset::Column;
using dataset::ColumnType;

/// Why the values of a feature are not known in time; empty where they are.
std::string too_late(const dataset::Table& table, const dataset::Roles& roles, const ColumnSchema& said,
                     Breaks& breaks) {
  if (said.available_at.empty()) {
    return "";
  }
  if (const auto after = config::parse_duration(said.available_at)) {
    return *after > 0 ? fmt::format("is known {} after the prediction only", said.available_at) : "";
  }
  const Column* known = table.find(said.available_at);
  const Column* asked = roles.time ? table.find(*roles.time) : nullptr;
  if (known == nullptr || asked == nullptr || known->type != ColumnType::datetime ||
      asked->type != ColumnType::datetime) {
    return "";
  }
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (known->numbers[row] > asked->numbers[row]) {
      breaks.add(row);
    }
  }
  return breaks.rows == 0 ? ""
                          : fmt::format("is known after '{}' in {} of {} rows, says '{}'", asked->name,
                                        breaks.rows, table.rows, known->name);
}

} // namespace

void check_schema_roles(const dataset::Table& table, const dataset::Roles& roles,
                        const config::DataSchema& schema, Findings& findings) {
  for (const std::string& feature : roles.features) {
    const ColumnSchema* said = schema.find(feature);
    if (said == nullptr) {
      continue;
    }
    Breaks breaks;
    const std::string late = too_late(table, roles, *said, breaks);
    if (said->role == config::Role::post_outcome || !late.empty()) {
      Check& check =
          findings.add("post_outcome_feature", CheckStatus::fail,
                       fmt::format("'{}' {}: give it `role: post_outcome` in mlp.yaml", feature,
                                   late.empty() ? "is known after the outcome, says schema.yaml" : late),
                       feature);
      check.rows = breaks.first.numbers();
    } else if (said->role && *said->role != config::Role::feature) {
      findings.add(
          "schema.role", CheckStatus::fail,
          fmt::format("'{}' is a feature, schema.yaml says `role: {}`: give it that role in mlp.yaml",
                      feature, name_of(*said->role)),
          feature);
    }
  }
}

void drop_answered(std::vector<Check>& checks, const config::DataSchema& schema) {
  std::erase_if(checks, [&](const Check& check) {
    const ColumnSchema* said = check.id == "personal_data" ? schema.find(check.subject) : nullptr;
    return said != nullptr && said->pii.has_value();
  });
}

} // namespace mlp::validation
