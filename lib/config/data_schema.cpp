#include "config/data_schema.hpp"

#include "base/error.hpp"
#include "base/json.hpp"
#include "config/map_reader.hpp"
#include "config/scalars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace mlp::config {
namespace {

constexpr std::string_view k_schema = "mlp.data_schema/1";
constexpr double k_infinity = std::numeric_limits<double>::infinity();
constexpr Range k_any = {-k_infinity, k_infinity};
constexpr std::array<std::string_view, 5> k_types = {"number", "boolean", "category", "datetime", "text"};
constexpr std::array<std::string_view, 8> k_roles = {"feature", "id",           "time",   "group",
                                                     "weight",  "post_outcome", "ignore", "target"};
constexpr std::array<std::string_view, 2> k_orders = {"increasing", "decreasing"};

void read_pattern(ColumnSchema& column, MapReader& section) {
  column.regex = section.text("regex").value_or("");
  if (column.regex.empty()) {
    return;
  }
  try {
    column.pattern.emplace(column.regex);
  } catch (const Error& error) {
    section.findings().error(RuleId::invalid_value, section.find("regex")->position,
                             fmt::format("'{}' is no pattern: {}", section.path_of("regex"), error.what()),
                             error.hints().empty() ? "" : error.hints().front());
  }
}

void check_limits(const ColumnSchema& column, MapReader& section) {
  if (column.min && column.max && !(*column.min <= *column.max)) {
    section.findings().error(RuleId::column_limits, section.position_of("min"),
                             fmt::format("'{}' {} is above its max {}", section.path_of("min"),
                                         shortest(*column.min), shortest(*column.max)));
  }
  const bool counted = !column.type || column.type == "number" || column.type == "boolean";
  if (!counted && (column.min || column.max)) {
    section.findings().error(RuleId::column_limits, section.position_of(column.min ? "min" : "max"),
                             fmt::format("'{}' limits a {}: only numbers have limits",
                                         section.path_of(column.min ? "min" : "max"), *column.type));
  }
  if (!column.nullable && column.max_missing.value_or(0) > 0) {
    section.findings().error(
        RuleId::column_limits, section.position_of("max_missing"),
        fmt::format("'{}' allows what `nullable: false` forbids", section.path_of("max_missing")));
  }
}

ColumnSchema read_column(MapReader section, Position position) {
  ColumnSchema column;
  column.position = position;
  column.type = section.choice("type", k_types);
  column.nullable = section.boolean("nullable").value_or(true);
  column.max_missing = section.number("max_missing", {0.0, 1.0});
  column.values = section.texts("values");
  column.min = section.number("min", k_any);
  column.max = section.number("max", k_any);
  read_pattern(column, section);
  column.unique = section.boolean("unique").value_or(false);
  if (const auto order = section.choice("monotone", k_orders)) {
    column.monotone = *order == "increasing" ? Monotone::increasing : Monotone::decreasing;
  }
  if (const auto role = section.choice("role", k_roles)) {
    column.role = static_cast<Role>(std::find(k_roles.begin(), k_roles.end(), *role) - k_roles.begin());
  }
  column.available_at = section.text("available_at").value_or("");
  column.unit = section.text("unit").value_or("");
  column.owner = section.text("owner").value_or("");
  column.pii = section.boolean("pii");
  section.finish();
  check_limits(column, section);
  return column;
}

/// Whatever is no duration names a column of dates.
void check_availability(const DataSchema& schema, const YamlNode& columns, FindingList& findings) {
  std::vector<std::string> dates;
  for (const auto& [name, column] : schema.columns) {
    if (column.type.value_or("datetime") == "datetime") {
      dates.push_back(name);
    }
  }
  for (const auto& [name, column] : schema.columns) {
    const std::string& when = column.available_at;
    if (when.empty() || parse_duration(when) || std::find(dates.begin(), dates.end(), when) != dates.end()) {
      continue;
    }
    findings.error(
        RuleId::invalid_value, columns.find(name)->find("available_at")->position,
        with_nearest(fmt::format("'columns.{}.available_at' is '{}', no duration like 30d and no column "
                                 "of dates",
                                 name, when),
                     when, dates));
  }
}

std::string number_text(double value) { return shortest(value); }

std::string column_text(const ColumnSchema& column) {
  std::string text;
  const auto add = [&](std::string_view key, const std::string& value) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, value);
  };
  if (column.type) {
    add("type", *column.type);
  }
  if (!column.nullable) {
    add("nullable", "false");
  }
  if (column.max_missing) {
    add("max_missing", number_text(*column.max_missing));
  }
  if (column.values) {
    std::string list;
    for (const std::string& value : *column.values) {
      list += (list.empty() ? "" : ", ") + yaml_text(value);
    }
    add("values", "[" + list + "]");
  }
  if (column.min) {
    add("min", number_text(*column.min));
  }
  if (column.max) {
    add("max", number_text(*column.max));
  }
  if (!column.regex.empty()) {
    add("regex", yaml_text(column.regex));
  }
  if (column.unique) {
    add("unique", "true");
  }
  if (column.monotone) {
    add("monotone", std::string(k_orders[static_cast<std::size_t>(*column.monotone)]));
  }
  if (column.role) {
    add("role", std::string(name_of(*column.role)));
  }
  if (!column.available_at.empty()) {
    add("available_at", yaml_text(column.available_at));
  }
  if (!column.unit.empty()) {
    add("unit", yaml_text(column.unit));
  }
  if (!column.owner.empty()) {
    add("owner", yaml_text(column.owner));
  }
  if (column.pii) {
    add("pii", *column.pii ? "true" : "false");
  }
  return text;
}

} // namespace

const ColumnSchema* DataSchema::find(std::string_view name) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.first == name; });
  return found == columns.end() ? nullptr : &found->second;
}

LoadedSchema load_data_schema(std::string_view text, const std::string& file) {
  const YamlNode tree = parse_yaml(text, file);
  FindingList findings(file);
  LoadedSchema loaded;
  MapReader root(tree, "", findings);
  root.require_schema(k_schema);
  loaded.schema.closed = root.boolean("closed").value_or(false);
  root.require("columns", "what each column promises");
  MapReader columns = root.map("columns");
  const YamlNode& node = columns.node();
  for (std::size_t i = 0; i < node.members.size(); ++i) {
    const std::string& name = node.members[i].key;
    loaded.schema.columns.emplace_back(name, read_column(columns.map(name), node.key_positions[i]));
  }
  check_availability(loaded.schema, node, findings);
  root.finish();
  loaded.findings = std::move(findings).sorted();
  return loaded;
}

std::string format_data_schema(const DataSchema& schema, const std::vector<std::string>& comment) {
  std::string text;
  for (const std::string& line : comment) {
    text += fmt::format("# {}\n", line);
  }
  text += fmt::format("schema: {}\n{}columns:\n", k_schema, schema.closed ? "closed: true\n" : "");
  for (const auto& [name, column] : schema.columns) {
    text += fmt::format("  {}: {{{}}}\n", yaml_text(name), column_text(column));
  }
  return text;
}

} // namespace mlp::config
