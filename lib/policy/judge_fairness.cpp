#include "base/json.hpp"
#include "policy/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace mlp::policy {
namespace {

/// From best to worst.
int badness(CheckStatus status) {
  return status == CheckStatus::pass ? 0 : status == CheckStatus::inconclusive ? 1 : 2;
}

bool is_about(const Rule& rule, const FairnessFact& fact) {
  if (fact.metric != rule.metric) {
    return false;
  }
  if (rule.groups_by.empty()) { // each protected column by itself; crosses only where they are named
    return fact.columns.size() == 1;
  }
  const std::set<std::string> columns(fact.columns.begin(), fact.columns.end());
  return std::any_of(rule.groups_by.begin(), rule.groups_by.end(), [&](const auto& wanted) {
    return std::set<std::string>(wanted.begin(), wanted.end()) == columns;
  });
}

std::string bound_text(const std::optional<double>& bound, const std::optional<double>& limit) {
  return bound ? number_beside(*bound, limit) : std::string("?");
}

/// Fails only what is proved, passes only what is proved: everything else is inconclusive.
Check judge_interval(const Rule& rule, const FairnessFact& fact) {
  const bool is_ratio = rule.min.has_value(); // of a gap, large is bad; of a ratio, small
  const double limit = is_ratio ? *rule.min : *rule.max;
  const auto& hopeful = is_ratio ? fact.upper : fact.lower;
  const auto& fearful = is_ratio ? fact.lower : fact.upper;
  Check check;
  check.id = rule.id();
  check.observed = fact.value;
  check.limit = limit;
  check.n = fact.n;
  check.subject = fmt::format("{}", fmt::join(fact.columns, " & "));
  const std::string interval =
      fmt::format("its interval is {} to {}", bound_text(fact.lower, limit), bound_text(fact.upper, limit));
  if (fact.value && hopeful && (is_ratio ? *hopeful < limit : *hopeful > limit)) {
    check.status = CheckStatus::fail;
    check.why = fmt::format("{}, all of it {} {}", interval, is_ratio ? "below" : "above", shortest(limit));
    return check;
  }
  const bool is_ok = fact.value && fearful && (is_ratio ? *fearful >= limit : *fearful <= limit);
  if (is_ok && fact.insufficient.empty()) {
    return check;
  }
  check.status = CheckStatus::inconclusive;
  if (!fact.insufficient.empty()) {
    check.why = fmt::format("too few rows to judge {}", fmt::join(fact.insufficient, ", "));
  } else {
    check.why = !fact.why.empty() ? fact.why : fmt::format("{}, which {} lies in", interval, shortest(limit));
  }
  return check;
}

} // namespace

RuleResult judge_fairness(const Rule& rule, const Evidence& evidence) {
  RuleResult result;
  result.limit_text =
      rule.min ? fmt::format("≥ {}", shortest(*rule.min)) : fmt::format("≤ {}", shortest(*rule.max));
  result.check.id = rule.id();
  result.check.status = CheckStatus::missing;
  result.check.why = evidence.has_evaluation
                         ? fmt::format("the evaluation has no {} of these groups", rule.metric)
                         : "no evaluation fits this model, its data and mlp.yaml";
  if (!evidence.has_evaluation && !evidence.missing_hint.empty()) {
    result.check.why += fmt::format(": run `{}`", evidence.missing_hint);
  }
  bool is_first = true;
  for (const FairnessFact& fact : evidence.fairness) {
    if (!evidence.has_evaluation || !is_about(rule, fact)) {
      continue;
    }
    Check check = judge_interval(rule, fact);
    if (is_first || badness(check.status) > badness(result.check.status)) {
      result.check = std::move(check);
      result.observed_text = fact.value ? fmt::format("{} {}", result.check.subject,
                                                      number_beside(*fact.value, result.check.limit))
                                        : result.check.subject;
    }
    is_first = false;
  }
  Check& check = result.check;
  if (!is_first && check.status != CheckStatus::pass) {
    check.why = fmt::format("{}: {}", check.subject, check.why);
  }
  if (rule.proof == Proof::unfair && check.status == CheckStatus::inconclusive) {
    check.status = CheckStatus::warn;
  }
  return result;
}

} // namespace mlp::policy
