#include "base/time.hpp"
#include "validation/order_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

namespace mlp::validation {
namespace {

constexpr std::int64_t k_few = 30;   // evaluation.md §7: "any period of n ≥ 30"
constexpr double k_chance = 1e-6;    // of a period of one label, in the whole table
constexpr double k_errors = 6;       // standard errors of a jump
constexpr double k_deviations = 0.5; // of the label
constexpr double k_usual_jumps = 6;  // times the median one
constexpr std::size_t k_most_classes = 20;
constexpr std::size_t k_few_periods = 3;
constexpr std::size_t k_lasting = 3; // periods beyond the jump: a holiday is one or two

constexpr std::int64_t k_hour = 3600;
constexpr std::int64_t k_day = 24 * k_hour;

enum class Unit { hour, day, week, month, quarter, year };
constexpr std::array<std::string_view, 6> k_units = {"hour", "day", "week", "month", "quarter", "year"};

/// A number that grows with time and is the same throughout one period.
std::int64_t period_of(double time, Unit unit) {
  const auto seconds = static_cast<std::int64_t>(std::floor(time));
  const auto floor_div = [](std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); };
  switch (unit) {
  case Unit::hour:
    return floor_div(seconds, k_hour);
  case Unit::day:
    return floor_div(seconds, k_day);
  case Unit::week:
    return floor_div(floor_div(seconds, k_day) + 3, 7); // 1970-01-01 was a Thursday
  case Unit::month:
  case Unit::quarter:
  case Unit::year:
    break;
  }
  const std::string date = format_date(seconds); // "2026-11-23"
  const std::int64_t year = std::stoll(date.substr(0, date.size() - 6));
  const std::int64_t month = std::stoll(date.substr(date.size() - 5, 2)) - 1;
  return unit == Unit::month ? year * 12 + month : unit == Unit::quarter ? year * 4 + month / 3 : year;
}

struct Dated {
  double time = 0.0;
  double label = 0.0;
  std::uint32_t row = 0;
};

struct Period {
  std::size_t begin = 0; ///< of the rows in the order of time
  std::size_t end = 0;
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(end - begin); }
};

std::vector<Period> periods_of(const std::vector<Dated>& rows, Unit unit) {
  std::vector<Period> periods;
  std::optional<std::int64_t> current;
  double day = std::nan(""); // months of the same day are the same: dates are not written a million times
  std::int64_t known = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double today = std::floor(rows[i].time / static_cast<double>(k_day));
    if (unit == Unit::hour || today != day) {
      known = period_of(rows[i].time, unit);
      day = today;
    }
    if (current != known) {
      periods.push_back({i, i});
      current = known;
    }
    periods.back().end = i + 1;
  }
  return periods;
}

struct Cut {
  Unit unit = Unit::day;
  std::vector<Period> periods; ///< those of 30 rows or more
};

std::optional<Cut> cut_into_periods(const std::vector<Dated>& rows) {
  std::vector<Cut> cuts;
  for (const Unit unit : {Unit::hour, Unit::day, Unit::week, Unit::month, Unit::quarter, Unit::year}) {
    std::vector<Period> periods = periods_of(rows, unit);
    if (!cuts.empty() && cuts.back().periods.size() == periods.size()) {
      cuts.back().unit = unit; // dates without hours are days
    } else {
      cuts.push_back({unit, std::move(periods)});
    }
  }
  for (Cut& cut : cuts) {
    std::erase_if(cut.periods, [](const Period& period) { return period.size() < k_few; });
    std::int64_t held = 0;
    for (const Period& period : cut.periods) {
      held += period.size();
    }
    if (cut.periods.size() >= k_few_periods && held * 5 >= static_cast<std::int64_t>(rows.size()) * 4) {
      return std::move(cut);
    }
  }
  return std::nullopt;
}

/// A period in which every label is the same although chance would not make it so.
const Period* uniform_period(const std::vector<Dated>& rows, const Cut& cut) {
  std::map<double, double> counts;
  for (const Dated& row : rows) {
    counts[row.label] += 1;
  }
  for (const Period& period : cut.periods) {
    const double label = rows[period.begin].label;
    const bool same = std::all_of(rows.begin() + static_cast<std::ptrdiff_t>(period.begin),
                                  rows.begin() + static_cast<std::ptrdiff_t>(period.end),
                                  [label](const Dated& row) { return row.label == label; });
    const double share = counts[label] / static_cast<double>(rows.size());
    const double chance =
        static_cast<double>(cut.periods.size()) * std::pow(share, static_cast<double>(period.size()));
    if (same && counts.size() > 1 && chance < k_chance) {
      return &period;
    }
  }
  return nullptr;
}

