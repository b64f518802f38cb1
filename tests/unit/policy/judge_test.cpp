#include "policy/judge.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace mlp;
using namespace mlp::policy;

namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();

Rule metric_rule(double min, Bound bound = Bound::point) {
  Rule rule;
  rule.metric = "roc_auc";
  rule.min = min;
  rule.bound = bound;
  rule.gate = "gate";
  return rule;
}

Rule slice_rule(double min) {
  Rule rule = metric_rule(min);
  rule.kind = Rule::Kind::slice;
  rule.metric = "recall";
  rule.groups_by = {{"sex"}};
  return rule;
}

Rule comparison_rule() {
  Rule rule = metric_rule(0);
  rule.kind = Rule::Kind::comparison;
  rule.min.reset();
  rule.margin = 0.01;
  return rule;
}

Rule check_rule(const std::string& name, std::optional<double> max = std::nullopt) {
  Rule rule;
  rule.kind = Rule::Kind::check;
  rule.check = name;
  rule.max = max;
  rule.gate = "gate";
  return rule;
}

Policy policy_of(std::vector<Rule> rules) {
  Policy policy;
  policy.stages = {{"production", "", {"gate"}}};
  policy.gates["gate"] = {"gate", std::move(rules), Outcome::warn};
  return policy;
}

Verdict judged(const Policy& policy, const Evidence& evidence) {
  return judge(policy, policy.stages.front(), evidence);
}

Evidence measured(std::optional<double> value, std::optional<double> lower = std::nullopt,
                  std::int64_t n = 6514) {
  Evidence evidence;
  evidence.has_evaluation = true;
  evidence.metrics = {{"roc_auc", "", {}, value, lower, std::nullopt, n, ""}};
  return evidence;
}

MetricFact in_slice(const std::string& slice, std::optional<double> recall, std::int64_t n) {
  return {"recall", slice, {"sex"}, recall, std::nullopt, std::nullopt, n, recall ? "" : "no positive rows"};
}

} // namespace

TEST_CASE("a metric at its limit passes, a hair below fails and is shown as below") {
  const Policy policy = policy_of({metric_rule(0.65)});
  const Verdict at = judged(policy, measured(0.65));
  CHECK(at.allowed);
  CHECK(at.reason == "allowed");
  CHECK(at.rules[0].check.status == CheckStatus::pass);
  CHECK(at.rules[0].limit_text == "≥ 0.65");
  CHECK(at.rules[0].observed_text == "0.650");
  CHECK(at.rules[0].check.why == "");

  const Verdict below = judged(policy, measured(0.64996));
  CHECK(!below.allowed);
  CHECK(below.reason == "denied");
  CHECK(below.rules[0].check.status == CheckStatus::fail);
  CHECK(below.rules[0].observed_text == "0.64996"); // 0.650 and 0.6500 would seem to pass
  CHECK(below.rules[0].check.why == "it is 0.64996, below 0.65");
}

TEST_CASE("a model that became better by 25% passes: gates have a direction") {
  CHECK(judged(policy_of({metric_rule(0.65)}), measured(0.65 * 1.25)).allowed);
  Rule loss = metric_rule(0.0);
  loss.min.reset();
  loss.max = 0.4;
  CHECK(judged(policy_of({loss}), measured(0.4 * 0.75)).allowed);
  CHECK(!judged(policy_of({loss}), measured(0.41)).allowed);
}

TEST_CASE("lower_ci judges the lower end and says so") {
  const Policy policy = policy_of({metric_rule(0.65, Bound::lower_ci)});
  const Verdict good = judged(policy, measured(0.927, 0.921));
  CHECK(good.allowed);
  CHECK(good.rules[0].observed_text == "0.927 (from 0.921)");
  CHECK(good.rules[0].check.observed == 0.927);
  CHECK(good.rules[0].check.n == 6514);
  const Verdict lucky = judged(policy, measured(0.7, 0.62));
  CHECK(!lucky.allowed);
  CHECK(lucky.rules[0].check.why == "the lower end of its interval is 0.620, below 0.65");
}

TEST_CASE("upper_ci judges the upper end") {
  Rule rule = metric_rule(0.0, Bound::upper_ci);
  rule.min.reset();
  rule.max = 0.3;
  Evidence evidence = measured(0.278);
  evidence.metrics[0].upper = 0.288;
  CHECK(judged(policy_of({rule}), evidence).rules[0].observed_text == "0.278 (to 0.288)");
  evidence.metrics[0].upper = 0.301;
  CHECK(!judged(policy_of({rule}), evidence).allowed);
}

