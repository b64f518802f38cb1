#include "base/json.hpp"
#include "policy/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlp::policy {
namespace {

std::string limit_text(const Rule& rule) {
  if (rule.min && rule.max) {
    return fmt::format("≥ {} and ≤ {}", shortest(*rule.min), shortest(*rule.max));
  }
  return rule.min ? fmt::format("≥ {}", shortest(*rule.min)) : fmt::format("≤ {}", shortest(*rule.max));
}

/// Written so that NaN is outside.
bool is_below(const Rule& rule, double value) { return rule.min && !(value >= *rule.min); }
bool is_above(const Rule& rule, double value) { return rule.max && !(value <= *rule.max); }

std::optional<double> decisive_limit(const Rule& rule, double value) {
  return is_above(rule, value) || !rule.min ? rule.max : rule.min;
}

std::string observed_text(const Rule& rule, const MetricFact& fact) {
  if (!fact.value) {
    return "";
  }
  const auto judged = judged_value(rule, fact);
  const auto limit = decisive_limit(rule, judged.value_or(*fact.value));
  if (rule.bound == Bound::point || !judged) {
    return number_beside(*fact.value, limit);
  }
  return fmt::format("{} ({} {})", number_beside(*fact.value, std::nullopt),
                     rule.bound == Bound::lower_ci ? "from" : "to", number_beside(*judged, limit));
}

std::string why_outside(const Rule& rule, double value) {
  if (std::isnan(value)) {
    return fmt::format("{} is not a number", rule.metric);
  }
  const std::string_view what = rule.bound == Bound::lower_ci   ? "the lower end of its interval"
                                : rule.bound == Bound::upper_ci ? "the upper end of its interval"
                                                                : "it";
  const bool below = is_below(rule, value);
  const auto limit = below ? rule.min : rule.max;
  return fmt::format("{} is {}, {} {}", what, number_beside(value, limit), below ? "below" : "above",
                     shortest(*limit));
}

Check missing(const Rule& rule, std::string why) {
  Check check;
  check.id = rule.id();
  check.status = CheckStatus::missing;
  check.limit = rule.min ? rule.min : rule.max;
  check.why = std::move(why);
  return check;
}

} // namespace

std::string number_beside(double value, const std::optional<double>& limit) {
  const bool plain = value == 0.0 || (std::abs(value) >= 0.001 && std::abs(value) < 1e6);
  if (!plain || !std::isfinite(value)) {
    return shortest(value);
  }
  for (int decimals = 3; decimals < 10; ++decimals) {
    std::string text = fmt::format("{:.{}f}", value, decimals);
    const double shown = std::stod(text);
    if (!limit || ((shown >= *limit) == (value >= *limit) && (shown <= *limit) == (value <= *limit))) {
      return text;
    }
  }
  return shortest(value);
}

std::optional<double> judged_value(const Rule& rule, const MetricFact& fact) {
  switch (rule.bound) {
  case Bound::point:
  case Bound::proved:
    return fact.value;
  case Bound::lower_ci:
    return fact.lower;
  case Bound::upper_ci:
    break;
  }
  return fact.upper;
}

std::string why_no_evidence(const Rule& rule, const Evidence& evidence) {
  if (evidence.has_evaluation) {
    return fmt::format("the evaluation has no value of {}", rule.id());
  }
  return evidence.missing_hint.empty()
             ? "no evaluation fits this model, its data and mlp.yaml"
             : fmt::format("no evaluation fits this model, its data and mlp.yaml: run `{}`",
                           evidence.missing_hint);
}

RuleResult judge_fact(const Rule& rule, const Defaults& defaults, const MetricFact& fact) {
  RuleResult result;
  result.limit_text = limit_text(rule);
  result.observed_text = observed_text(rule, fact);
  const auto judged = judged_value(rule, fact);
  if (!fact.value || !judged) {
    result.check = missing(rule, !fact.why.empty() ? fact.why
                                 : fact.value      ? fmt::format("{} has no interval", fact.name)
                                                   : fmt::format("{} is undefined", fact.name));
  }
  Check& check = result.check;
  check.id = rule.id();
  check.observed = fact.value;
  check.n = fact.n;
  check.subject = fact.slice;
  if (check.status == CheckStatus::missing) {
    return result;
  }
  const std::int64_t min_n = rule.min_n.value_or(defaults.min_n);
  const double value = *judged;
  check.limit = decisive_limit(rule, value);
  if (!std::isfinite(value) || !std::isfinite(*fact.value)) {
    check.status = CheckStatus::fail;
    check.why = fmt::format("{} is not a finite number", fact.name);
  } else if (fact.n < min_n) {
    check.status = CheckStatus::inconclusive;
    check.why = fmt::format("{} {} are fewer than min_n {}", fact.n, fact.unit, min_n);
  } else if (is_below(rule, value) || is_above(rule, value)) {
    check.status = CheckStatus::fail;
    check.why = why_outside(rule, value);
  }
  return result;
}

RuleResult judge_metric(const Rule& rule, const Defaults& defaults, const Evidence& evidence) {
  const auto fact =
      std::find_if(evidence.metrics.begin(), evidence.metrics.end(), [&rule](const MetricFact& candidate) {
        return candidate.slice.empty() && candidate.name == rule.metric;
      });
  if (!evidence.has_evaluation || fact == evidence.metrics.end()) {
    return {missing(rule, why_no_evidence(rule, evidence)), limit_text(rule), "", false};
  }
  return judge_fact(rule, defaults, *fact);
}

} // namespace mlp::policy
