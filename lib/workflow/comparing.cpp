#include "workflow/comparing.hpp"

#include "base/error.hpp"
#include "metrics/comparison.hpp"

namespace mlp::workflow {
namespace {

metrics::DecisionMode mode_of(policy::Mode mode) {
  switch (mode) {
  case policy::Mode::guard:
    return metrics::DecisionMode::guard;
  case policy::Mode::non_inferiority:
    return metrics::DecisionMode::non_inferiority;
  case policy::Mode::superiority:
    break;
  }
  return metrics::DecisionMode::superiority;
}

policy::ComparisonFact missing(const policy::Rule& rule, const std::string& why) {
  Check check;
  check.status = CheckStatus::missing;
  check.why = why;
  return {rule.metric, rule.mode, rule.margin, check};
}

} // namespace

std::vector<policy::ComparisonFact> compare_by_rules(const std::vector<const policy::Rule*>& rules,
                                                     const metrics::Sample& candidate,
                                                     const metrics::Sample& champion, double alpha,
                                                     const metrics::IntervalOptions& options) {
  std::vector<policy::ComparisonFact> facts;
  for (const policy::Rule* rule : rules) {
    try {
      const auto difference = metrics::compare(rule->metric, candidate, champion, alpha, options);
      facts.push_back({rule->metric, rule->mode, rule->margin,
                       metrics::decide(difference, mode_of(rule->mode), rule->margin, alpha)});
    } catch (const Error& error) {
      if (error.code() != ErrorCode::input) {
        throw;
      }
      facts.push_back(missing(*rule, error.what()));
    }
  }
  return facts;
}

std::vector<policy::ComparisonFact> all_missing(const std::vector<const policy::Rule*>& rules,
                                                const std::string& why) {
  std::vector<policy::ComparisonFact> facts;
  facts.reserve(rules.size());
  for (const policy::Rule* rule : rules) {
    facts.push_back(missing(*rule, why));
  }
  return facts;
}

} // namespace mlp::workflow
