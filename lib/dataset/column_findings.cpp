#include "dataset/column_findings.hpp"

#include "dataset/placeholder.hpp"
#include "dataset/value_counts.hpp"
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

bool is_id_like(const ColumnProfile& profile, const ColumnFacts& facts) {
  return profile.count >= k_id_rows && facts.like_names && !facts.written &&
         static_cast<double>(profile.unique) > k_id_share * static_cast<double>(profile.count) &&
         !(profile.type == ColumnType::number && repeats_by_chance(profile));
}

/// What is odd about how many different values a column has.
void add_value_findings(std::vector<Check>& findings, const ColumnProfile& profile,
                        const ColumnFacts& facts) {
  const auto unique = static_cast<double>(profile.unique);
  if (profile.count == 0) {
    findings.push_back(
        warning("all_missing", profile, 0, fmt::format("'{}' has no value in any row", profile.name)));
  } else if (profile.unique == 1 && profile.missing == 0) {
    const std::string value = facts.personal ? "the same" : "'" + profile.top.front().first + "'";
    findings.push_back(
        warning("constant_column", profile, unique,
                fmt::format("'{}' is {} in every row: nothing can be learnt from it", profile.name, value)));
  } else if (is_id_like(profile, facts)) {
    auto check = warning(
        "id_like", profile, unique / static_cast<double>(profile.count),
        fmt::format("'{}' has {}{} different values in {} rows, like an identifier: give it `role: id` or "
                    "`role: ignore`, or a model may learn rows by heart",
                    profile.name, profile.unique_error > 0 ? "about " : "", profile.unique, profile.count));
    check.limit = k_id_share;
    findings.push_back(std::move(check));
  } else if (profile.type == ColumnType::text) {
    findings.push_back(
        warning("text_column", profile, unique,
                fmt::format("'{}' was read as text ({} different values) and is not offered to a trainer "
                            "unless it is declared `type: category`",
                            profile.name, profile.unique)));
  } else if (profile.type == ColumnType::category && profile.unique > k_categories) {
    auto check =
        warning("many_categories", profile, unique,
                fmt::format("'{}' has {} categories: training gets slow and rare ones are learnt by heart; "
                            "group them, or give it `role: ignore`",
                            profile.name, profile.unique));
    check.limit = static_cast<double>(k_categories);
    findings.push_back(std::move(check));
  }
}

void add_misfit_finding(std::vector<Check>& findings, const ColumnProfile& profile,
                        const ColumnFacts& facts) {
  if (facts.misfits > 0) {
    findings.push_back(warning(
        "misfit_values", profile, static_cast<double>(facts.misfits),
        fmt::format(
            "{} values of '{}' are no {} that can be stored and count as missing, the first in row {}",
            facts.misfits, profile.name, name_of(profile.type), facts.first_misfit + 1)));
  }
}

void add_spelling_finding(std::vector<Check>& findings, const ColumnProfile& profile,
                          const ColumnFacts& facts) {
  if (!facts.spellings) {
    return;
  }
  const Spellings& found = *facts.spellings;
  const std::string example =
      facts.personal ? "" : fmt::format(", such as '{}' and '{}'", found.one, found.other);
  findings.push_back(warning(
      "category_spelling", profile, static_cast<double>(found.spare),
      fmt::format("{} of the {} categories of '{}' {} another one in other letters or blanks{}: a model "
                  "learns them as different",
                  found.spare, profile.unique, profile.name, found.spare == 1 ? "is" : "are", example)));
}

void add_placeholder_finding(std::vector<Check>& findings, const ColumnProfile& profile,
                             const ColumnFacts& facts) {
  const auto found = facts.personal ? std::nullopt : placeholder_in(profile, facts.like_names);
  if (!found) {
    return;
  }
  const std::string remedy = found->is_ordinary
                                 ? "leave such cells empty"
                                 : fmt::format("add \"{}\" to data.format.missing in mlp.yaml", found->text);
  findings.push_back(warning("placeholder", profile, static_cast<double>(found->count),
                             fmt::format("{} in {} rows of '{}' lies far from the other values: if it stands "
                                         "for a missing one, {}",
                                         found->text, found->count, profile.name, remedy)));
}

/// The earlier one of the columns that `columns[place]` is identical to; constant ones are named as such
/// already.
const ColumnProfile* twin_of(const Profile& profile, std::span<const std::size_t> columns, std::size_t place,
                             const SameColumns& same) {
  const ColumnProfile& later = profile.columns[columns[place]];
  for (const std::size_t earlier : columns.first(place)) {
    const ColumnProfile& other = profile.columns[earlier];
    const bool may_be = later.unique > 1 && other.unique == later.unique && other.count == later.count &&
                        (other.type != later.type || other.top == later.top);
    if (may_be && same(earlier, columns[place])) {
      return &other;
    }
  }
  return nullptr;
}

} // namespace

SameColumns same_columns_of(const Table& table) {
  return [&](std::size_t earlier, std::size_t later) {
    return same_values(table.columns[earlier], table.columns[later]);
  };
}

std::vector<Check> column_findings(const Profile& profile, std::span<const ColumnFacts> facts,
                                   std::span<const std::size_t> columns, const SameColumns& same) {
  std::vector<Check> findings;
  if (profile.rows == 0) {
    return findings;
  }
  for (std::size_t place = 0; place < columns.size(); ++place) {
    const std::size_t i = columns[place];
    const ColumnProfile& found = profile.columns[i];
    add_value_findings(findings, found, facts[i]);
    add_misfit_finding(findings, found, facts[i]);
    add_spelling_finding(findings, found, facts[i]);
    add_placeholder_finding(findings, found, facts[i]);
    if (const ColumnProfile* twin = twin_of(profile, columns, place, same)) {
      findings.push_back(
          warning("identical_columns", found, static_cast<double>(found.unique),
                  fmt::format("'{}' holds the same values as '{}' in every row: one of them is enough",
                              found.name, twin->name)));
    }
  }
  return findings;
}

std::vector<Check> personal_findings(const Profile& profile, std::span<const ColumnFacts> facts) {
  std::vector<Check> findings;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const auto& found = facts[i].personal;
    const std::string& name = profile.columns[i].name;
    if (!found || facts[i].declared) {
      continue;
    }
    Check check;
    check.id = "personal_data";
    check.status = CheckStatus::warn;
    check.observed = found->share;
    check.limit = k_personal_share;
    check.n = profile.rows;
    check.subject = name;
    check.why = found->by_title ? fmt::format("'{}' seems to hold {}, by its title", name, found->kind)
                                : fmt::format("{:.0f}% of the values of '{}' are {}", 100 * found->share,
                                              name, found->kind);
    check.why += ": is there a reason to keep them? (`pii: true` or `false` in schema.yaml answers)";
    findings.push_back(std::move(check));
  }
  return findings;
}

bool names_rows(const Column& column, const ColumnProfile& profile) {
  const bool all_differ = profile.unique_error == 0 ? profile.unique == profile.count
                                                    : bounded_distinct_of(column.numbers) ==
                                                          profile.count; // few estimates are exact
  if (!all_differ || profile.count < k_id_rows || !like_names(column)) {
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
