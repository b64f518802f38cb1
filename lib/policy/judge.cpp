#include "policy/judge.hpp"

#include "base/json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mlp::policy {
namespace {

RuleResult judge_rule(const Policy& policy, const Stage& stage, const Rule& rule, const Evidence& evidence) {
  switch (rule.kind) {
  case Rule::Kind::metric:
    return judge_metric(rule, policy.defaults, evidence);
  case Rule::Kind::slice:
    return judge_slices(rule, policy.defaults, evidence);
  case Rule::Kind::weak:
    return judge_weak_slices(rule, evidence);
  case Rule::Kind::comparison:
    return judge_comparison(rule, policy.gates.at(rule.gate).first_model, stage, evidence);
  case Rule::Kind::fairness:
    return judge_fairness(rule, evidence);
  case Rule::Kind::required:
    return judge_required(rule, evidence);
  case Rule::Kind::check:
    break;
  }
  return judge_check(rule, evidence);
}

bool blocks(CheckStatus status, const Defaults& defaults) {
  switch (status) {
  case CheckStatus::fail:
    return true;
  case CheckStatus::inconclusive:
    return defaults.on_inconclusive == Outcome::deny;
  case CheckStatus::missing:
    return defaults.on_missing == Outcome::deny;
  case CheckStatus::pass:
  case CheckStatus::warn:
  case CheckStatus::waived:
    break;
  }
  return false;
}

/// What the policy makes of a bare result: whether it blocks, and the author's reason beside ours.
RuleResult with_consequences(RuleResult result, const Rule& rule, const Defaults& defaults) {
  Check& check = result.check;
  if (rule.only_warns && check.status == CheckStatus::fail) {
    check.status = CheckStatus::warn;
  }
  const bool is_unproved = rule.proof == Proof::ok && check.status == CheckStatus::inconclusive;
  result.blocks = !rule.only_warns && (is_unproved || blocks(check.status, defaults));
  if (!rule.why.empty() && check.status != CheckStatus::pass) {
    check.why += fmt::format("{}{}", check.why.empty() ? "" : "; ", rule.why);
  }
  return result;
}

RuleResult never_held(const Stage& stage) {
  RuleResult result;
  result.check.id = "from";
  result.check.status = CheckStatus::fail;
  result.check.subject = stage.from;
  result.check.why = fmt::format("the model never held {}", stage.from);
  result.blocks = true;
  return result;
}

std::string reason_of(const std::vector<RuleResult>& rules) {
  const auto any = [&rules](CheckStatus status) {
    return std::any_of(rules.begin(), rules.end(), [status](const RuleResult& result) {
      return result.blocks && result.check.status == status;
    });
  };
  if (any(CheckStatus::fail)) {
    return "denied";
  }
  if (any(CheckStatus::missing)) {
    return "missing_evidence";
  }
  return any(CheckStatus::inconclusive) ? "inconclusive" : "allowed";
}

/// Nobody holds the stage: there is nothing to compare with.
Check first_model_check(Outcome outcome, const Stage& stage) {
  Check check;
  check.status = outcome == Outcome::deny   ? CheckStatus::fail
                 : outcome == Outcome::warn ? CheckStatus::warn
                                            : CheckStatus::pass;
  check.why = fmt::format("nobody holds {} yet: nothing to compare with", stage.name);
  return check;
}

std::string join_missing(const std::vector<std::string>& keys) {
  return fmt::format("{} {} missing", fmt::join(keys, ", "), keys.size() == 1 ? "is" : "are");
}

} // namespace

RuleResult judge_comparison(const Rule& rule, Outcome first_model, const Stage& stage,
                            const Evidence& evidence) {
  RuleResult result;
  result.limit_text = rule.mode == Mode::superiority ? "> 0" : fmt::format("≥ -{}", shortest(rule.margin));
  const auto is_asked_for = [&rule](const ComparisonFact& candidate) {
    return candidate.metric == rule.metric && candidate.mode == rule.mode && candidate.margin == rule.margin;
  };
  const auto fact = std::find_if(evidence.comparisons.begin(), evidence.comparisons.end(), is_asked_for);
  if (!evidence.has_champion) {
    result.check = first_model_check(first_model, stage);
  } else if (fact == evidence.comparisons.end()) {
    result.check.status = CheckStatus::missing;
    result.check.why = fmt::format("not compared with the model that holds {}", stage.name);
    if (!evidence.missing_hint.empty()) {
      result.check.why += fmt::format(": run `{}`", evidence.missing_hint);
    }
  } else {
    result.check = fact->result;
    if (result.check.observed) {
      result.observed_text = fmt::format("{:+.3f}", *result.check.observed);
    }
  }
  result.check.id = rule.id();
  return result;
}

RuleResult judge_required(const Rule& rule, const Evidence& evidence) {
  std::vector<std::string> absent;
  for (const std::string& key : rule.required) {
    const auto found = evidence.filled_in.find(key);
    if (found == evidence.filled_in.end() || !found->second) {
      absent.push_back(key);
    }
  }
  RuleResult result;
  result.check.id = rule.id();
  result.check.observed = static_cast<double>(absent.size());
  result.check.limit = 0.0;
  if (!absent.empty()) {
    result.check.status = CheckStatus::fail;
    result.check.why = join_missing(absent);
  }
  return result;
}

RuleResult judge_check(const Rule& rule, const Evidence& evidence) {
  RuleResult result;
  if (rule.max || rule.min) {
    result.limit_text =
        rule.max ? fmt::format("≤ {}", shortest(*rule.max)) : fmt::format("≥ {}", shortest(*rule.min));
  }
  const auto found = evidence.checks.find(rule.check);
  if (found != evidence.checks.end()) {
    result.check = found->second;
  }
  Check& check = result.check;
  check.id = rule.id();
  const bool is_measured = found != evidence.checks.end() && (check.observed || (!rule.max && !rule.min));
  if (!is_measured || check.status == CheckStatus::missing) {
    check.status = CheckStatus::missing;
    check.why = check.why.empty() ? fmt::format("{} is not known for this model", rule.check) : check.why;
    return result;
  }
  if (rule.max || rule.min) { // the number decides, whatever its finder thought of it
    const bool within = rule.max ? *check.observed <= *rule.max : *check.observed >= *rule.min;
    check.limit = rule.max ? rule.max : rule.min;
    check.status = within ? CheckStatus::pass : CheckStatus::fail;
    result.observed_text = shortest(*check.observed);
    if (!within && check.why.empty()) {
      check.why = fmt::format("{} is {} than {}", shortest(*check.observed), rule.max ? "more" : "less",
                              shortest(*check.limit));
    }
  }
  return result;
}

Verdict judge(const Policy& policy, const Stage& stage, const Evidence& evidence) {
  Verdict verdict;
  if (!stage.from.empty() && !evidence.held_from) {
    verdict.rules.push_back(never_held(stage));
  }
  for (const Rule* rule : policy.rules_of(stage)) {
    verdict.rules.push_back(
        with_consequences(judge_rule(policy, stage, *rule, evidence), *rule, policy.defaults));
  }
  verdict.allowed = std::none_of(verdict.rules.begin(), verdict.rules.end(),
                                 [](const RuleResult& result) { return result.blocks; });
  verdict.reason = reason_of(verdict.rules);
  return verdict;
}

} // namespace mlp::policy
