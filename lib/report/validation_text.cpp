#include "report/validation_text.hpp"

#include "report/findings.hpp"
#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <map>

namespace mlp::report {
namespace {

constexpr std::size_t k_width = 100;
constexpr std::size_t k_most_of_one = 10;

std::string number_text(double value) {
  return value == std::floor(value) && std::fabs(value) < 1e15 ? thousands(static_cast<std::int64_t>(value))
                                                               : metric_text(value);
}

std::string measured(const Check& check) {
  if (!check.observed) {
    return "";
  }
  return number_text(*check.observed) +
         (check.limit ? fmt::format(" (limit {})", fmt::format("{:.6g}", *check.limit)) : "");
}

std::string reason(const Check& check) {
  std::string text = check.why.empty() ? check.subject : check.why;
  if (!check.rows.empty()) {
    text += fmt::format("{}row{} {}", text.empty() ? "" : "; ", check.rows.size() == 1 ? "" : "s",
                        fmt::join(check.rows, ", "));
  }
  return printable(text);
}

} // namespace

std::string validation_text(std::span<const Check> checks, std::span<const validation::Skipped> skipped,
                            const Style& style) {
  TextTable table({Align::left, Align::left, Align::left, Align::left});
  std::string passed;
  std::map<std::string, std::size_t> shown; // of each id: a wide table may have a hundred constant columns
  for (const Check& check : checks) {
    if (check.status != CheckStatus::pass && ++shown[check.id] > k_most_of_one) {
      continue;
    }
    if (check.status == CheckStatus::pass && !check.observed) {
      passed += (passed.empty() ? "" : ", ") + check.id;
    } else {
      table.row({status_word(check.status, style), check.id, measured(check), reason(check)});
    }
  }
  std::string text = table.text();
  for (const auto& [id, count] : shown) {
    if (count > k_most_of_one) {
      text += fmt::format("and {} more {} (--json has them all)\n", count - k_most_of_one, id);
    }
  }
  if (!passed.empty()) {
    text += "passed as well:\n" + wrapped(passed, k_width, 2);
  }
  if (!skipped.empty()) {
    text += "not run:\n";
    for (const validation::Skipped& one : skipped) {
      text += fmt::format("  {}: {}\n", one.id, printable(one.why));
    }
  }
  return text;
}

} // namespace mlp::report
