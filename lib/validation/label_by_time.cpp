#include "base/time.hpp"
#include "validation/order_checks.hpp"
#include "validation/periods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace mlp::validation {
namespace {

constexpr double k_chance = 1e-6;    // of a period of one label, in the whole table
constexpr double k_errors = 6;       // standard errors of a jump
constexpr double k_deviations = 0.5; // of the label
constexpr double k_usual_jumps = 6;  // times the median one
constexpr double k_day = 24 * 3600;
constexpr std::size_t k_most_classes = 20;
constexpr std::size_t k_lasting = 3;         // periods beyond the jump: a holiday is one or two
constexpr std::size_t k_fewest_for_wide = 9; // periods: fewer have no usual jump of three and three

/// The label that all rows of a period have; nothing where they differ.
std::optional<double> only_label(const std::vector<Dated>& rows, const Period& period) {
  const double label = rows[period.begin].label;
  const bool same = std::all_of(rows.begin() + static_cast<std::ptrdiff_t>(period.begin),
                                rows.begin() + static_cast<std::ptrdiff_t>(period.end),
                                [label](const Dated& row) { return row.label == label; });
  return same ? std::optional(label) : std::nullopt;
}

/// Neighbouring periods in which every label is the same.
struct Uniform {
  Period rows;
  std::size_t periods = 0;
  double log_chance = 0.0; ///< that the labels of so many rows are this one
};

/// The least likely of those; nothing where chance may have made it.
std::optional<Uniform> uniform_periods(const std::vector<Dated>& rows, const Cut& cut) {
  std::map<double, double> counts;
  for (const Dated& row : rows) {
    counts[row.label] += 1;
  }
  Uniform oddest;
  Uniform run;
  std::optional<double> label; // of the run
  for (const Period& period : cut.all) {
    const auto here = only_label(rows, period);
    run = here && here == label ? Uniform{{run.rows.begin, period.end}, run.periods + 1} : Uniform{period, 1};
    label = here;
    if (here && run.rows.size() >= k_few_rows) {
      run.log_chance =
          static_cast<double>(run.rows.size()) * std::log(counts[*here] / static_cast<double>(rows.size()));
      oddest = run.log_chance < oddest.log_chance ? run : oddest;
    }
  }
  const double chance = static_cast<double>(cut.all.size()) * std::exp(oddest.log_chance);
  return chance < k_chance ? std::optional(oddest) : std::nullopt;
}

struct Jump {
  const Period* after = nullptr;
  std::size_t periods = 1; ///< compared on each side
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
bool is_lasting(const std::vector<double>& means, std::size_t jump, double from, double to) {
  if (jump + k_lasting > means.size()) {
    return false;
  }
  const auto begin = means.begin() + static_cast<std::ptrdiff_t>(jump);
  return std::all_of(begin, begin + static_cast<std::ptrdiff_t>(k_lasting),
                     [&](double mean) { return std::fabs(mean - to) < std::fabs(mean - from); });
}

/// The largest difference of the mean between `width` neighbouring periods and the `width` after them.
template <typename Value>
Jump largest_jump(const std::vector<Dated>& rows, const Cut& cut, std::size_t width, Value value) {
  const Moments whole = moments_of(rows, 0, rows.size(), value);
  const std::vector<Period>& periods = cut.periods;
  std::vector<double> means;
  for (const Period& period : periods) {
    means.push_back(moments_of(rows, period.begin, period.end, value).mean);
  }
  std::vector<double> sizes;
  Jump largest;
  largest.periods = width;
  for (std::size_t i = width; i + width <= periods.size(); ++i) {
    const Moments before = moments_of(rows, periods[i - width].begin, periods[i - 1].end, value);
    const Moments now = moments_of(rows, periods[i].begin, periods[i + width - 1].end, value);
    const double size = std::fabs(now.mean - before.mean);
    // A period of one label has no spread of its own; that of the whole stands for it.
    const double spread = std::max(before.variance / before.n + now.variance / now.n,
                                   1e-3 * whole.variance * (1 / before.n + 1 / now.n));
    sizes.push_back(size);
    if (largest.after == nullptr || size >= std::fabs(largest.to - largest.from)) {
      const double errors = spread > 0 ? size / std::sqrt(spread) : 0;
      const bool lasting = is_lasting(means, i, before.mean, now.mean);
      largest = {&periods[i], width, errors, before.mean, now.mean, false, lasting};
    }
  }
  const double size = std::fabs(largest.to - largest.from);
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2), sizes.end());
  const double usual = sizes[sizes.size() / 2];
  largest.odd = largest.errors >= k_errors && size >= k_deviations * std::sqrt(whole.variance) &&
                size >= k_usual_jumps * usual;
  return largest;
}

/// Between two periods; where that is not odd, between three and three: small periods say little alone.
template <typename Value> Jump largest_jump(const std::vector<Dated>& rows, const Cut& cut, Value value) {
  const Jump sharp = largest_jump(rows, cut, 1, value);
  if (sharp.odd || cut.periods.size() < k_fewest_for_wide) {
    return sharp;
  }
  const Jump wide = largest_jump(rows, cut, k_lasting, value);
  return wide.odd && wide.lasting ? wide : sharp;
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
  const std::string_view unit = cut->unit;
  std::string of;
  const Jump jump = largest_jump(subject, rows, *cut, of);
  const auto date = [&](const Period& period) {
    return format_date(static_cast<UnixSeconds>(rows[period.begin].time));
  };
  CheckStatus status = CheckStatus::pass;
  std::string why;
  FirstRows first;
  const Period* named = nullptr;
  const auto uniform = uniform_periods(rows, *cut);
  if (uniform && (!jump.odd || jump.after->begin == uniform->rows.begin)) {
    status = CheckStatus::fail;
    named = &uniform->rows;
    const std::string span =
        uniform->periods == 1 ? std::string(unit) : fmt::format("{} {}s", uniform->periods, unit);
    why = fmt::format("all {} rows of the {} from {} have the same '{}': was it not known yet, or cut off?",
                      uniform->rows.size(), span, date(uniform->rows), subject.roles.target);
  } else if (jump.odd) {
    status = jump.lasting ? CheckStatus::fail : CheckStatus::warn;
    named = jump.after;
    const std::string span =
        jump.periods == 1 ? fmt::format("{} of", unit) : fmt::format("{} {}s from", jump.periods, unit);
    why = fmt::format("the mean of '{}' jumps from {:.4g} to {:.4g} with the {} {}: {}", of, jump.from,
                      jump.to, span, date(*jump.after),
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
  const double days = std::floor((static_cast<double>(subject.now) - *newest) / k_day);
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
