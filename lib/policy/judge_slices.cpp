#include "base/json.hpp"
#include "policy/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace mlp::policy {
namespace {

using Columns = std::set<std::string>;

/// From best to worst, for the worst of several slices.
int badness(CheckStatus status) {
  switch (status) {
  case CheckStatus::pass:
  case CheckStatus::waived:
    return 0;
  case CheckStatus::warn:
    return 1;
  case CheckStatus::inconclusive:
    return 2;
  case CheckStatus::missing:
    return 3;
  case CheckStatus::fail:
    break;
  }
  return 4;
}

/// How far inside the limits a slice is; of equally judged ones the nearest to its limit is shown.
double slack(const Rule& rule, const MetricFact& fact) {
  if (rule.max_drop) {
    return *rule.max_drop - fact.drop.value_or(*rule.max_drop);
  }
  const auto judged = judged_value(rule, fact);
  if (!judged) {
    return 0.0;
  }
  const double above = rule.min ? *judged - *rule.min : HUGE_VAL;
  const double below = rule.max ? *rule.max - *judged : HUGE_VAL;
  return std::min(above, below);
}

std::string limit_text_of(const Rule& rule) {
  return rule.max_drop ? fmt::format("≤ {}", shortest(*rule.max_drop))
         : rule.min    ? fmt::format("≥ {}", shortest(*rule.min))
                       : fmt::format("≤ {}", shortest(*rule.max));
}

/// Written so that NaN fails where a point is judged, and proves nothing where an interval is.
CheckStatus status_of_drop(const Rule& rule, const MetricFact& fact) {
  const double limit = *rule.max_drop;
  if (rule.bound == Bound::point) {
    return *fact.drop <= limit ? CheckStatus::pass : CheckStatus::fail;
  }
  if (fact.drop_lower && *fact.drop_lower > limit) {
    return CheckStatus::fail;
  }
  return fact.drop_upper && *fact.drop_upper <= limit ? CheckStatus::pass : CheckStatus::inconclusive;
}

std::string why_drop(const Rule& rule, const MetricFact& fact, CheckStatus status) {
  const double limit = *rule.max_drop;
  std::string why =
      fmt::format("{} is {} worse than in the other rows", fact.name, number_beside(*fact.drop, limit));
  if (rule.bound == Bound::point) {
    return why + fmt::format(", more than {}", shortest(limit));
  }
  if (!fact.drop_lower || !fact.drop_upper) {
    return why + ", without an interval";
  }
  why += fmt::format(" ({} to {})", number_beside(*fact.drop_lower, limit),
                     number_beside(*fact.drop_upper, limit));
  return why + (status == CheckStatus::fail ? fmt::format(", all of it more than {}", shortest(limit))
                                            : fmt::format(", which {} lies in", shortest(limit)));
}

/// How much worse a slice is than all other rows.
RuleResult judge_drop(const Rule& rule, const Defaults& defaults, const MetricFact& fact) {
  RuleResult result;
  Check& check = result.check;
  check.id = rule.id();
  check.subject = fact.slice;
  check.observed = fact.drop;
  check.limit = rule.max_drop;
  check.n = fact.n;
  const std::int64_t min_n = rule.min_n.value_or(defaults.min_n);
  if (fact.n < min_n) {
    check.status = CheckStatus::inconclusive;
    check.why = fmt::format("{} {} are fewer than min_n {}", fact.n, fact.unit, min_n);
  } else if (!fact.drop) {
    check.status = CheckStatus::inconclusive;
    check.why = fact.why_no_drop.empty() ? fmt::format("{} is undefined", fact.name) : fact.why_no_drop;
  } else {
    check.status = status_of_drop(rule, fact);
    check.why = check.status == CheckStatus::pass ? "" : why_drop(rule, fact, check.status);
  }
  if (fact.drop) {
    result.observed_text = number_beside(*fact.drop, rule.max_drop);
  }
  return result;
}

RuleResult judge_slice(const Rule& rule, const Defaults& defaults, const MetricFact& fact) {
  RuleResult result = rule.max_drop ? judge_drop(rule, defaults, fact) : judge_fact(rule, defaults, fact);
  if (result.check.status == CheckStatus::missing) { // a group that cannot be measured is no lack of evidence
    result.check.status = CheckStatus::inconclusive;
  }
  return result;
}

std::vector<const MetricFact*> facts_of(const Rule& rule, const Columns& columns, const Evidence& evidence) {
  std::vector<const MetricFact*> facts;
  for (const MetricFact& fact : evidence.metrics) {
    if (evidence.has_evaluation && fact.name == rule.metric &&
        Columns(fact.slice_columns.begin(), fact.slice_columns.end()) == columns) {
      facts.push_back(&fact);
    }
  }
  return facts;
}

/// The worst slice so far, and how many were judged as badly.
struct Worst {
  std::optional<RuleResult> result;
  double slack = 0.0;
  std::size_t as_bad = 0;

