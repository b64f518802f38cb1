#include "base/time.hpp"
#include "dataset/value_hash.hpp"
#include "validation/split_checks.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <unordered_set>

namespace mlp::validation {
namespace {

std::string day_of(double time) { return format_utc(static_cast<UnixSeconds>(time)); }

} // namespace

void check_groups(const Subject& subject, Findings& findings) {
  constexpr const char* id = "group_overlap";
  if (!subject.roles.group) {
    findings.skip(id, "no column has `role: group`");
    return;
  }
  if (!subject.is_split()) {
    findings.skip(id, k_not_split);
    return;
  }
  const dataset::Column& learnt = subject.learnt->table->column(*subject.roles.group);
  const dataset::ValueHasher hash_learnt(learnt);
  std::unordered_set<std::uint64_t> groups;
  for (const std::uint32_t row : subject.learnt->rows) {
    if (!learnt.missing(row)) {
      groups.insert(hash_learnt(row));
    }
  }
  const dataset::Column& test = subject.test->table->column(*subject.roles.group);
  const dataset::ValueHasher hash_test(test);
  std::unordered_set<std::uint64_t> both;
  FirstRows first;
  std::int64_t rows = 0;
  for (const std::uint32_t row : subject.test->rows) {
    if (!test.missing(row) && groups.contains(hash_test(row))) {
      both.insert(hash_test(row));
      first.add(row);
      ++rows;
    }
  }
  Check& check = findings.add(
      id, both.empty() ? CheckStatus::pass : CheckStatus::fail,
      both.empty()
          ? ""
          : fmt::format("{} groups of '{}' have rows on both sides of the split ({} of {} test rows): "
                        "set `split: {{by: group}}`",
                        both.size(), *subject.roles.group, rows, subject.test->rows.size()),
      *subject.roles.group);
  check.observed = static_cast<double>(both.size());
  check.limit = 0;
  check.n = static_cast<std::int64_t>(subject.test->rows.size());
  check.rows = first.numbers();
}

void check_time_order(const Subject& subject, Findings& findings) {
  constexpr const char* id = "time_leakage";
  if (!subject.roles.time) {
    findings.skip(id, "no column has `role: time`");
    return;
  }
  if (!subject.is_split()) {
    findings.skip(id, k_not_split);
    return;
  }
  const dataset::Column& learnt = subject.learnt->table->column(*subject.roles.time);
  const dataset::Column& test = subject.test->table->column(*subject.roles.time);
  if (!learnt.is_numeric() || !test.is_numeric()) {
    findings.skip(id, fmt::format("'{}' is no number and no datetime", learnt.name));
    return;
  }
  double newest = -std::numeric_limits<double>::infinity();
  for (const std::uint32_t row : subject.learnt->rows) {
    newest = learnt.numbers[row] > newest ? learnt.numbers[row] : newest;
  }
  std::int64_t early = 0;
  double oldest = std::numeric_limits<double>::infinity();
  FirstRows first;
  for (const std::uint32_t row : subject.test->rows) {
    if (test.numbers[row] <= newest) {
      ++early;
      oldest = std::fmin(oldest, test.numbers[row]);
      first.add(row);
    }
  }
  std::string why;
  if (early > 0) {
    const bool dated = learnt.type == dataset::ColumnType::datetime;
    why = fmt::format("{} of {} test rows are not after the newest row that is learnt from", early,
                      subject.test->rows.size());
    why += dated ? fmt::format(" (the first is of {}, that one of {}): set `split: {{by: time, test_from: …, "
                               "gap: 1d}}`",
                               day_of(oldest), day_of(newest))
                 : std::string(": write the times as dates and set `split: {by: time}`");
    why += fmt::format(", or take `role: time` from '{}' if rows do not follow each other", learnt.name);
  }
  Check& check = findings.add(id, early == 0 ? CheckStatus::pass : CheckStatus::fail, std::move(why),
                              *subject.roles.time);
  check.observed = static_cast<double>(early);
  check.limit = 0;
  check.n = static_cast<std::int64_t>(subject.test->rows.size());
  check.rows = first.numbers();
}

} // namespace mlp::validation
