#include "dataset/column_findings.hpp"

#include "dataset/personal_data.hpp"
#include "dataset/value_hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlp::dataset {
namespace {

constexpr double k_id_share = 0.95;    // evaluation.md §7, "ID column"
constexpr std::int64_t k_id_rows = 20; // fewer different values prove nothing
constexpr std::int64_t k_categories =
    1000; // beyond it each split of XGBoost gets slow and rare ones are learnt by heart

Check warning(std::string id, const ColumnProfile& column, double observed, std::string why) {
  Check check;
  check.id = std::move(id);
  check.status = CheckStatus::warn;
  check.observed = observed;
  check.n = column.count;
  check.why = std::move(why);
  check.subject = column.name;
  return check;
}

bool holds_words_without_blank(const Column& column) {
  return std::none_of(column.categories.begin(), column.categories.end(),
                      [](const std::string& text) { return text.find(' ') != std::string::npos; });
}

bool holds_whole_numbers(const Column& column) {
  return std::all_of(column.numbers.begin(), column.numbers.end(),
                     [](double value) { return std::isnan(value) || value == std::trunc(value); });
}

/// Words without a blank, or whole numbers: what identifiers are made of, and measurements mostly are not.
bool could_be_ids(const Column& column, const ColumnProfile& profile) {
  if (profile.count < k_id_rows) {
    return false;
  }
  if (column.type == ColumnType::number) {
    return holds_whole_numbers(column);
  }
  return !column.is_numeric() && holds_words_without_blank(column);
}

/// Whether whole numbers repeat as often as chance repeats draws from their range: then they measure
/// something. The expected number of different values of n draws from r is r·(1 − (1 − 1/r)^n); the repeats
/// among them vary by about their square root.
bool repeats_by_chance(const ColumnProfile& profile) {
  if (profile.unique == profile.count ||
      profile.unique_error > 0) { // an estimate cannot tell few repeats from none
    return false;
  }
  const double range = *profile.max - *profile.min + 1;
  const auto draws = static_cast<double>(profile.count);
  const double expected = -range * std::expm1(draws * std::log1p(-1 / range));
  return static_cast<double>(profile.unique) <= expected + 3 * std::sqrt(draws - expected);
}

bool is_id_like(const Column& column, const ColumnProfile& profile) {
  return static_cast<double>(profile.unique) > k_id_share * static_cast<double>(profile.count) &&
         could_be_ids(column, profile) && !(column.is_numeric() && repeats_by_chance(profile));
}

/// What is odd about how many different values a column has.
void add_value_findings(std::vector<Check>& findings, const Column& column, const ColumnProfile& profile) {
  const auto unique = static_cast<double>(profile.unique);
  if (profile.count == 0) {
    findings.push_back(
        warning("all_missing", profile, 0, fmt::format("'{}' has no value in any row", column.name)));
  } else if (profile.unique == 1 && profile.missing == 0) {
    const std::string value = personal_data(column) ? "the same" : "'" + profile.top.front().first + "'";
    findings.push_back(
        warning("constant_column", profile, unique,
                fmt::format("'{}' is {} in every row: nothing can be learnt from it", column.name, value)));
  } else if (is_id_like(column, profile)) {
    auto check = warning(
        "id_like", profile, unique / static_cast<double>(profile.count),
        fmt::format("'{}' has {} different values in {} rows, like an identifier: give it `role: id` or "
                    "`role: ignore`, or a model may learn rows by heart",
                    column.name, profile.unique, profile.count));
    check.limit = k_id_share;
    findings.push_back(std::move(check));
  } else if (column.type == ColumnType::text) {
    findings.push_back(
        warning("text_column", profile, unique,
                fmt::format("'{}' was read as text ({} different values) and is not offered to a trainer "
                            "unless it is declared `type: category`",
                            column.name, profile.unique)));
  } else if (column.type == ColumnType::category && profile.unique > k_categories) {
    auto check =
        warning("many_categories", profile, unique,
                fmt::format("'{}' has {} categories: training gets slow and rare ones are learnt by heart; "
                            "group them, or give it `role: ignore`",
                            column.name, profile.unique));
    check.limit = static_cast<double>(k_categories);
    findings.push_back(std::move(check));
  }
}

void add_misfit_finding(std::vector<Check>& findings, const Column& column, const ColumnProfile& profile) {
  if (!column.misfits.empty()) {
    findings.push_back(warning(
        "misfit_values", profile, static_cast<double>(column.misfits.size()),
        fmt::format(
            "{} values of '{}' are no {} that can be stored and count as missing, the first in row {}",
            column.misfits.size(), column.name, name_of(column.type), column.misfits.front() + 1)));
  }
}

/// The earlier one of the columns that `columns[place]` is identical to; constant ones are named as such
/// already.
const Column* twin_of(const Table& table, const Profile& profile, std::span<const std::size_t> columns,
                      std::size_t place) {
  const ColumnProfile& later = profile.columns[columns[place]];
  for (const std::size_t earlier : columns.first(place)) {
    const ColumnProfile& other = profile.columns[earlier];
    const bool may_be = later.unique > 1 && other.unique == later.unique && other.count == later.count &&
                        (other.type != later.type || other.top == later.top);
    if (may_be && same_values(table.columns[earlier], table.columns[columns[place]])) {
      return &table.columns[earlier];
    }
  }
  return nullptr;
}

} // namespace

std::vector<Check> column_findings(const Table& table, const Profile& profile,
                                   std::span<const std::size_t> columns) {
  std::vector<Check> findings;
  if (table.rows == 0) {
    return findings;
  }
  for (std::size_t place = 0; place < columns.size(); ++place) {
    const Column& column = table.columns[columns[place]];
    const ColumnProfile& found = profile.columns[columns[place]];
    add_value_findings(findings, column, found);
    add_misfit_finding(findings, column, found);
    if (const Column* twin = twin_of(table, profile, columns, place)) {
      findings.push_back(
          warning("identical_columns", found, static_cast<double>(found.unique),
                  fmt::format("'{}' holds the same values as '{}' in every row: one of them is enough",
                              column.name, twin->name)));
    }
  }
  return findings;
}

bool names_rows(const Column& column, const ColumnProfile& profile) {
  if (profile.unique != profile.count || !could_be_ids(column, profile)) {
    return false;
  }
  return !column.is_numeric() || *profile.max - *profile.min + 1 == static_cast<double>(profile.count);
}

bool same_values(const Column& a, const Column& b) {
  const ValueHasher hash_a(a);
  const ValueHasher hash_b(b);
  const std::size_t rows = b.is_numeric() ? b.numbers.size() : b.codes.size();
  for (std::size_t row = 0; row < rows; ++row) {
    if (!b.missing(row) && hash_a(row) != hash_b(row)) {
      return false;
    }
  }
  return true;
}

} // namespace mlp::dataset