struct Jump {
  const Period* after = nullptr;
  double errors = 0.0;
  double from = 0.0;
  double to = 0.0;
  bool odd = false;
  bool lasting = false; ///< the periods after it stay on its side
};

struct Moments {
  double n = 0.0, mean = 0.0, variance = 0.0;
};

template <typename Value>
Moments moments_of(const std::vector<Dated>& rows, std::size_t begin, std::size_t end, Value value) {
  Moments moments;
  moments.n = static_cast<double>(end - begin);
  for (std::size_t i = begin; i < end; ++i) {
    moments.mean += value(rows[i]) / moments.n;
  }
  for (std::size_t i = begin; i < end; ++i) {
    const double off = value(rows[i]) - moments.mean;
    moments.variance += off * off / moments.n;
  }
  return moments;
}

/// Whether the means from place `jump` on stay nearer to what they jumped to, for the periods that it takes.
bool is_lasting(const std::vector<double>& means, std::size_t jump) {
  if (jump == 0 || jump + k_lasting > means.size()) {
    return false;
  }
  const auto begin = means.begin() + static_cast<std::ptrdiff_t>(jump);
  const double from = means[jump - 1];
  const double to = means[jump];
  return std::all_of(begin, begin + static_cast<std::ptrdiff_t>(k_lasting),
                     [&](double mean) { return std::fabs(mean - to) < std::fabs(mean - from); });
}

template <typename Value> Jump largest_jump(const std::vector<Dated>& rows, const Cut& cut, Value value) {
  const Moments whole = moments_of(rows, 0, rows.size(), value);
  std::vector<double> sizes;
  std::vector<double> means;
  Jump largest;
  std::size_t place = 0; // of the largest
  Moments before;
  for (const Period& period : cut.periods) {
    const Moments now = moments_of(rows, period.begin, period.end, value);
    if (before.n > 0) {
      const double size = std::fabs(now.mean - before.mean);
      // A period of one label has no spread of its own; that of the whole stands for it.
      const double spread = std::max(before.variance / before.n + now.variance / now.n,
                                     1e-3 * whole.variance * (1 / before.n + 1 / now.n));
      sizes.push_back(size);
      const double errors = spread > 0 ? size / std::sqrt(spread) : 0;
      if (size >= std::fabs(largest.to - largest.from)) {
        largest = {&period, errors, before.mean, now.mean};
        place = means.size();
      }
    }
    means.push_back(now.mean);
    before = now;
  }
  const double size = std::fabs(largest.to - largest.from);
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2), sizes.end());
  const double usual = sizes[sizes.size() / 2];
  largest.odd = largest.errors >= k_errors && size >= k_deviations * std::sqrt(whole.variance) &&
                size >= k_usual_jumps * usual;
  largest.lasting = is_lasting(means, place);
  return largest;
}

Jump largest_jump(const Subject& subject, const std::vector<Dated>& rows, const Cut& cut, std::string& of) {
  of = subject.roles.target;
  if (subject.labels->task != Task::multiclass) {
    return largest_jump(rows, cut, [](const Dated& row) { return row.label; });
  }
  Jump worst;
  for (std::size_t k = 0; k < subject.labels->classes.size() && k < k_most_classes; ++k) {
    const auto label = static_cast<double>(k);
    const Jump jump =
        largest_jump(rows, cut, [label](const Dated& row) { return row.label == label ? 1.0 : 0.0; });
    if (worst.after == nullptr || (jump.odd && !worst.odd) ||
        (jump.odd == worst.odd && jump.errors > worst.errors)) {
      worst = jump;
      of = fmt::format("{} = {}", subject.roles.target, subject.labels->classes[k]);
    }
  }
  return worst;
}

std::vector<Dated> dated_rows(const dataset::Column& time, const LabelView& labels) {
  std::vector<Dated> rows;
  for (std::size_t row = 0; row < labels.values.size(); ++row) {
    if (!time.missing(row) && !std::isnan(labels.values[row])) {
      rows.push_back({time.numbers[row], labels.values[row], static_cast<std::uint32_t>(row)});
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Dated& a, const Dated& b) { return a.time < b.time; });
  return rows;
}

