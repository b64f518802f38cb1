#include "report/diff_text.hpp"

#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

std::string comparison_table(const Json& comparison) {
  using enum Align;
  TextTable table({left, right, right, right, right, right, left});
  table.row({fmt::format("on the same {} rows", thousands(comparison["n"].integer_or(0))), "left", "right",
             "better by", fmt::format("{:.0f}% interval", 100.0 * comparison["level"].number_or(0.95)),
             "p (Holm)", ""});
  for (const Json& metric : comparison["metrics"].as_array()) {
    const bool known = metric["delta"].is_number();
    const double size =
        std::max(std::abs(metric["left"].number_or(0.0)), std::abs(metric["right"].number_or(0.0)));
    const int decimals = decimals_for(size);
    const auto text = [&](const Json& value) {
      return value.is_number() ? fixed_text(value.as_number(), decimals) : std::string("–");
    };
    const std::string why = metric["why"].string_or(); // "these rows cannot tell: 0.82 against …"
    std::string interval;
    std::string delta;
    if (known) {
      const auto& bounds = metric["ci"].as_array();
      interval = range_text(bounds[0].number_or(0.0), bounds[1].number_or(0.0), decimals);
      delta = (metric["delta"].as_number() >= 0 ? "+" : "") + text(metric["delta"]);
    }
    std::string remark = why.substr(0, why.find(':'));
    if (metric["within_seeds"].bool_or(false)) {
      remark += fmt::format("{}no more than another seed makes (± {})", remark.empty() ? "" : "; ",
                            fixed_text(metric["seed_deviation"].as_number(), std::max(decimals, 4)));
    }
    table.row({"  " + metric["name"].string_or(), text(metric["left"]), text(metric["right"]), delta,
               interval, metric["p_holm"].is_number() ? fixed_text(metric["p_holm"].as_number(), 3) : "",
               remark});
  }
  return table.text();
}

} // namespace mlp::report
