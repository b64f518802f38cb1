#include "report/profile_text.hpp"

#include "base/time.hpp"
#include "report/display.hpp"
#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace mlp::report {
namespace {

constexpr std::size_t k_widest_name = 28;
constexpr std::size_t k_widest_value = 18;
constexpr std::size_t k_shown_values = 3;

std::string point_text(const dataset::ColumnProfile& column, double value) {
  if (column.type != dataset::ColumnType::datetime) {
    return value == std::floor(value) && std::fabs(value) < 1e15 ? thousands(static_cast<std::int64_t>(value))
                                                                 : fmt::format("{:.4g}", value);
  }
  return format_date(static_cast<UnixSeconds>(value));
}

std::string range_text(const dataset::ColumnProfile& column) {
  if (!column.min || !column.max) {
    return "";
  }
  std::string text = fmt::format("{} … {}", point_text(column, *column.min), point_text(column, *column.max));
  if (column.mean && column.type == dataset::ColumnType::number) {
    text += fmt::format(", mean {:.4g}", *column.mean);
  }
  const std::string bars = sparkline(column.histogram);
  return bars.empty() ? text : text + "  " + bars;
}

std::string frequent_text(const dataset::ColumnProfile& column) {
  std::string text;
  for (std::size_t i = 0; i < column.top.size() && i < k_shown_values; ++i) {
    const auto& [value, count] = column.top[i];
    const double share =
        static_cast<double>(count) / static_cast<double>(std::max<std::int64_t>(column.count, 1));
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", shortened(printable(value), k_widest_value),
                        percent_text(share));
  }
  return column.top.size() > k_shown_values ? text + ", …" : text;
}

} // namespace

std::string sparkline(std::span<const std::int64_t> counts) {
  constexpr std::array<std::string_view, 8> heights = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::int64_t highest = counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
  std::string text;
  for (const std::int64_t count : counts) {
    if (count <= 0) {
      text += " ";
      continue;
    }
    const double share = static_cast<double>(count) / static_cast<double>(highest);
    text += heights[static_cast<std::size_t>(std::lround(share * 7))];
  }
  return text;
}

std::string profile_table(const dataset::Profile& profile) {
  TextTable table({Align::left, Align::left, Align::right, Align::right, Align::left});
  table.row({"column", "type", "missing", "distinct", "values"});
  for (const dataset::ColumnProfile& column : profile.columns) {
    const double missing =
        profile.rows > 0 ? static_cast<double>(column.missing) / static_cast<double>(profile.rows) : 0.0;
    const bool ranged =
        column.type == dataset::ColumnType::number || column.type == dataset::ColumnType::datetime;
    table.row({shortened(printable(column.name), k_widest_name), std::string(name_of(column.type)),
               column.missing == 0 ? "–" : percent_text(missing), thousands(column.unique),
               ranged ? range_text(column) : frequent_text(column)});
  }
  return table.text(2);
}

} // namespace mlp::report