TEST_CASE("NaN and infinity never pass, whatever end of the interval is judged and however few the rows") {
  for (const double value : {k_nan, HUGE_VAL, -HUGE_VAL}) {
    for (const std::int64_t n : {1, 6514}) {
      const Verdict verdict = judged(policy_of({metric_rule(-1e9)}), measured(value, std::nullopt, n));
      CHECK(!verdict.allowed);
      CHECK(verdict.rules[0].check.status == CheckStatus::fail);
    }
  }
  CHECK(!judged(policy_of({metric_rule(0.5, Bound::lower_ci)}), measured(0.9, k_nan)).allowed);
}

TEST_CASE("an undefined value and an absent interval are missing, and missing is denied") {
  Evidence evidence = measured(std::nullopt);
  evidence.metrics[0].why = "only one class is present";
  const Verdict verdict = judged(policy_of({metric_rule(0.5)}), evidence);
  CHECK(!verdict.allowed);
  CHECK(verdict.reason == "missing_evidence");
  CHECK(verdict.rules[0].check.status == CheckStatus::missing);
  CHECK(verdict.rules[0].check.why == "only one class is present");
  CHECK(judged(policy_of({metric_rule(0.5, Bound::lower_ci)}), measured(0.9)).rules[0].check.why ==
        "roc_auc has no interval");
}

TEST_CASE("without an evaluation every metric rule is missing and names the command that makes one") {
  Evidence evidence = measured(0.9);
  evidence.has_evaluation = false;
  evidence.missing_hint = "mlp eval income";
  evidence.metrics.push_back(in_slice("sex=F", 0.9, 500));
  const Verdict verdict = judged(policy_of({metric_rule(0.5), slice_rule(0.5)}), evidence);
  CHECK(verdict.reason == "missing_evidence");
  for (const RuleResult& result : verdict.rules) {
    CHECK(result.check.status == CheckStatus::missing);
    CHECK(result.check.why == "no evaluation fits this model, its data and mlp.yaml: run `mlp eval income`");
    CHECK(result.limit_text == "≥ 0.5");
  }
}

TEST_CASE("on_missing: warn lets a model through that lacks evidence") {
  Policy policy = policy_of({metric_rule(0.5)});
  policy.defaults.on_missing = Outcome::warn;
  const Verdict verdict = judged(policy, Evidence());
  CHECK(verdict.allowed);
  CHECK(verdict.rules[0].check.status == CheckStatus::missing);
}

TEST_CASE("fewer rows than min_n are inconclusive, which blocks only where the policy says deny") {
  Policy policy = policy_of({metric_rule(0.5)});
  const Verdict warned = judged(policy, measured(0.9, std::nullopt, 99));
  CHECK(warned.allowed);
  CHECK(warned.rules[0].check.status == CheckStatus::inconclusive);
  CHECK(warned.rules[0].check.why == "99 rows are fewer than min_n 100");
  CHECK(judged(policy, measured(0.9, std::nullopt, 100)).rules[0].check.status == CheckStatus::pass);
  policy.defaults.on_inconclusive = Outcome::deny;
  const Verdict denied = judged(policy, measured(0.9, std::nullopt, 99));
  CHECK(!denied.allowed);
  CHECK(denied.reason == "inconclusive");
}

TEST_CASE("a rule's own min_n counts") {
  Rule rule = metric_rule(0.5);
  rule.min_n = 10;
  CHECK(judged(policy_of({rule}), measured(0.9, std::nullopt, 50)).rules[0].check.status ==
        CheckStatus::pass);
}

TEST_CASE("a slice rule is decided by the worst slice, which it names") {
  Evidence evidence = measured(0.9);
  evidence.metrics.push_back(in_slice("sex=Female", 0.60, 2156));
  evidence.metrics.push_back(in_slice("sex=Male", 0.66, 4358));
  evidence.metrics.push_back({"recall", "race=A", {"race"}, 0.1, {}, {}, 500, ""}); // another slicing
  const Verdict good = judged(policy_of({slice_rule(0.6)}), evidence);
  CHECK(good.allowed);
  CHECK(good.rules[0].check.subject == "sex=Female");
  CHECK(good.rules[0].observed_text == "sex=Female 0.600");
  const Verdict bad = judged(policy_of({slice_rule(0.7)}), evidence);
  CHECK(bad.reason == "denied");
  CHECK(bad.rules[0].check.id == "recall[sex]");
  CHECK(bad.rules[0].check.why == "sex=Female: it is 0.600, below 0.7 (and 1 more like it)");
  CHECK(bad.rules[0].check.n == 2156);
}