/// The column of role time, else the only one of dates.
const dataset::Column* time_column(const Subject& subject) {
  const dataset::Column* found = nullptr;
  for (const dataset::Column& column : subject.table.columns) {
    if (column.type != dataset::ColumnType::datetime) {
      continue;
    }
    if (column.name == subject.roles.time) {
      return &column;
    }
    if (found != nullptr && !subject.roles.time) {
      return nullptr; // several: nobody knows which one is the row's time
    }
    found = &column;
  }
  return subject.roles.time ? nullptr : found;
}

constexpr const char* k_no_time = "no column has `role: time` and dates, and no other one is the only date";

} // namespace

void check_label_by_time(const Subject& subject, Findings& findings) {
  constexpr const char* id = "label_by_time";
  const dataset::Column* time = subject.labels ? time_column(subject) : nullptr;
  if (time == nullptr) {
    findings.skip(id, subject.labels ? k_no_time : k_no_target);
    return;
  }
  const std::vector<Dated> rows = dated_rows(*time, *subject.labels);
  const auto cut = cut_into_periods(rows);
  if (!cut) {
    findings.skip(id, "no three periods hold 30 labelled rows each");
    return;
  }
  const std::string_view unit = k_units[static_cast<std::size_t>(cut->unit)];
  std::string of;
  const Jump jump = largest_jump(subject, rows, *cut, of);
  const auto date = [&](const Period& period) {
    return format_date(static_cast<UnixSeconds>(rows[period.begin].time));
  };
  CheckStatus status = CheckStatus::pass;
  std::string why;
  FirstRows first;
  const Period* named = nullptr;
  const Period* uniform = uniform_period(rows, *cut);
  if (uniform != nullptr && (!jump.odd || jump.after == uniform)) {
    status = CheckStatus::fail;
    named = uniform;
    why = fmt::format("all {} rows of the {} from {} have the same '{}': was it not known yet, or cut off?",
                      uniform->size(), unit, date(*uniform), subject.roles.target);
  } else if (jump.odd) {
    status = jump.lasting ? CheckStatus::fail : CheckStatus::warn;
    named = jump.after;
    why = fmt::format("the mean of '{}' jumps from {:.4g} to {:.4g} with the {} of {}: {}", of, jump.from,
                      jump.to, unit, date(*jump.after),
                      jump.lasting ? "was it recorded otherwise from then on?"
                                   : "is it complete there, or a holiday?");
  }
  Check& check = findings.add(id, status, std::move(why), time->name);
  check.observed = jump.errors;
  check.limit = k_errors;
  check.n = static_cast<std::int64_t>(rows.size());
  for (std::size_t i = named != nullptr ? named->begin : 0; named != nullptr && i < named->end; ++i) {
    first.add(rows[i].row);
  }
  check.rows = first.numbers();
}

void check_freshness(const Subject& subject, Findings& findings) {
  constexpr const char* id = "freshness";
  const dataset::Column* time = time_column(subject);
  if (time == nullptr) {
    findings.skip(id, k_no_time);
    return;
  }
  const auto place = static_cast<std::size_t>(time - subject.table.columns.data());
  const auto newest = subject.profile.columns[place].max;
  if (!newest) {
    findings.skip(id, "no row has a time");
    return;
  }
  const double days = std::floor((static_cast<double>(subject.now) - *newest) / static_cast<double>(k_day));
  const bool future = days < -1;
  Check& check = findings.add(
      id, future ? CheckStatus::warn : CheckStatus::pass,
      fmt::format("the newest row is of {}, {} days {}", format_date(static_cast<UnixSeconds>(*newest)),
                  static_cast<std::int64_t>(std::fabs(days)), future ? "ahead of the clock" : "ago"),
      time->name);
  check.observed = days;
  check.n = subject.profile.columns[place].count;
}

void check_row_count(const Subject& subject, Findings& findings) {
  constexpr const char* id = "row_count";
  if (!subject.previous_rows || *subject.previous_rows == 0) {
    findings.skip(id, "no version before this one was recorded");
    return;
  }
  const auto before = static_cast<double>(*subject.previous_rows);
  const double change = (static_cast<double>(subject.table.rows) - before) / before;
  const CheckStatus status = judged(std::fabs(change), 0.2 + 1e-12, 0.5 + 1e-12); // beyond, not from it on
  Check& check = findings.add(id, status,
                              fmt::format("{} rows, {:+.1f}% against the {} of the version before",
                                          subject.table.rows, 100 * change, *subject.previous_rows));
  check.observed = change;
  check.limit = status == CheckStatus::fail ? 0.5 : 0.2;
  check.n = static_cast<std::int64_t>(subject.table.rows);
}

} // namespace mlp::validation
