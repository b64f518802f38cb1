#pragma once

#include "base/check.hpp"
#include "dataset/number_style.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

inline constexpr double k_written_share = 0.9; ///< of the values: from it on they are all meant to be that

/// In what form a column of words holds what are numbers or dates to a person.
enum class WrittenAs : std::uint8_t {
  decimal_commas,     ///< 1,5 and with thousands 1.017,25
  grouped_by_points,  ///< 1.234.567 and 950.000
  grouped,            ///< 1,234.50 and 1 234 and 1'234: `style` reads them
  commas_either_way,  ///< 1,234: thousands, or three decimals
  decimal_points,     ///< 1.5, where data.format says that the decimal mark is a comma
  per_cent,           ///< 12.5 %
  currency,           ///< $1,234.50 and 12 EUR
  day_month_year,     ///< 31.12.2020, with or without a time of day
  month_day_year,     ///< 12/31/2020
  day_or_month_first, ///< 03/04/2020: no value tells which
  year_month_day      ///< 2020/12/31
};

struct WrittenForm {
  WrittenAs as = WrittenAs::decimal_commas;
  NumberStyle style;  ///< of data.format that reads it; plain: none does; no mark: thousands have none
  double share = 0.0; ///< of the values that were looked at
};

/// The form that at least k_written_share of these values (present ones, trimmed) have, and two of them.
/// Nothing where `declared`, the style of the table, reads as many; for thousands without a decimal mark that
/// are all of one length, as codes are; for version numbers and addresses.
[[nodiscard]] std::optional<WrittenForm> written_form(std::span<const std::string> values,
                                                      NumberStyle declared);

} // namespace mlp::dataset