TEST_CASE("a slice without positives is inconclusive, one without rows at all is missing") {
  Evidence evidence = measured(0.9);
  CHECK(judged(policy_of({slice_rule(0.6)}), evidence).reason == "missing_evidence");
  evidence.metrics.push_back(in_slice("sex=Male", 0.66, 4358));
  evidence.metrics.push_back(in_slice("sex=Female", std::nullopt, 400));
  const Verdict verdict = judged(policy_of({slice_rule(0.6)}), evidence);
  CHECK(verdict.rules[0].check.status == CheckStatus::inconclusive);
  CHECK(verdict.rules[0].check.why == "sex=Female: no positive rows");
  evidence.metrics.push_back(in_slice("sex=X", 0.1, 500)); // a failure outweighs it
  CHECK(judged(policy_of({slice_rule(0.6)}), evidence).reason == "denied");
}

TEST_CASE("a rule by several slicings judges each, and one of which nothing was measured is missing") {
  Rule rule = slice_rule(0.6);
  rule.groups_by = {{"sex"}, {"race", "sex"}};
  Evidence evidence = measured(0.9);
  evidence.metrics.push_back(in_slice("sex=Male", 0.66, 4358));
  CHECK(judged(policy_of({rule}), evidence).reason == "missing_evidence");
  evidence.metrics.push_back({"recall", "sex=F & race=A", {"sex", "race"}, 0.5, {}, {}, 500, ""});
  const Verdict verdict = judged(policy_of({rule}), evidence);
  CHECK(verdict.reason == "denied");
  CHECK(verdict.rules[0].check.why == "sex=F & race=A: it is 0.500, below 0.6");
}

TEST_CASE("a drop fails and passes only as its interval proves, else it is inconclusive") {
  Rule rule = slice_rule(0);
  rule.min.reset();
  rule.max_drop = 0.1;
  rule.bound = Bound::proved;
  const auto verdict = [&rule](double drop, double lower, double upper, std::int64_t n = 400) {
    Evidence evidence = measured(0.9);
    MetricFact fact = in_slice("sex=X", 0.5, n);
    fact.drop = drop;
    fact.drop_lower = lower;
    fact.drop_upper = upper;
    evidence.metrics.push_back(fact);
    return judged(policy_of({rule}), evidence).rules[0];
  };
  CHECK(verdict(0.02, -0.05, 0.09).check.status == CheckStatus::pass);
  CHECK(verdict(0.02, -0.05, 0.09).limit_text == "≤ 0.1");
  CHECK(verdict(0.02, -0.05, 0.09).observed_text == "sex=X 0.020");
  const RuleResult open = verdict(0.15, 0.05, 0.25);
  CHECK(open.check.status == CheckStatus::inconclusive);
  CHECK(open.check.why ==
        "sex=X: recall is 0.150 worse than in the other rows (0.050 to 0.250), which 0.1 lies in");
  const RuleResult worse = verdict(0.2, 0.12, 0.28);
  CHECK(worse.check.status == CheckStatus::fail);
  CHECK(worse.check.why ==
        "sex=X: recall is 0.200 worse than in the other rows (0.120 to 0.280), all of it more than 0.1");
  CHECK(verdict(0.2, 0.12, 0.28, 99).check.status == CheckStatus::inconclusive); // fewer than min_n
  CHECK(verdict(0.2, k_nan, k_nan).check.status == CheckStatus::inconclusive);
  rule.bound = Bound::point;
  CHECK(verdict(0.15, 0.05, 0.25).check.status == CheckStatus::fail);
  CHECK(verdict(0.09, 0.05, 0.25).check.status == CheckStatus::pass);
  CHECK(verdict(k_nan, 0, 0).check.status == CheckStatus::fail);
}

