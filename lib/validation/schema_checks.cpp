#include "validation/schema_checks.hpp"

#include "base/json.hpp"
#include "base/nearest.hpp"
#include "config/scalars.hpp"
#include "dataset/cell_value.hpp"
#include "dataset/value_hash.hpp"
#include "validation/breaks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace mlp::validation {
namespace {

using config::ColumnSchema;
using dataset::Column;
using dataset::ColumnType;

std::size_t rows_of(const Column& column) {
  return column.is_numeric() ? column.numbers.size() : column.codes.size();
}

void report(Findings& findings, const std::string& id, const std::string& column, const Breaks& breaks,
            std::int64_t n, const std::string& wanted) {
  if (breaks.rows == 0) {
    return;
  }
  Check& check =
      findings.add(id, CheckStatus::fail,
                   fmt::format("{} of {} values of '{}' are not {}", breaks.rows, n, column, wanted), column);
  check.observed = static_cast<double>(breaks.rows);
  check.limit = 0;
  check.n = n;
  check.rows = breaks.first.numbers();
}

/// Present values whose text (each distinct one asked once, where the column keeps them apart) is not
/// accepted.
Breaks breaks_by_text(const Column& column, const std::function<bool(const std::string&)>& accept) {
  Breaks breaks;
  std::vector<bool> known;
  for (const std::string& text : column.type == ColumnType::boolean ? column.spellings : column.categories) {
    known.push_back(accept(text));
  }
  for (std::size_t row = 0; row < rows_of(column); ++row) {
    if (column.missing(row)) {
      continue;
    }
    bool fine = false;
    if (!column.is_numeric()) {
      fine = known[static_cast<std::size_t>(column.codes[row])];
    } else if (column.type == ColumnType::boolean) {
      fine = known[column.numbers[row] != 0 ? 1 : 0];
    } else {
      fine = accept(column.text(row));
    }
    if (!fine) {
      breaks.add(row);
    }
  }
  return breaks;
}

bool is_value(const std::vector<std::string>& values, const std::string& text) {
  const auto number = config::parse_number(text);
  return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
    return value == text || (number && config::parse_number(value) == number);
  });
}

/// Whether values read as `found` may stand in a column of type `wanted`: words may happen to look like
/// numbers or dates in one version, and text is a category with many values.
bool fits(const ColumnSchema& wanted, ColumnType found) {
  const std::string& type = *wanted.type;
  const bool words = type == "category" || type == "text";
  const bool may_look_otherwise = words && (found == ColumnType::category || found == ColumnType::text ||
                                            wanted.values.has_value() || wanted.pattern.has_value());
  return type == name_of(found) || may_look_otherwise || (type == "boolean" && wanted.values.has_value());
}

void check_type(const Column& column, std::int64_t n, const ColumnSchema& wanted, dataset::NumberStyle style,
                Findings& findings) {
  if (!wanted.type || n == 0 || fits(wanted, column.type)) {
    return;
  }
  Breaks breaks;
  if (*wanted.type == "number" && !column.is_numeric()) {
    breaks = breaks_by_text(column, [&](const std::string& text) {
      return dataset::parse_number(dataset::trimmed(text), style).fit == dataset::NumberFit::exact;
    });
  }
  if (breaks.rows > 0) {
    report(findings, "schema.type", column.name, breaks, n,
           fmt::format("a {}: the column was read as {}", *wanted.type, name_of(column.type)));
    return;
  }
  Check& check = findings.add(
      "schema.type", CheckStatus::fail,
      fmt::format("'{}' was read as {}, not {}", column.name, name_of(column.type), *wanted.type),
      column.name);
  check.observed = static_cast<double>(n);
  check.limit = 0;
  check.n = n;
}

void check_missing(const Column& column, std::int64_t missing, std::int64_t rows, const ColumnSchema& wanted,
                   Findings& findings) {
  const double allowed = wanted.nullable ? wanted.max_missing.value_or(1) : 0;
  const double share = rows == 0 ? 0 : static_cast<double>(missing) / static_cast<double>(rows);
  if (share <= allowed) {
    return;
  }
  FirstRows first;
  for (std::size_t row = 0, named = 0; named < k_rows_named && row < rows_of(column); ++row) {
    if (column.missing(row)) {
      first.add(row);
      ++named;
    }
  }
  Check& check =
      findings.add("schema.missing", CheckStatus::fail,
                   fmt::format("'{}' is missing in {} of {} rows; schema.yaml allows {}", column.name,
                               missing, rows, allowed == 0 ? "none" : fmt::format("{:g}%", 100 * allowed)),
                   column.name);
  check.observed = share;
  check.limit = allowed;
  check.n = rows;
  check.rows = first.numbers();
}