  void consider(RuleResult candidate, double its_slack) {
    const int difference = result ? badness(candidate.check.status) - badness(result->check.status) : 1;
    as_bad = difference > 0 ? 1 : difference == 0 ? as_bad + 1 : as_bad;
    if (difference > 0 || (difference == 0 && its_slack < slack)) {
      result = std::move(candidate);
      slack = its_slack;
    }
  }
};

} // namespace

RuleResult judge_slices(const Rule& rule, const Defaults& defaults, const Evidence& evidence) {
  Worst worst;
  for (const auto& by : rule.groups_by) {
    const auto facts = facts_of(rule, Columns(by.begin(), by.end()), evidence);
    if (facts.empty()) { // nothing of what the rule names was measured: that is no pass
      RuleResult missing;
      missing.check.id = rule.id();
      missing.check.status = CheckStatus::missing;
      missing.check.limit = rule.max_drop ? rule.max_drop : rule.min ? rule.min : rule.max;
      missing.check.why = why_no_evidence(rule, evidence);
      missing.limit_text = limit_text_of(rule);
      return missing;
    }
    for (const MetricFact* fact : facts) {
      worst.consider(judge_slice(rule, defaults, *fact), slack(rule, *fact));
    }
  }
  Check& check = worst.result->check;
  if (check.status != CheckStatus::pass) {
    check.why = fmt::format("{}: {}", check.subject, check.why);
    if (worst.as_bad > 1) {
      check.why += fmt::format(" (and {} more like it)", worst.as_bad - 1);
    }
  }
  if (worst.result->limit_text.empty()) {
    worst.result->limit_text = limit_text_of(rule);
  }
  worst.result->observed_text = fmt::format("{} {}", check.subject, worst.result->observed_text);
  return *worst.result;
}

RuleResult judge_weak_slices(const Rule& rule, const Evidence& evidence) {
  RuleResult result;
  result.limit_text = fmt::format("≤ {}", shortest(*rule.max_drop));
  Check& check = result.check;
  check.id = rule.id();
  check.limit = rule.max_drop;
  if (!evidence.has_evaluation || !evidence.weak) {
    check.status = CheckStatus::missing;
    check.why = why_no_evidence(rule, evidence);
    return result;
  }
  if (!evidence.weak->why.empty()) {
    check.status = CheckStatus::inconclusive;
    check.why = "no slice could be searched: " + evidence.weak->why;
    return result;
  }
  const WeakSliceFact* worst = nullptr;
  std::size_t beyond = 0;
  for (const WeakSliceFact& fact : evidence.weak->confirmed) {
    if (fact.depth <= rule.depth) {
      beyond += !(fact.difference <= *rule.max_drop) ? 1U : 0U;
      worst = worst == nullptr || fact.difference > worst->difference ? &fact : worst;
    }
  }
  check.observed = worst != nullptr ? worst->difference : 0.0;
  if (worst == nullptr) {
    result.observed_text = "none";
    return result;
  }
  check.n = worst->n;
  check.subject = worst->slice;
  result.observed_text = fmt::format("{} {}", worst->slice, number_beside(worst->difference, rule.max_drop));
  if (beyond > 0) {
    check.status = CheckStatus::fail;
    check.why = fmt::format("{}: {} is {} above the other rows'", worst->slice, evidence.weak->loss,
                            number_beside(worst->difference, rule.max_drop));
    check.why += beyond > 1 ? fmt::format(" (and {} more like it)", beyond - 1) : "";
  }
  return result;
}

} // namespace mlp::policy