TEST_CASE("a slice whose drop cannot be said is inconclusive, with the reason") {
  Rule rule = slice_rule(0);
  rule.min.reset();
  rule.max_drop = 0.1;
  rule.bound = Bound::proved;
  Evidence evidence = measured(0.9);
  evidence.metrics.push_back(in_slice("sex=X", 0.5, 400));
  evidence.metrics.back().why_no_drop = "in the other rows: there is no positive row";
  const RuleResult result = judged(policy_of({rule}), evidence).rules[0];
  CHECK(result.check.status == CheckStatus::inconclusive);
  CHECK(result.check.why == "sex=X: in the other rows: there is no positive row");
}

TEST_CASE("weak slices: confirmed ones that lose too much fail, down to the depth that is asked for") {
  Rule rule;
  rule.kind = Rule::Kind::weak;
  rule.gate = "gate";
  rule.max_drop = 0.15;
  Evidence evidence = measured(0.9);
  const auto result = [&] { return judged(policy_of({rule}), evidence).rules[0]; };
  CHECK(result().check.status == CheckStatus::missing);
  evidence.weak = WeakSearchFact{"log_loss", {}, ""};
  CHECK(result().check.status == CheckStatus::pass); // searched, and nothing found
  evidence.weak->confirmed = {
      {"plan=a", 1, 0.1, 300}, {"plan=a & sex=f", 2, 0.2, 80}, {"age=< 30", 2, 0.16, 90}};
  CHECK(result().check.status == CheckStatus::fail);
  CHECK(result().check.why == "plan=a & sex=f: log_loss is 0.200 above the other rows' (and 1 more like it)");
  CHECK(result().check.n == 80);
  rule.depth = 1;
  CHECK(result().check.status == CheckStatus::pass);
  CHECK(result().observed_text == "plan=a 0.100");
  rule.max_drop = 0.05;
  rule.only_warns = true;
  CHECK(result().check.status == CheckStatus::warn);
  evidence.weak = WeakSearchFact{"log_loss", {}, "fewer than 200 rows"};
  CHECK(result().check.status == CheckStatus::inconclusive);
  CHECK(result().check.why == "no slice could be searched: fewer than 200 rows");
}

TEST_CASE("a comparison keeps the status it was judged with") {
  Evidence evidence = measured(0.9);
  evidence.has_champion = true;
  for (const auto& [status, reason] :
       {std::pair(CheckStatus::pass, "allowed"), std::pair(CheckStatus::warn, "allowed"),
        std::pair(CheckStatus::inconclusive, "allowed"), std::pair(CheckStatus::fail, "denied"),
        std::pair(CheckStatus::missing, "missing_evidence")}) {
    Check check;
    check.status = status;
    check.observed = -0.004;
    check.limit = -0.01;
    evidence.comparisons = {{"roc_auc", Mode::superiority, 0.01, Check()},
                            {"roc_auc", Mode::guard, 0.01, check}};
    const Verdict verdict = judged(policy_of({comparison_rule()}), evidence);
    CHECK(verdict.reason == reason);
    CHECK(verdict.rules[0].check.id == "gate(roc_auc)");
    CHECK(verdict.rules[0].observed_text == "-0.004");
    CHECK(verdict.rules[0].limit_text == "≥ -0.01");
  }
}

TEST_CASE("a champion that was not compared with is missing evidence") {
  Evidence evidence = measured(0.9);
  evidence.has_champion = true;
  evidence.missing_hint = "mlp eval";
  const Verdict verdict = judged(policy_of({comparison_rule()}), evidence);
  CHECK(verdict.reason == "missing_evidence");
  CHECK(verdict.rules[0].check.why == "not compared with the model that holds production: run `mlp eval`");
}

TEST_CASE("the first model of a stage is allowed, allowed with a warning, or denied") {
  Policy policy = policy_of({comparison_rule()});
  const auto status = [&policy](Outcome outcome) {
    policy.gates["gate"].first_model = outcome;
    return judged(policy, measured(0.9)).rules[0].check.status;
  };
  CHECK(status(Outcome::allow) == CheckStatus::pass);
  CHECK(status(Outcome::warn) == CheckStatus::warn);
  CHECK(status(Outcome::deny) == CheckStatus::fail);
  CHECK(judged(policy, measured(0.9)).rules[0].check.why ==
        "nobody holds production yet: nothing to compare with");
}

