#include "workflow/comparing.hpp"

#include <doctest/doctest.h>

#include <cmath>

using mlp::CheckStatus;
using mlp::policy::Rule;
using mlp::workflow::all_missing;
using mlp::workflow::compare_by_rules;

namespace {

Rule comparison_by(const std::string& metric) {
  Rule rule;
  rule.kind = Rule::Kind::comparison;
  rule.metric = metric;
  rule.margin = 0.05;
  return rule;
}

} // namespace

TEST_CASE("a rule that cannot be judged leaves the judgement of the others alone") {
  std::vector<double> target, scores;
  for (int row = 0; row < 200; ++row) {
    target.push_back(row % 2);
    scores.push_back(0.5 + 0.4 * std::sin(row) * 0.5 + (row % 2 == 1 ? 0.2 : -0.2));
  }
  const mlp::metrics::Sample sample{mlp::Task::binary, target, scores};
  const Rule before = comparison_by("roc_auc");
  const Rule without_direction = comparison_by("prevalence");
  const Rule after = comparison_by("log_loss");

  const auto facts = compare_by_rules({&before, &without_direction, &after}, sample, sample, 0.05, {});
  REQUIRE(facts.size() == 3);
  CHECK(facts[0].result.status == CheckStatus::pass); // a model is no worse than itself: the difference is 0
  CHECK(facts[0].result.observed == 0.0);
  CHECK(facts[1].metric == "prevalence");
  CHECK(facts[1].result.status == CheckStatus::missing);
  CHECK(facts[1].result.why ==
        "cannot compare two models by 'prevalence': neither higher nor lower is better");
  CHECK(facts[2].result.status == CheckStatus::pass);
}

TEST_CASE("what keeps every rule from being judged is the reason of each") {
  const Rule first = comparison_by("roc_auc");
  const Rule second = comparison_by("log_loss");
  const auto facts = all_missing({&first, &second}, "the holder is gone");
  REQUIRE(facts.size() == 2);
  CHECK(facts[1].metric == "log_loss");
  CHECK(facts[1].margin == 0.05);
  CHECK(facts[1].result.status == CheckStatus::missing);
  CHECK(facts[1].result.why == "the holder is gone");
}
