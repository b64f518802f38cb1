#include "base/time.hpp"

#include <fmt/format.h>

#include <chrono>

namespace mlp {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

/// Takes exactly `digits` decimal digits off the front of `text`.
std::optional<int> take(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) {
    return std::nullopt;
  }
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    }
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool skip(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

/// `Z`, `+hh:mm`, `+hhmm`, `+hh` or nothing → seconds east of UTC.
std::optional<UnixSeconds> take_zone(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z") {
    return 0;
  }
  const bool east = text.front() == '+';
  if (!east && text.front() != '-') {
    return std::nullopt;
  }
  text.remove_prefix(1);
  const auto hours = take(text, 2);
  if (!hours || *hours > 14) {
    return std::nullopt;
  }
  int minutes = 0;
  if (!text.empty()) {
    skip(text, ':');
    const auto found = take(text, 2);
    if (!found || *found > 59 || !text.empty()) {
      return std::nullopt;
    }
    minutes = *found;
  }
  const UnixSeconds seconds = *hours * 3600 + minutes * 60;
  return east ? seconds : -seconds;
}

/// `hh:mm[:ss[.fff]]`, then a zone → seconds since midnight UTC.
std::optional<UnixSeconds> take_time_of_day(std::string_view text) {
  const auto hour = take(text, 2);
  if (!hour || *hour > 23 || !skip(text, ':')) {
    return std::nullopt;
  }
  const auto minute = take(text, 2);
  if (!minute || *minute > 59) {
    return std::nullopt;
  }
  int second = 0;
  if (skip(text, ':')) {
    const auto found = take(text, 2);
    if (!found || *found > 60) { // 60: a leap second
      return std::nullopt;
    }
    second = *found;
    if (skip(text, '.') || skip(text, ',')) {
      if (!take(text, 1)) {
        return std::nullopt;
      }
      while (take(text, 1)) {
      }
    }
  }
  const auto zone = take_zone(text);
  if (!zone) {
    return std::nullopt;
  }
  return *hour * 3600 + *minute * 60 + second - *zone;
}

} // namespace

std::string format_utc(UnixSeconds time) {
  const std::chrono::sys_seconds point{std::chrono::seconds(time)};
  const auto day = std::chrono::floor<std::chrono::days>(point);
  const std::chrono::hh_mm_ss clock(point - day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", format_date(time), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::string format_date(UnixSeconds time) {
  const std::chrono::sys_seconds point{std::chrono::seconds(time)};
  const year_month_day date(std::chrono::floor<std::chrono::days>(point));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string format_time(UnixSeconds time) {
  constexpr UnixSeconds k_day_seconds = 86'400;
  return time % k_day_seconds == 0 ? format_date(time) : format_utc(time);
}

std::optional<UnixSeconds> parse_time(std::string_view text) {
  const auto year = take(text, 4);
  if (!year || !skip(text, '-')) {
    return std::nullopt;
  }
  const auto month = take(text, 2);
  if (!month || !skip(text, '-')) {
    return std::nullopt;
  }
  const auto day = take(text, 2);
  if (!day) {
    return std::nullopt;
  }
  const year_month_day date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                            std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) {
    return std::nullopt;
  }
  const UnixSeconds midnight = std::chrono::sys_seconds(sys_days(date)).time_since_epoch().count();
  if (text.empty()) {
    return midnight;
  }
  if (!skip(text, 'T') && !skip(text, ' ')) {
    return std::nullopt;
  }
  const auto of_day = take_time_of_day(text);
  return of_day ? std::optional(midnight + *of_day) : std::nullopt;
}

} // namespace mlp
