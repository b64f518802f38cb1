#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace mlp::dataset {

/// How many values are dates that ISO 8601 does not know, and what they tell of their order.
struct DateOrders {
  std::size_t all = 0;         ///< 31.12.2020, 12/31/20, 31-12-2020, 2020/12/31; a time of day may follow
  std::size_t year_first = 0;  ///< 2020/12/31
  std::size_t day_first = 0;   ///< the first part is above 12
  std::size_t month_first = 0; ///< the second part is above 12
  std::size_t points = 0;      ///< 1.2.2020: nobody writes the month first so
};
/// A year has four digits, between slashes two will do: 01.02.21 may be a version or a code.
[[nodiscard]] DateOrders date_orders(std::span<const std::string> values);

} // namespace mlp::dataset
