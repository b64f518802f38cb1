#include "config/findings.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

using namespace mlp::config;

TEST_CASE("findings come in the order of the file") {
  FindingList list("mlp.yaml");
  list.warning(RuleId::unused_gate, {9, 1}, "late");
  list.error(RuleId::wrong_type, {2, 7}, "second");
  list.error(RuleId::wrong_type, {2, 3}, "first");
  CHECK(list.has_errors());
  const auto sorted = std::move(list).sorted();
  CHECK(sorted[0].text() == "mlp.yaml:2:3: first");
  CHECK(sorted[1].text() == "mlp.yaml:2:7: second");
  CHECK(sorted[2].severity == Finding::Severity::warning);
}

TEST_CASE("the first error stops with its hint and says how many more there are") {
  FindingList list("mlp.yaml");
  list.warning(RuleId::unused_gate, {1, 1}, "only a warning");
  list.error(RuleId::wrong_type, {2, 3}, "first", "do this");
  list.error(RuleId::wrong_type, {3, 3}, "second");
  try {
    require_no_errors(std::move(list).sorted());
    FAIL("accepted");
  } catch (const mlp::Error& error) {
    CHECK(error.code() == mlp::ErrorCode::input);
    CHECK(error.what() == std::string("mlp.yaml:2:3: first"));
    CHECK(error.hints() == std::vector<std::string>{"do this", "run `mlp check` to see 1 more error"});
  }
}

TEST_CASE("warnings alone stop nothing") {
  FindingList list("mlp.yaml");
  list.warning(RuleId::unused_gate, {1, 1}, "only a warning");
  CHECK(!list.has_errors());
  CHECK_NOTHROW(require_no_errors(std::move(list).sorted()));
}
