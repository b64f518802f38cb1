#include "config/findings.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <tuple>

namespace mlp::config {

std::string Finding::text() const {
  if (position.line == 0) { // it does not stand in a file: an override of the command line
    return fmt::format("{}: {}", file, message);
  }
  return fmt::format("{}:{}:{}: {}", file, position.line, position.column, message);
}

void FindingList::error(RuleId rule, Position position, std::string message, std::string hint) {
  findings_.push_back({Finding::Severity::error, std::string(name_of(rule)), file_, position,
                       std::move(message), std::move(hint)});
}

void FindingList::warning(RuleId rule, Position position, std::string message, std::string hint) {
  findings_.push_back({Finding::Severity::warning, std::string(name_of(rule)), file_, position,
                       std::move(message), std::move(hint)});
}

void FindingList::not_supported(Position position, const std::string& what) {
  error(RuleId::not_supported, position, "not supported by this version yet: " + what);
}

bool FindingList::has_errors() const {
  return std::any_of(findings_.begin(), findings_.end(),
                     [](const Finding& finding) { return finding.severity == Finding::Severity::error; });
}

std::vector<Finding> FindingList::sorted() && {
  std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.position.line, a.position.column) < std::tie(b.position.line, b.position.column);
  });
  return std::move(findings_);
}

void require_no_errors(const std::vector<Finding>& findings) {
  const auto is_error = [](const Finding& finding) { return finding.severity == Finding::Severity::error; };
  const auto first = std::find_if(findings.begin(), findings.end(), is_error);
  if (first == findings.end()) {
    return;
  }
  const auto more = std::count_if(first, findings.end(), is_error) - 1;
  const std::string next =
      more == 0 ? fmt::format("run `mlp check --explain {}` to read why", first->rule)
                : fmt::format("run `mlp check` to see {} more error{}", more, more == 1 ? "" : "s");
  if (first->hint.empty()) {
    throw Error(ErrorCode::input, "{}", first->text()).hint(next);
  }
  throw Error(ErrorCode::input, "{}", first->text()).hint(first->hint).hint(next);
}

} // namespace mlp::config
