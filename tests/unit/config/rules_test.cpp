#include "config/rules.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace mlp::config;

TEST_CASE("every rule has a name of its own and an explanation of two sentences") {
  std::set<std::string_view> names;
  for (const RuleExplanation& rule : rule_explanations()) {
    CAPTURE(rule.name);
    CHECK(names.insert(rule.name).second);
    CHECK(name_of(rule.rule) == rule.name);
    CHECK(explain_rule(rule.name) == rule.text);
    CHECK(std::count(rule.text.begin(), rule.text.end(), '.') >= 2);
  }
}

TEST_CASE("an unknown rule is a misuse that names the nearest one, or all") {
  try {
    static_cast<void>(explain_rule("unknown_kye"));
    FAIL("accepted");
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::usage);
    CHECK(error.what() == std::string("'unknown_kye' is not a known rule"));
    CHECK(error.hints().front() == "did you mean `mlp check --explain unknown_key`?");
  }
  try {
    static_cast<void>(explain_rule("zzz"));
    FAIL("accepted");
  } catch (const mlp::Error& error) {
    CHECK(error.hints().front().rfind("known rules: unknown_key, wrong_type", 0) == 0);
  }
}
