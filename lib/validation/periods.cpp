#include "validation/periods.hpp"

#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <string>

namespace mlp::validation {
namespace {

constexpr std::int64_t k_hour = 3600;
constexpr std::int64_t k_day = 24 * k_hour;

enum class Unit : std::uint8_t { hour, day, week, month, quarter, year };
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

} // namespace

std::optional<Cut> cut_into_periods(const std::vector<Dated>& rows) {
  constexpr std::size_t k_few_periods = 3;
  std::vector<Cut> cuts;
  for (const Unit unit : {Unit::hour, Unit::day, Unit::week, Unit::month, Unit::quarter, Unit::year}) {
    const std::string_view name = k_units[static_cast<std::size_t>(unit)];
    std::vector<Period> periods = periods_of(rows, unit);
    if (!cuts.empty() && cuts.back().all.size() == periods.size()) {
      cuts.back().unit = name; // dates without hours are days
    } else {
      cuts.push_back({name, std::move(periods), {}});
    }
  }
  for (Cut& cut : cuts) {
    std::copy_if(cut.all.begin(), cut.all.end(), std::back_inserter(cut.periods),
                 [](const Period& period) { return period.size() >= k_few_rows; });
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

} // namespace mlp::validation
