#include "dataset/placeholder.hpp"

#include "dataset/profile_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace mlp::dataset {
namespace {

constexpr std::int64_t k_least_rows = 3;
constexpr std::size_t k_least_bins = 6;
constexpr double k_empty_share = 0.14;   ///< of the bins: those beside the value that hold nothing
constexpr double k_ordinary_share = 0.2; ///< 0 in more rows than that is what is usual there
constexpr double k_wide_range = 5.0;     ///< of −1 beside whole numbers: fewer may be codes (−1, 0, 1)

struct Date {
  double seconds; ///< since 1970
  std::string_view text;
};
constexpr std::array<Date, 7> k_dates = {{{-62135596800.0, "0001-01-01"},
                                          {-2209161600.0, "1899-12-30"},
                                          {-2209075200.0, "1899-12-31"},
                                          {-2208988800.0, "1900-01-01"},
                                          {0.0, "1970-01-01"},
                                          {32503593600.0, "2999-12-31"},
                                          {253402214400.0, "9999-12-31"}}};

/// 9, 99, 999, … with either sign.
bool is_nines(double value) {
  const double next = std::abs(value) + 1.0;
  return next >= 10.0 && next <= 1e12 && std::pow(10.0, std::round(std::log10(next))) == next;
}

struct Meaning {
  std::string text;
  bool is_ordinary = false;
};

/// What a value says to a person who knows that it may be a placeholder.
std::optional<Meaning> meaning_of(const ColumnProfile& profile, double value) {
  if (profile.type == ColumnType::datetime) {
    const auto found =
        std::find_if(k_dates.begin(), k_dates.end(), [&](const Date& date) { return date.seconds == value; });
    return found == k_dates.end() ? std::nullopt : std::optional(Meaning{std::string(found->text), false});
  }
  const bool is_ordinary = value == 0.0 || value == -1.0;
  const bool is_digit = std::abs(value) == 9.0;
  if (is_ordinary || (is_nines(value) && (!is_digit || profile.unique < 10))) {
    return Meaning{fmt::format("{}", value), is_ordinary};
  }
  return std::nullopt;
}

/// How many bins beside the first of these hold nothing, until one does.
template <typename Iterator> std::size_t empty_beside(Iterator first, Iterator end) {
  const auto next = std::find_if(first + 1, end, [](std::int64_t count) { return count > 0; });
  return static_cast<std::size_t>(next - first) - 1;
}

/// Whether 0 and −1 are seldom enough, beside values enough, to be odd.
bool is_odd(const ColumnProfile& profile, std::int64_t rows) {
  return profile.histogram.size() == k_profile_bins &&
         static_cast<double>(rows) <= k_ordinary_share * static_cast<double>(profile.count);
}

/// `rows` in the outermost bin, `empty` bins beside it.
std::optional<Placeholder> apart(const ColumnProfile& profile, double value, std::int64_t rows,
                                 std::size_t empty) {
  const auto meaning = meaning_of(profile, value);
  const auto bins = static_cast<double>(profile.histogram.size());
  if (!meaning || static_cast<double>(empty) < k_empty_share * bins ||
      (meaning->is_ordinary && !is_odd(profile, rows))) {
    return std::nullopt;
  }
  const auto top = std::find_if(profile.top.begin(), profile.top.end(),
                                [&](const auto& value_rows) { return value_rows.first == meaning->text; });
  const std::int64_t count = top == profile.top.end() ? rows : top->second; // others may stand close to it
  return count < k_least_rows ? std::nullopt
                              : std::optional(Placeholder{meaning->text, count, meaning->is_ordinary});
}

} // namespace

std::optional<Placeholder> placeholder_in(const ColumnProfile& profile, bool whole) {
  const auto& bins = profile.histogram;
  const bool is_number = profile.type == ColumnType::number || profile.type == ColumnType::datetime;
  if (!is_number || !profile.min || !profile.max || bins.size() < k_least_bins) {
    return std::nullopt;
  }
  if (auto least = apart(profile, *profile.min, bins.front(), empty_beside(bins.begin(), bins.end()))) {
    return least;
  }
  if (auto largest = apart(profile, *profile.max, bins.back(), empty_beside(bins.rbegin(), bins.rend()))) {
    return largest;
  }
  const bool is_only_negative = whole && *profile.min == -1.0 && *profile.max >= k_wide_range;
  if (is_only_negative && !profile.top.empty() && profile.top.front().first == "-1" &&
      profile.top.front().second >= k_least_rows) {
    return Placeholder{"-1", profile.top.front().second, true};
  }
  return std::nullopt;
}

} // namespace mlp::dataset