void check_limits(const Column& column, std::int64_t n, const ColumnSchema& wanted, Findings& findings) {
  if (column.type != ColumnType::number && column.type != ColumnType::boolean) {
    return; // a wrong type is said already
  }
  Breaks below;
  Breaks above;
  for (std::size_t row = 0; row < column.numbers.size(); ++row) {
    if (wanted.min && column.numbers[row] < *wanted.min) {
      below.add(row);
    }
    if (wanted.max && column.numbers[row] > *wanted.max) {
      above.add(row);
    }
  }
  report(findings, "schema.min", column.name, below, n,
         fmt::format("≥ {}", shortest(wanted.min.value_or(0))));
  report(findings, "schema.max", column.name, above, n,
         fmt::format("≤ {}", shortest(wanted.max.value_or(0))));
}

void check_unique(const Column& column, std::int64_t n, Findings& findings) {
  const dataset::ValueHasher hash(column);
  std::unordered_set<std::uint64_t> seen;
  Breaks again;
  for (std::size_t row = 0; row < rows_of(column); ++row) {
    if (!column.missing(row) && !seen.insert(hash(row)).second) {
      again.add(row);
    }
  }
  report(findings, "schema.unique", column.name, again, n, "unique: an earlier row has the same");
}

void check_monotone(const Column& column, std::int64_t n, config::Monotone order, Findings& findings) {
  Breaks breaks;
  std::optional<std::size_t> last;
  const auto earlier = [&](std::size_t a, std::size_t b) {
    return column.is_numeric() ? column.numbers[a] < column.numbers[b] : column.codes[a] < column.codes[b];
  };
  for (std::size_t row = 0; row < rows_of(column); ++row) {
    if (column.missing(row)) {
      continue;
    }
    if (last && (order == config::Monotone::increasing ? earlier(row, *last) : earlier(*last, row))) {
      breaks.add(row);
    }
    last = row;
  }
  report(findings, "schema.monotone", column.name, breaks, n,
         order == config::Monotone::increasing ? "at or above the one before" : "at or below the one before");
}

void check_column(const Column& column, const dataset::ColumnProfile& profile, std::int64_t rows,
                  const ColumnSchema& wanted, dataset::NumberStyle style, Findings& findings) {
  check_type(column, profile.count, wanted, style, findings);
  check_missing(column, profile.missing, rows, wanted, findings);
  if (wanted.values) {
    report(findings, "schema.values", column.name,
           breaks_by_text(column, [&](const std::string& text) { return is_value(*wanted.values, text); }),
           profile.count, "among the listed ones");
  }
  if (wanted.pattern) {
    report(findings, "schema.regex", column.name,
           breaks_by_text(column, [&](const std::string& text) { return wanted.pattern->matches(text); }),
           profile.count, fmt::format("like {}", wanted.regex));
  }
  check_limits(column, profile.count, wanted, findings);
  if (wanted.unique) {
    check_unique(column, profile.count, findings);
  }
  if (wanted.monotone) {
    check_monotone(column, profile.count, *wanted.monotone, findings);
  }
}

std::string did_you_mean(const std::string& name, const std::vector<std::string>& names) {
  const auto close = nearest(name, names);
  return close ? fmt::format("; did you mean '{}'?", *close) : "";
}

/// Each is a failure of a closed schema; of any other, all together are a warning.
void report_unknown(const std::vector<std::string>& unknown, const std::vector<std::string>& declared,
                    const config::DataSchema& schema, Findings& findings) {
  constexpr const char* k_id = "schema.unknown_column";
  constexpr std::size_t k_most_named = 5;
  if (schema.closed) {
    for (const std::string& name : unknown) {
      findings.add(k_id, CheckStatus::fail,
                   fmt::format("schema.yaml has no column '{}'{}", name, did_you_mean(name, declared)), name);
    }
    return;
  }
  if (unknown.empty()) {
    return;
  }
  std::string names;
  for (std::size_t i = 0; i < unknown.size() && i < k_most_named; ++i) {
    names += fmt::format("{}'{}'", i == 0 ? "" : ", ", unknown[i]);
  }
  if (unknown.size() > k_most_named) {
    names += fmt::format(" and {} more", unknown.size() - k_most_named);
  }
  Check& check = findings.add(
      k_id, CheckStatus::warn,
      fmt::format("schema.yaml promises nothing of {}; `closed: true` in it forbids other columns", names),
      unknown.size() == 1 ? unknown.front() : "");
  check.observed = static_cast<double>(unknown.size());
}

} // namespace

void check_schema(const dataset::Table& table, const dataset::Profile& profile,
                  const config::DataSchema& schema, Findings& findings) {
  std::vector<std::string> present;
  std::vector<std::string> declared;
  for (const Column& column : table.columns) {
    present.push_back(column.name);
  }
  for (const auto& [name, column] : schema.columns) {
    declared.push_back(name);
    if (table.find(name) == nullptr) {
      findings.add("schema.missing_column", CheckStatus::fail,
                   fmt::format("the data have no column '{}'{}", name, did_you_mean(name, present)), name);
    }
  }
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    const ColumnSchema* wanted = schema.find(column.name);
    if (wanted == nullptr) {
      unknown.push_back(column.name);
    } else {
      check_column(column, profile.columns[i], profile.rows, *wanted, table.format.numbers, findings);
    }
  }
  report_unknown(unknown, declared, schema, findings);
}

} // namespace mlp::validation
