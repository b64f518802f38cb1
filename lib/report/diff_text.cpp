#include "report/diff_text.hpp"

#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mlp::report {
namespace {

constexpr std::size_t k_widest_cell = 34;

std::string cell(const Json& value) {
  if (value.is_null()) {
    return "–";
  }
  if (value.is_integer()) {
    return thousands(value.as_integer());
  }
  if (value.is_number()) {
    return metric_text(value.as_number());
  }
  return shortened(printable(value.is_string() ? value.as_string() : value.dump()), k_widest_cell);
}

std::string distance(const DiffLine& line) {
  if (!line.left.is_number() || !line.right.is_number()) {
    return "";
  }
  const double apart = line.right.as_number() - line.left.as_number();
  const bool whole = line.left.is_integer() && line.right.is_integer();
  const int decimals =
      whole ? 0 : std::max(decimals_for(line.left.as_number()), decimals_for(line.right.as_number()));
  return (apart > 0 ? "+" : "") + fixed_text(apart, decimals);
}

} // namespace

std::string diff_table(std::span<const DiffLine> lines, const Style& style) {
  std::string text;
  for (std::size_t begin = 0; begin < lines.size();) {
    const auto end = static_cast<std::size_t>(
        std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(begin), lines.end(),
                     [&](const DiffLine& line) { return line.area != lines[begin].area; }) -
        lines.begin());
    TextTable table({Align::left, Align::right, Align::right, Align::right});
    for (const DiffLine& line : lines.subspan(begin, end - begin)) {
      table.row({line.name, style.red(cell(line.left)), style.green(cell(line.right)), distance(line)});
    }
    text += style.bold(lines[begin].area) + "\n" + table.text(2, 3);
    begin = end;
  }
  return text;
}

} // namespace mlp::report
