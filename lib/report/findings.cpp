#include "report/findings.hpp"

#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

namespace mlp::report {

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

std::string rules_list(std::span<const policy::RuleResult> rules, const Style& style) {
  TextTable table({Align::left, Align::left, Align::left, Align::left});
  for (const policy::RuleResult& rule : rules) {
    std::string measured = rule.observed_text;
    if (!rule.limit_text.empty() && !measured.empty()) {
      measured += " " + rule.limit_text;
    }
    const std::string n =
        rule.check.n && !measured.empty() ? fmt::format(" n {}", thousands(*rule.check.n)) : "";
    const bool explains = rule.check.status != CheckStatus::pass && !rule.check.why.empty();
    if (measured.empty()) {
      table.row({status_word(rule.check.status, style), rule.check.id, printable(rule.check.why)});
    } else {
      table.row({status_word(rule.check.status, style), rule.check.id, printable(measured),
                 n + (explains ? "  " + printable(rule.check.why) : "")});
    }
  }
  return table.text();
}

} // namespace mlp::report
