#include "dataset/written_date.hpp"

#include "dataset/ascii.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace mlp::dataset {
namespace {

struct Part {
  int value = 0;
  std::size_t digits = 0;
};

/// Up to four digits off the front of `text`.
Part take_part(std::string_view& text) {
  Part part;
  while (part.digits < 4 && !text.empty() && is_digit(text.front())) {
    part.value = part.value * 10 + (text.front() - '0');
    ++part.digits;
    text.remove_prefix(1);
  }
  return part;
}

/// " 14:30", "T14:30:05.123", " 2:30 PM": digits, colons, points and letters of am and pm behind a blank or
/// T.
bool is_time_of_day(std::string_view text) {
  if (text.empty()) {
    return true;
  }
  const bool apart = text.front() == ' ' || text.front() == 'T' || text.front() == ',';
  return apart && text.find(':') != std::string_view::npos &&
         text.substr(1).find_first_not_of("0123456789:. aApPmMZ") == std::string_view::npos;
}

bool is_year(const Part& part, char mark) {
  return part.digits == 4 ? part.value >= 1800 && part.value < 2200 : part.digits == 2 && mark == '/';
}

bool is_day_or_month(const Part& part, int most) {
  return part.digits >= 1 && part.digits <= 2 && part.value >= 1 && part.value <= most;
}

/// Adds one value.
void add(std::string_view text, DateOrders& orders) {
  constexpr int k_months = 12;
  constexpr int k_days = 31;
  std::array<Part, 3> parts;
  parts[0] = take_part(text);
  const char mark = text.empty() ? '\0' : text.front();
  if (mark != '.' && mark != '/' && mark != '-') {
    return;
  }
  text.remove_prefix(1);
  parts[1] = take_part(text);
  if (text.empty() || text.front() != mark) {
    return;
  }
  text.remove_prefix(1);
  parts[2] = take_part(text);
  if (!is_time_of_day(text)) {
    return;
  }
  const bool year_first = parts[0].digits == 4;
  if (year_first) {
    const bool fits = mark != '-' && is_year(parts[0], mark) && is_day_or_month(parts[1], k_months) &&
                      is_day_or_month(parts[2], k_days);
    orders.all += fits ? 1U : 0U;
    orders.year_first += fits ? 1U : 0U;
    return;
  }
  const bool fits = is_year(parts[2], mark) && is_day_or_month(parts[0], k_days) &&
                    is_day_or_month(parts[1], k_days) && std::min(parts[0].value, parts[1].value) <= k_months;
  if (fits) {
    ++orders.all;
    orders.day_first += parts[0].value > k_months ? 1U : 0U;
    orders.month_first += parts[1].value > k_months ? 1U : 0U;
    orders.points += mark == '.' ? 1U : 0U;
  }
}

} // namespace

DateOrders date_orders(std::span<const std::string> values) {
  DateOrders orders;
  for (const std::string& value : values) {
    add(value, orders);
  }
  return orders;
}

} // namespace mlp::dataset