TEST_CASE("required lists every key that is not filled in") {
  Rule rule;
  rule.kind = Rule::Kind::required;
  rule.required = {"product.question", "product.owner", "product.decision"};
  rule.gate = "gate";
  Evidence evidence;
  evidence.filled_in = {{"product.question", true}, {"product.owner", false}, {"product.decision", true}};
  CHECK(judged(policy_of({rule}), evidence).rules[0].check.why == "product.owner is missing");
  evidence.filled_in.erase("product.question"); // nobody looked: that is no yes
  CHECK(judged(policy_of({rule}), evidence).rules[0].check.why ==
        "product.question, product.owner are missing");
  evidence.filled_in = {{"product.question", true}, {"product.owner", true}, {"product.decision", true}};
  CHECK(judged(policy_of({rule}), evidence).allowed);
}

TEST_CASE("a counted check is judged by the policy's limit, not by its finder") {
  Evidence evidence;
  Check errors;
  errors.status = CheckStatus::fail;
  errors.observed = 2;
  errors.n = 32561;
  evidence.checks["data_errors"] = errors;
  CHECK(judged(policy_of({check_rule("data_errors", 2)}), evidence).allowed);
  const Verdict denied = judged(policy_of({check_rule("data_errors", 0)}), evidence);
  CHECK(!denied.allowed);
  CHECK(denied.rules[0].observed_text == "2");
  CHECK(denied.rules[0].limit_text == "≤ 0");
  CHECK(denied.rules[0].check.why == "2 is more than 0");
  evidence.checks["data_errors"].observed = k_nan;
  CHECK(!judged(policy_of({check_rule("data_errors", 0)}), evidence).allowed);
  evidence.checks["data_errors"].observed.reset();
  CHECK(judged(policy_of({check_rule("data_errors", 0)}), evidence).reason == "missing_evidence");
}

TEST_CASE("committed is a yes or no, and a check that nobody made is missing") {
  Evidence evidence;
  CHECK(judged(policy_of({check_rule("committed")}), evidence).rules[0].check.why ==
        "committed is not known for this model");
  evidence.checks["committed"].status = CheckStatus::pass;
  CHECK(judged(policy_of({check_rule("committed")}), evidence).allowed);
  evidence.checks["committed"].status = CheckStatus::fail;
  evidence.checks["committed"].why = "2 files were changed";
  CHECK(judged(policy_of({check_rule("committed")}), evidence).reason == "denied");
}

TEST_CASE("else: warn makes a failure a warning and never blocks; why is added for the reader") {
  Rule rule = metric_rule(0.95);
  rule.only_warns = true;
  rule.why = "agreed with sales";
  const Verdict verdict = judged(policy_of({rule}), measured(0.9));
  CHECK(verdict.allowed);
  CHECK(verdict.rules[0].check.status == CheckStatus::warn);
  CHECK(verdict.rules[0].check.why == "it is 0.900, below 0.95; agreed with sales");
  CHECK(judged(policy_of({rule}), Evidence()).allowed);
}

TEST_CASE("a stage that was not reached through `from` is refused first") {
  Policy policy = policy_of({metric_rule(0.5)});
  policy.stages.front().from = "staging";
  CHECK(judged(policy, measured(0.9)).rules.size() == 1);
  Evidence evidence = measured(0.9);
  evidence.held_from = false;
  const Verdict verdict = judged(policy, evidence);
  CHECK(verdict.reason == "denied");
  REQUIRE(verdict.rules.size() == 2);
  CHECK(verdict.rules[0].check.id == "from");
  CHECK(verdict.rules[0].check.why == "the model never held staging");
}

TEST_CASE("the worst rule decides, and results stand in the order of the file") {
  Policy policy = policy_of({check_rule("committed"), metric_rule(0.95), metric_rule(0.5)});
  const Verdict verdict = judged(policy, measured(0.9));
  CHECK(verdict.reason == "denied"); // a failure outweighs the missing check
  CHECK(verdict.rules[0].check.id == "committed");
  CHECK(verdict.rules[1].check.status == CheckStatus::fail);
  CHECK(verdict.rules[2].check.status == CheckStatus::pass);
}

TEST_CASE("number_beside shows as many decimals as the decision needs") {
  CHECK(number_beside(0.9274, std::nullopt) == "0.927");
  CHECK(number_beside(0.6499, 0.65) == "0.6499");
  CHECK(number_beside(0.65, 0.65) == "0.650");
  CHECK(number_beside(1234.5678, 1000.0) == "1234.568");
  CHECK(number_beside(0.00012, 0.0) == "0.00012");
  CHECK(number_beside(0.0, 0.0) == "0.000");
}

