#include "config/scalars.hpp"
#include "config/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace mlp::config {
namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();
constexpr Range k_any = {-k_infinity, k_infinity};
constexpr std::array<std::string_view, 5> k_types = {"number", "boolean", "category", "datetime", "text"};
constexpr std::array<std::string_view, 8> k_roles = {"feature", "id",           "time",   "group",
                                                     "weight",  "post_outcome", "ignore", "target"};
constexpr std::array<std::string_view, 2> k_encodings = {"utf-8", "latin-1"};
constexpr std::array<std::string_view, 2> k_decimals = {".", ","};
constexpr std::array<std::string_view, 4> k_thousands = {".", ",", " ", "'"};

/// One ASCII character that can stand between fields; "tab" for the one that is hard to type.
std::optional<char> read_delimiter(MapReader& format) {
  auto written = format.text("delimiter");
  if (!written) {
    return std::nullopt;
  }
  if (*written == "tab") {
    return '\t';
  }
  constexpr std::string_view taken = "\"\r\n";
  const bool fits = written->size() == 1 && taken.find(written->front()) == std::string_view::npos &&
                    static_cast<unsigned char>(written->front()) < 0x80U;
  if (!fits) {
    format.findings().error(RuleId::invalid_value, format.find("delimiter")->position,
                            fmt::format("'{}' is '{}', not one character like \",\", \";\", \"|\" or tab",
                                        format.path_of("delimiter"), *written));
    return std::nullopt;
  }
  return written->front();
}

/// How numbers are written: `thousands` is a mark of its own.
void read_number_marks(MapReader& section, FormatConfig& format) {
  if (const auto decimal = section.choice("decimal", k_decimals)) {
    format.decimal = decimal->front();
  }
  if (const auto thousands = section.choice("thousands", k_thousands)) {
    format.thousands = thousands->front();
  }
  const char decimal = format.decimal.value_or('.');
  if (format.thousands == decimal) {
    section.findings().error(
        RuleId::invalid_value, section.position_of("thousands"),
        fmt::format("'{}' is '{}' like the decimal mark: a number cannot tell them apart",
                    section.path_of("thousands"), decimal));
    format.thousands.reset();
  }
}

FormatConfig read_format(MapReader section) {
  FormatConfig format;
  format.delimiter = read_delimiter(section);
  format.header = section.boolean("header");
  format.missing = section.texts("missing");
  format.encoding = section.choice("encoding", k_encodings);
  read_number_marks(section, format);
  section.finish();
  return format;
}

void check_limits(const ColumnConfig& column, MapReader& section) {
  const std::string path = section.path_of("");
  if (column.min && column.max && !(*column.min <= *column.max)) {
    section.findings().error(
        RuleId::column_limits, section.position_of("min"),
        fmt::format("'{}min' {} is above its max {}", path, shortest(*column.min), shortest(*column.max)));
  }
  const bool is_number = !column.type || column.type == "number";
  if (!is_number && (column.min || column.max)) {
    section.findings().error(RuleId::column_limits, section.position_of(column.min ? "min" : "max"),
                             fmt::format("'{}{}' limits a {}: only numbers have limits", path,
                                         column.min ? "min" : "max", *column.type));
  }
  if (column.type && column.type != "category" && column.values) {
    section.findings().error(RuleId::column_limits, section.position_of("values"),
                             fmt::format("'{}values' lists categories of a {}", path, *column.type));
  }
}

ColumnConfig read_column(MapReader section, Position position) {
  ColumnConfig column;
  column.position = position;
  column.type = section.choice("type", k_types);
  if (const auto role = section.choice("role", k_roles)) {
    column.role = static_cast<Role>(std::find(k_roles.begin(), k_roles.end(), *role) - k_roles.begin());
  }
  column.is_protected = section.boolean("protected").value_or(false);
  column.min = section.number("min", k_any);
  column.max = section.number("max", k_any);
  column.max_missing = section.number("max_missing", {0.0, 1.0});
  column.values = section.texts("values");
  column.unit = section.text("unit").value_or("");
  section.finish();
  check_limits(column, section);
  return column;
}

std::map<std::string, ColumnConfig> read_columns(MapReader section) {
  std::map<std::string, ColumnConfig> columns;
  const YamlNode& node = section.node();
  for (std::size_t i = 0; i < node.members.size(); ++i) {
    const std::string& name = node.members[i].key;
    columns.emplace(name, read_column(section.map(name), node.key_positions[i]));
  }
  return columns;
}

} // namespace

std::string_view name_of(Role role) { return k_roles[static_cast<std::size_t>(role)]; }

DataConfig read_data(MapReader section) {
  DataConfig data;
  section.require("path", "the file or folder with the data");
  data.paths = section.texts("path").value_or(std::vector<std::string>());
  data.format = read_format(section.map("format"));
  section.require("target", "the column to predict");
  data.target = section.text("target").value_or("");
  data.positive = section.text("positive");
  data.columns = read_columns(section.map("columns"));
  data.split = read_split(section.map("split"));
  section.not_supported("protected_table");
  section.finish();
  return data;
}

} // namespace mlp::config
