#include "validation/infer_schema.hpp"

#include "dataset/column_findings.hpp"
#include "dataset/personal_data.hpp"
#include "dataset/roles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlp::validation {
namespace {

using dataset::Column;
using dataset::ColumnType;

constexpr std::int64_t k_most_values = 50;
constexpr std::int64_t k_few_values = 10;
constexpr std::size_t k_pattern_values = 20;

/// A run of characters of one class, or one sign.
struct Run {
  std::string set;
  std::size_t least = 1;
  std::size_t most = 1;
};

std::string set_of(char c) {
  if (c >= '0' && c <= '9') {
    return "[0-9]";
  }
  if (c >= 'A' && c <= 'Z') {
    return "[A-Z]";
  }
  if (c >= 'a' && c <= 'z') {
    return "[a-z]";
  }
  return std::string_view("_-/:@ ").find(c) != std::string_view::npos ? std::string(1, c)
                                                                      : "\\" + std::string(1, c);
}

/// Nothing where a character is no ASCII sign, letter or digit.
std::optional<std::vector<Run>> runs_of(const std::string& text) {
  std::vector<Run> runs;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= 0x20U || static_cast<unsigned char>(c) >= 0x7fU) {
      return std::nullopt;
    }
    std::string set = set_of(c);
    if (!runs.empty() && runs.back().set == set && set.front() == '[') {
      runs.back().most = ++runs.back().least;
    } else {
      runs.push_back({std::move(set)});
    }
  }
  return runs;
}

std::string pattern_text(const std::vector<Run>& runs) {
  std::string text;
  for (const Run& run : runs) {
    text += run.set;
    if (run.most > 1) {
      text += run.least == run.most ? fmt::format("{{{}}}", run.least)
                                    : fmt::format("{{{},{}}}", run.least, run.most);
    }
  }
  return text;
}

/// The one pattern of all values; empty where there is none, or it is a single run of letters: any word.
std::string common_pattern(const std::vector<std::string>& values) {
  if (values.size() < k_pattern_values) {
    return "";
  }
  std::vector<Run> common;
  for (const std::string& value : values) {
    const auto runs = runs_of(value);
    const bool fits =
        runs && (common.empty() || (runs->size() == common.size() &&
                                    std::equal(runs->begin(), runs->end(), common.begin(),
                                               [](const Run& a, const Run& b) { return a.set == b.set; })));
    if (!fits) {
      return "";
    }
    if (common.empty()) {
      common = *runs;
    }
    for (std::size_t i = 0; i < common.size(); ++i) {
      common[i].least = std::min(common[i].least, (*runs)[i].least);
      common[i].most = std::max(common[i].most, (*runs)[i].most);
    }
  }
  const bool digits =
      std::any_of(common.begin(), common.end(), [](const Run& run) { return run.set == "[0-9]"; });
  return common.size() > 1 || digits ? pattern_text(common) : "";
}

std::vector<std::string> occurring(const Column& column) {
  std::vector<bool> seen(column.categories.size());
  for (const std::int32_t code : column.codes) {
    if (code >= 0) {
      seen[static_cast<std::size_t>(code)] = true;
    }
  }
  std::vector<std::string> values;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i]) {
      values.push_back(column.categories[i]);
    }
  }
  return values;
}

bool all_repeat(const Column& column) {
  std::vector<std::int64_t> counts(column.categories.size());
  for (const std::int32_t code : column.codes) {
    if (code >= 0) {
      ++counts[static_cast<std::size_t>(code)];
    }
  }
  return std::find(counts.begin(), counts.end(), 1) == counts.end();
}

void infer_words(config::ColumnSchema& schema, const Column& column, const dataset::ColumnProfile& profile) {
  const std::vector<std::string> values = occurring(column);
  if (profile.unique <= k_few_values || (profile.unique <= k_most_values && all_repeat(column))) {
    schema.values = values;
  } else {
    schema.regex = common_pattern(values);
  }
}

void infer_values(config::ColumnSchema& schema, const Column& column, const dataset::ColumnProfile& profile) {
  switch (column.type) {
  case ColumnType::number:
    schema.min = profile.min;
    schema.max = profile.max;
    break;
  case ColumnType::boolean:
    schema.values = column.spellings;
    break;
  case ColumnType::category:
  case ColumnType::text:
    infer_words(schema, column, profile);
    break;
  case ColumnType::datetime:
    break;
  }
  schema.unique = dataset::names_rows(column, profile);
}

} // namespace

config::DataSchema infer_schema(const dataset::Table& table, const dataset::Profile& profile,
                                const config::Project& project) {
  config::DataSchema inferred;
  inferred.closed = true;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    config::ColumnSchema schema;
    if (profile.columns[i].count > 0) {
      schema.type = dataset::name_of(column.type);
    }
    schema.nullable = profile.columns[i].missing > 0;
    if (schema.nullable && profile.rows > 0 && profile.columns[i].count > 0) {
      const double share =
          static_cast<double>(profile.columns[i].missing) / static_cast<double>(profile.rows);
      schema.max_missing = std::min(1.0, std::ceil(200 * share) / 100);
    }
    if (dataset::personal_data(column)) {
      schema.pii = true;
    } else if (profile.columns[i].count > 0) {
      infer_values(schema, column, profile.columns[i]);
    }
    const config::Role role = dataset::role_of(project, column.name);
    if (role != config::Role::feature && !project.data.target.empty()) {
      schema.role = role;
    }
    if (const auto said = project.data.columns.find(column.name); said != project.data.columns.end()) {
      schema.unit = said->second.unit;
    }
    inferred.columns.emplace_back(column.name, std::move(schema));
  }
  return inferred;
}

} // namespace mlp::validation
