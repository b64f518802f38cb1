#include "report/findings.hpp"

#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

namespace mlp::report {
namespace {

/// "0.927 (from 0.921) ≥ 0.65"; empty where nothing was measured.
std::string measured_text(const policy::RuleResult& rule) {
  if (rule.observed_text.empty() || rule.limit_text.empty()) {
    return printable(rule.observed_text);
  }
  return printable(fmt::format("{} {}", rule.observed_text, rule.limit_text));
}

} // namespace

std::string status_word(CheckStatus status, const Style& style) {
  switch (status) {
  case CheckStatus::pass:
    return style.green("pass");
  case CheckStatus::warn:
    return style.yellow("warn");
  case CheckStatus::fail:
    return style.red("FAIL");
  case CheckStatus::inconclusive:
    return style.yellow("inconclusive");
  case CheckStatus::missing:
    return style.red("missing");
  case CheckStatus::waived:
    return style.yellow("waived");
  }
  return "";
}

std::string checks_list(std::span<const Check> checks, const Style& style) {
  TextTable table({Align::left, Align::left, Align::left});
  for (const Check& check : checks) {
    table.row({status_word(check.status, style), check.id,
               printable(check.why.empty() ? check.subject : check.why)});
  }
  return table.text();
}

std::string first_checks_list(std::span<const Check> checks, const Style& style, std::string_view where) {
  constexpr std::size_t k_most = 50;
  constexpr std::size_t k_most_of_a_kind = 5;
  std::vector<Check> shown;
  std::map<std::string, std::size_t> seen;
  std::map<std::string, std::size_t> left_out;
  for (const Check& check : checks) {
    if (++seen[check.id] <= k_most_of_a_kind && shown.size() < k_most) {
      shown.push_back(check);
    } else {
      ++left_out[check.id];
    }
  }
  std::string text = checks_list(shown, style);
  if (left_out.empty()) {
    return text;
  }
  std::string kinds;
  for (const auto& [id, count] : left_out) {
    kinds +=
        fmt::format("{}{} {}", kinds.empty() ? "" : ", ", thousands(static_cast<std::int64_t>(count)), id);
  }
  return text + fmt::format("… {} more warnings ({}): {}\n",
                            thousands(static_cast<std::int64_t>(checks.size() - shown.size())), kinds, where);
}

std::string rules_list(std::span<const policy::RuleResult> rules, const Style& style) {
  std::size_t widest = 0;
  for (const policy::RuleResult& rule : rules) {
    widest = std::max(widest, display_width(measured_text(rule)));
  }
  TextTable table({Align::left, Align::left, Align::left});
  for (const policy::RuleResult& rule : rules) {
    // one cell, so that a long reason moves no other rule's n to the right
    std::string cell = measured_text(rule);
    const std::string why = rule.check.status == CheckStatus::pass ? "" : printable(rule.check.why);
    if (cell.empty()) {
      cell = printable(rule.check.why);
    } else if (rule.check.n || !why.empty()) {
      cell.append(widest - display_width(cell), ' ');
      cell += rule.check.n ? fmt::format("   n {}", thousands(*rule.check.n)) : "";
      cell += why.empty() ? "" : "   " + why;
    }
    table.row({status_word(rule.check.status, style), rule.check.id, cell});
  }
  return table.text();
}

} // namespace mlp::report
