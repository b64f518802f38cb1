#include "ledger/conflicts.hpp"

#include <doctest/doctest.h>

namespace mlp::ledger {
namespace {

Entry decision(const std::string& what, const std::string& id, const std::string& expects,
               const std::string& model = "m1") {
  Entry entry;
  entry.id = sha256(id);
  entry.kind = "decision";
  entry.project = ".";
  entry.name = "income";
  entry.stage = what == "retirement" ? "" : "production";
  entry.decision = what;
  entry.model = model;
  entry.expects = expects.empty() ? "" : sha256(expects).hex();
  return entry;
}

TEST_CASE("conflicting_decisions: a chain of decisions that knew each other has none") {
  const std::vector<Entry> entries = {decision("promotion", "a", ""), decision("promotion", "b", "a", "m2"),
                                      decision("denial", "c", "b", "m3"), decision("rollback", "d", "b")};
  CHECK(conflicting_decisions(entries).empty());
}

TEST_CASE("conflicting_decisions: two that expected the same holder, until a third settles it") {
  std::vector<Entry> entries = {decision("promotion", "a", ""), decision("promotion", "b", "a", "m2"),
                                decision("promotion", "c", "a", "m3")};
  const auto open = conflicting_decisions(entries);
  REQUIRE(open.size() == 1);
  CHECK(open[0].first == sha256("b"));
  CHECK(open[0].second == sha256("c"));
  CHECK(open[0].stage == "production");
  CHECK_FALSE(open[0].settled);
  entries.push_back(decision("promotion", "d", "c", "m2"));
  const auto settled = conflicting_decisions(entries);
  REQUIRE(settled.size() == 1);
  CHECK(settled[0].settled);
}

TEST_CASE("conflicting_decisions: a retirement empties the stage, so that no holder may be expected again") {
  const std::vector<Entry> entries = {decision("promotion", "a", ""), decision("retirement", "r", "a"),
                                      decision("promotion", "b", "", "m2")};
  CHECK(conflicting_decisions(entries).empty());
}

TEST_CASE("conflicting_decisions: other stages, models' names and projects do not meet") {
  Entry other_stage = decision("promotion", "b", "");
  other_stage.stage = "staging";
  Entry other_name = decision("promotion", "c", "");
  other_name.name = "churn";
  Entry other_project = decision("promotion", "d", "");
  other_project.project = "sub";
  const std::vector<Entry> entries = {decision("promotion", "a", ""), other_stage, other_name, other_project};
  CHECK(conflicting_decisions(entries).empty());
}

} // namespace
} // namespace mlp::ledger
