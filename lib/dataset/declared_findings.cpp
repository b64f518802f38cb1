#include "base/json.hpp"
#include "dataset/personal_data.hpp"
#include "dataset/training_findings.hpp"

#include <fmt/format.h>

#include <charconv>
#include <set>

namespace mlp::dataset {
namespace {

/// `values: [...]` of a column: words by their text, numbers by their value ("1" allows 1.0).
class DeclaredValues {
public:
  explicit DeclaredValues(const std::vector<std::string>& values) : texts_(values.begin(), values.end()) {
    for (const std::string& text : values) {
      double number = 0;
      const char* const end = text.data() + text.size();
      if (const auto [stop, error] = std::from_chars(text.data(), end, number);
          error == std::errc() && stop == end) {
        numbers_.insert(number);
      }
    }
  }
  [[nodiscard]] bool allow(const std::string& text) const { return texts_.contains(text); }
  [[nodiscard]] bool allow(double number) const { return numbers_.contains(number); }

private:
  std::set<std::string> texts_;
  std::set<double> numbers_;
};

/// Rows whose value is not allowed, and the first such row.
struct Outside {
  std::int64_t rows = 0;
  std::size_t first = 0;
  void add(std::size_t row) {
    first = rows == 0 ? row : first;
    ++rows;
  }
};

Outside outside_values(const Column& column, const DeclaredValues& declared) {
  std::vector<bool> known; // of each category, or of a boolean's two spellings
  for (const std::string& text : column.type == ColumnType::boolean ? column.spellings : column.categories) {
    known.push_back(declared.allow(text));
  }
  const auto allowed = [&](std::size_t row) {
    switch (column.type) {
    case ColumnType::number:
      return declared.allow(column.numbers[row]);
    case ColumnType::datetime:
      return declared.allow(column.text(row));
    case ColumnType::boolean:
      return static_cast<bool>(known[column.numbers[row] != 0 ? 1 : 0]);
    case ColumnType::category:
    case ColumnType::text:
      break;
    }
    return static_cast<bool>(known[static_cast<std::size_t>(column.codes[row])]);
  };
  Outside outside;
  const std::size_t rows = column.is_numeric() ? column.numbers.size() : column.codes.size();
  for (std::size_t row = 0; row < rows; ++row) {
    if (!column.missing(row) && !allowed(row)) {
      outside.add(row);
    }
  }
  return outside;
}

template <typename Beyond> Outside outside_limit(const Column& column, Beyond beyond) {
  Outside outside;
  for (std::size_t row = 0; row < column.numbers.size(); ++row) {
    if (beyond(column.numbers[row])) { // false for NaN
      outside.add(row);
    }
  }
  return outside;
}

Check outside_failure(std::string id, const Column& column, const Outside& outside, std::int64_t count,
                      const std::string& wanted) {
  Check check =
      failure(std::move(id), column.name,
              fmt::format("{} of {} values of '{}' are not {}: row {} has {}", outside.rows, count,
                          column.name, wanted, outside.first + 1,
                          personal_data(column) ? "another" : "'" + column.text(outside.first) + "'"));
  check.observed = static_cast<double>(outside.rows);
  check.rows = {static_cast<std::int64_t>(outside.first) + 1};
  check.limit = 0;
  check.n = count;
  return check;
}

void add_limit_findings(std::vector<Check>& findings, const Column& column, const ColumnProfile& profile,
                        const config::ColumnConfig& said) {
  if (!said.min && !said.max) {
    return;
  }
  if (!column.is_numeric()) {
    findings.push_back(
        failure("declared_type", column.name,
                fmt::format("'{}' was read as {}, but mlp.yaml declares limits of a number for it",
                            column.name, name_of(column.type))));
    return;
  }
  if (said.min) {
    const Outside below = outside_limit(column, [&](double value) { return value < *said.min; });
    if (below.rows > 0) {
      findings.push_back(outside_failure("declared_min", column, below, profile.count,
                                         fmt::format("≥ {}", shortest(*said.min))));
    }
  }
  if (said.max) {
    const Outside above = outside_limit(column, [&](double value) { return value > *said.max; });
    if (above.rows > 0) {
      findings.push_back(outside_failure("declared_max", column, above, profile.count,
                                         fmt::format("≤ {}", shortest(*said.max))));
    }
  }
}

void add_missing_finding(std::vector<Check>& findings, const ColumnProfile& profile, std::int64_t rows,
                         double max_missing) {
  const double share = static_cast<double>(profile.missing) / static_cast<double>(rows);
  if (share <= max_missing) {
    return;
  }
  Check check =
      failure("declared_max_missing", profile.name,
              fmt::format("'{}' is missing in {} of {} rows, more than the share {} that mlp.yaml allows",
                          profile.name, profile.missing, rows, shortest(max_missing)));
  check.observed = share;
  check.limit = max_missing;
  check.n = rows;
  findings.push_back(std::move(check));
}

} // namespace

std::vector<Check> declared_findings(const Table& table, const Profile& profile,
                                     const config::Project& project) {
  std::vector<Check> findings;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    const auto found = project.data.columns.find(column.name);
    if (found == project.data.columns.end()) {
      continue;
    }
    const config::ColumnConfig& said = found->second;
    if (said.values) {
      const Outside outside = outside_values(column, DeclaredValues(*said.values));
      if (outside.rows > 0) {
        findings.push_back(outside_failure("declared_values", column, outside, profile.columns[i].count,
                                           "among the declared ones"));
      }
    }
    add_limit_findings(findings, column, profile.columns[i], said);
    if (said.max_missing && table.rows > 0) {
      add_missing_finding(findings, profile.columns[i], profile.rows, *said.max_missing);
    }
  }
  return findings;
}

} // namespace mlp::dataset