namespace {

Rule gap_rule(double max, Proof proof = Proof::both) {
  Rule rule;
  rule.kind = Rule::Kind::fairness;
  rule.metric = "equalized_odds_difference";
  rule.max = max;
  rule.gate = "gate";
  rule.proof = proof;
  return rule;
}

Evidence gap(std::optional<double> value, std::optional<double> lower, std::optional<double> upper,
             std::vector<std::string> insufficient = {}) {
  Evidence evidence;
  evidence.has_evaluation = true;
  evidence.fairness = {
      {"equalized_odds_difference", {"sex"}, value, lower, upper, 5000, std::move(insufficient), ""}};
  return evidence;
}

} // namespace

TEST_CASE("fairness: only what is proved fails, only what is proved passes") {
  const auto judge_gap = [](double lower, double upper) {
    return judged(policy_of({gap_rule(0.1)}), gap(0.5 * (lower + upper), lower, upper)).rules[0].check;
  };
  CHECK(judge_gap(0.11, 0.2).status == CheckStatus::fail);
  CHECK(judge_gap(0.11, 0.2).why == "sex: its interval is 0.110 to 0.200, all of it above 0.1");
  CHECK(judge_gap(0.0, 0.1).status == CheckStatus::pass);
  CHECK(judge_gap(0.05, 0.2).status == CheckStatus::inconclusive);
  CHECK(judge_gap(0.05, 0.2).why == "sex: its interval is 0.050 to 0.200, which 0.1 lies in");
  CHECK(judged(policy_of({gap_rule(0.1)}), gap(k_nan, k_nan, k_nan)).rules[0].check.status ==
        CheckStatus::inconclusive);
}

TEST_CASE("fairness: a ratio is judged from below") {
  Rule rule = gap_rule(0);
  rule.max.reset();
  rule.min = 0.8;
  CHECK(judged(policy_of({rule}), gap(0.6, 0.5, 0.79)).rules[0].check.status == CheckStatus::fail);
  CHECK(judged(policy_of({rule}), gap(0.9, 0.8, 0.99)).rules[0].check.status == CheckStatus::pass);
  CHECK(judged(policy_of({rule}), gap(0.9, 0.7, 0.99)).rules[0].check.status == CheckStatus::inconclusive);
  CHECK(judged(policy_of({rule}), gap(0.9, 0.7, 0.99)).rules[0].limit_text == "≥ 0.8");
}

TEST_CASE("fairness: inconclusive blocks where the policy says so, or the rule asks for a proof") {
  const Evidence open = gap(0.1, 0.05, 0.2);
  CHECK(judged(policy_of({gap_rule(0.1)}), open).allowed);
  CHECK(judged(policy_of({gap_rule(0.1, Proof::ok)}), open).reason == "inconclusive");
  CHECK(judged(policy_of({gap_rule(0.1, Proof::unfair)}), open).rules[0].check.status == CheckStatus::warn);
  Policy strict = policy_of({gap_rule(0.1)});
  strict.defaults.on_inconclusive = Outcome::deny;
  CHECK(judged(strict, open).reason == "inconclusive");
  // a group that could not be judged is no proof, however well the others do
  const Evidence small = gap(0.01, 0.0, 0.05, {"sex=X"});
  CHECK(judged(strict, small).reason == "inconclusive");
  CHECK(judged(strict, small).rules[0].check.why == "sex: too few rows to judge sex=X");
}

TEST_CASE("fairness: the worst column decides, crosses only where the rule names them, none is missing") {
  Evidence evidence = gap(0.02, 0.0, 0.05);
  evidence.fairness.push_back({"equalized_odds_difference", {"age"}, 0.3, 0.2, 0.4, 5000, {}, ""});
  evidence.fairness.push_back({"equalized_odds_difference", {"age", "sex"}, 0.6, 0.5, 0.7, 5000, {}, ""});
  CHECK(judged(policy_of({gap_rule(0.1)}), evidence).rules[0].check.subject == "age");
  Rule cross = gap_rule(0.45);
  CHECK(judged(policy_of({cross}), evidence).allowed);
  cross.groups_by = {{"sex", "age"}};
  CHECK(judged(policy_of({cross}), evidence).rules[0].check.subject == "age & sex");
  CHECK(judged(policy_of({cross}), evidence).reason == "denied");
  cross.groups_by = {{"race"}};
  CHECK(judged(policy_of({cross}), evidence).reason == "missing_evidence");
}
