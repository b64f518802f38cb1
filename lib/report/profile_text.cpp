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

constexpr std::size_t k_widest_value = 18;
constexpr std::size_t k_shown_values = 3;
constexpr unsigned k_roomy = 100; // columns of the terminal

/// In full, or short where room is.
std::string type_text(dataset::ColumnType type, bool roomy) {
  switch (type) {
  case dataset::ColumnType::number:
    return roomy ? "number" : "num";
  case dataset::ColumnType::boolean:
    return roomy ? "boolean" : "bool";
  case dataset::ColumnType::category:
    return roomy ? "category" : "cat";
  case dataset::ColumnType::datetime:
    return roomy ? "datetime" : "date";
  case dataset::ColumnType::text:
    break;
  }
  return "text";
}

std::string quartiles_text(const dataset::ColumnProfile& column) {
  if (!column.min || !column.max || !column.q25 || !column.median || !column.q75) {
    return "";
  }
  const auto point = [&](const std::optional<double>& value) { return point_text(column, *value); };
  if (column.type == dataset::ColumnType::datetime) {
    return fmt::format("{} [{}] {}", point(column.min), point(column.median), point(column.max));
  }
  return fmt::format("{} [{}{} {} {}] {}", point(column.min), column.rank_error > 0 ? "~" : "",
                     point(column.q25), point(column.median), point(column.q75), point(column.max));
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

/// Neighbours together, so that at most `widest` are left.
std::vector<std::int64_t> joined(std::span<const std::int64_t> counts, std::size_t widest) {
  std::vector<std::int64_t> fewer(std::min(counts.size(), widest));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    fewer[i * fewer.size() / counts.size()] += counts[i];
  }
  return fewer;
}

} // namespace

std::string sparkline(std::span<const std::int64_t> counts, std::size_t widest) {
  constexpr std::array<std::string_view, 8> heights = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::vector<std::int64_t> bars = joined(counts, widest);
  const std::int64_t highest = bars.empty() ? 0 : *std::max_element(bars.begin(), bars.end());
  std::string text;
  for (const std::int64_t count : bars) {
    if (count <= 0) {
      text += " ";
      continue;
    }
    const double share = static_cast<double>(count) / static_cast<double>(highest);
    text += heights[static_cast<std::size_t>(std::lround(share * 7))];
  }
  return text;
}

std::string shape_text(const dataset::ColumnProfile& column, std::size_t widest) {
  if (column.body) {
    return fmt::format("{}{}{}", column.body->below > 0 ? "‹" : " ", sparkline(column.body->counts, widest),
                       column.body->above > 0 ? "›" : "");
  }
  if (!column.histogram.empty()) {
    return " " + sparkline(column.histogram, widest);
  }
  std::vector<std::int64_t> counts;
  for (const auto& [value, count] : column.top) {
    counts.push_back(count);
  }
  return counts.empty() ? "" : " " + sparkline(counts, widest);
}

std::string point_text(const dataset::ColumnProfile& column, double value) {
  if (column.type == dataset::ColumnType::datetime) {
    return format_date(static_cast<UnixSeconds>(value));
  }
  constexpr std::array<std::pair<double, std::string_view>, 4> k_units = {
      {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}}};
  const double size = std::abs(value);
  if (size < 99'999.5) {
    return value == std::floor(value) || size >= 1000 ? thousands(std::llround(value))
                                                      : fmt::format("{:.4g}", value);
  }
  for (const auto& [unit, letter] : k_units) {
    if (size >= 0.9995 * unit && size < 1e15) {
      return fmt::format("{:.3g}{}", value / unit, letter);
    }
  }
  return fmt::format("{:.3g}", value);
}

std::string profile_table(const dataset::Profile& profile, std::span<const std::size_t> columns,
                          unsigned width) {
  const bool roomy = width >= k_roomy;
  TextTable table({Align::left, Align::left, Align::right, Align::right, Align::left, Align::left});
  table.row({"column", "type", "missing", "distinct", " shape",
             roomy ? "min [quartiles] max, or most frequent" : "values"});
  bool estimated = false;
  for (const std::size_t place : columns) {
    const dataset::ColumnProfile& column = profile.columns[place];
    const double missing =
        profile.rows > 0 ? static_cast<double>(column.missing) / static_cast<double>(profile.rows) : 0.0;
    const bool ranged =
        column.type == dataset::ColumnType::number || column.type == dataset::ColumnType::datetime;
    table.row({shortened(printable(column.name), roomy ? 28 : 14), type_text(column.type, roomy),
               column.missing == 0 ? "–" : percent_text(missing),
               (column.unique_error > 0 ? "~" : "") + thousands(column.unique),
               shape_text(column, roomy ? 20 : 10), ranged ? quartiles_text(column) : frequent_text(column)});
    estimated = estimated || column.rank_error > 0;
  }
  std::string text;
  const std::string all = table.text(2, roomy ? 2 : 1);
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = all.find('\n', begin);
    text += shortened(std::string_view(all).substr(begin, end - begin), width) + "\n";
    begin = end + 1;
  }
  if (estimated) {
    text +=
        "  ~ estimated: quartiles within 0.16% of their rank, distinct values within 0.8% (standard error)\n";
  }
  return text;
}

std::string format_text(const Json& format) {
  if (format["parquet"].bool_or(false)) {
    return "Parquet";
  }
  const std::string delimiter = format["delimiter"].string_or(",");
  const std::string decimal = format["decimal"].string_or(".");
  const std::string thousands = format["thousands"].string_or();
  return fmt::format(
      "delimiter {}, {}, {}{}, line ends {}{}{}", delimiter == "\t" ? "tab" : "'" + delimiter + "'",
      format["header"].bool_or(true) ? "header" : "no header", format["encoding"].string_or(),
      format["compression"].string_or("none") == "none" ? "" : ", " + format["compression"].string_or(),
      format["line_ending"].string_or(), decimal == "." ? "" : ", decimal '" + decimal + "'",
      thousands.empty() ? "" : ", thousands '" + thousands + "'");
}

} // namespace mlp::report
