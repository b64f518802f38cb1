#include "report/findings.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace mlp;

namespace {

policy::RuleResult rule(const char* id, CheckStatus status, const char* observed, const char* limit) {
  policy::RuleResult result;
  result.check.id = id;
  result.check.status = status;
  result.observed_text = observed;
  result.limit_text = limit;
  return result;
}

} // namespace

TEST_CASE("rules: what was seen and wanted, n, and why where it did not pass") {
  std::vector<policy::RuleResult> rules = {
      rule("roc_auc", CheckStatus::pass, "0.927 (from 0.921)", "≥ 0.65"),
      rule("skill_vs_dummy", CheckStatus::fail, "-0.10 (from -0.15)", "≥ 0"),
      rule("data_errors", CheckStatus::pass, "0", "≤ 0"),
      rule("required", CheckStatus::fail, "", ""),
  };
  rules[0].check.n = 6514;
  rules[1].check.n = 6514;
  rules[1].check.why = "-0.15 is less than 0";
  rules[3].check.why = "product.owner is missing; nobody answers for the model yet";
  CHECK(report::rules_list(rules, report::Style()) ==
        "pass  roc_auc         0.927 (from 0.921) ≥ 0.65   n 6,514\n"
        "FAIL  skill_vs_dummy  -0.10 (from -0.15) ≥ 0      n 6,514   -0.15 is less than 0\n"
        "pass  data_errors     0 ≤ 0\n"
        "FAIL  required        product.owner is missing; nobody answers for the model yet\n");
}

TEST_CASE("checks: status, id and why, one a line, whatever the data hold") {
  Check constant;
  constant.id = "constant_column";
  constant.status = CheckStatus::warn;
  constant.why = "'x' is '1\n' in every row";
  Check inconclusive;
  inconclusive.id = "overlap";
  inconclusive.status = CheckStatus::inconclusive;
  inconclusive.subject = "test";
  CHECK(report::checks_list(std::vector{constant, inconclusive}, report::Style()) ==
        "warn          constant_column  'x' is '1\\n' in every row\n"
        "inconclusive  overlap          test\n");
}

TEST_CASE("colour changes what a status looks like, not how lines align") {
  Check check;
  check.id = "a";
  check.why = "b";
  CHECK(report::checks_list(std::vector{check}, report::Style(true)) == "\x1b[32mpass\x1b[0m  a  b\n");
}

TEST_CASE("many findings of a kind: the first five, and how many more of which kind there are") {
  std::vector<Check> checks;
  for (int i = 0; i < 1205; ++i) {
    Check check;
    check.id = i == 3 || i >= 1199 ? "identical_columns" : "constant_column"; // 7 and 1,198
    check.status = CheckStatus::warn;
    check.why = "column " + std::to_string(i);
    checks.push_back(check);
  }
  const report::Style plain(false);
  const std::string text = report::first_checks_list(checks, plain, "`mlp data validate` has all");
  CHECK(text.find("column 5\n") != std::string::npos);
  CHECK(text.find("column 6\n") == std::string::npos);
  CHECK(text.find("column 1202\n") != std::string::npos);
  CHECK(text.find("column 1203\n") == std::string::npos);
  CHECK(text.ends_with(
      "… 1,195 more warnings (1,193 constant_column, 2 identical_columns): `mlp data validate` has all\n"));
  checks.resize(5);
  CHECK(report::first_checks_list(checks, plain, "") == report::checks_list(checks, plain));
}
