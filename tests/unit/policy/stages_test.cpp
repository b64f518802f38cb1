#include "policy/stages.hpp"

#include <doctest/doctest.h>

using namespace mlp::policy;

namespace {

using Kind = Decision::Kind;

Decision decided(Kind kind, std::int64_t seq, const std::string& model, const std::string& stage,
                 std::optional<std::string> expects = std::nullopt) {
  return {kind, "r" + std::to_string(seq), seq, seq * 100, model, "income", stage, std::move(expects)};
}

} // namespace

TEST_CASE("a promotion takes the stage; the one before it is one step back") {
  const Stages stages = fold_decisions(std::vector{decided(Kind::promotion, 1, "A", "production"),
                                                   decided(Kind::promotion, 2, "B", "production", "r1")});
  CHECK(stages.holder_of("production")->model == "B");
  CHECK(stages.holder_of("production")->since == 200);
  CHECK(stages.stages.at("production").before(1)->model == "A");
  CHECK(stages.stages.at("production").before(2) == nullptr);
  CHECK(stages.stages.at("production").before(0) == nullptr);
  CHECK(stages.stages.at("production").conflicts.empty());
  CHECK(stages.holds_or_held("A", "production"));
  CHECK(!stages.holds_or_held("A", "staging"));
  CHECK(stages.holder_of("staging") == nullptr);
}

TEST_CASE("a rollback puts a model back and counts as a tenure of its own") {
  const Stages stages = fold_decisions(std::vector{decided(Kind::promotion, 1, "A", "production"),
                                                   decided(Kind::promotion, 2, "B", "production", "r1"),
                                                   decided(Kind::rollback, 3, "A", "production", "r2")});
  CHECK(stages.holder_of("production")->model == "A");
  CHECK(stages.holder_of("production")->record == "r3");
  CHECK(stages.stages.at("production").before(1)->model == "B");
}

TEST_CASE("a denial changes nothing") {
  const Stages stages = fold_decisions(std::vector{decided(Kind::promotion, 1, "A", "production"),
                                                   decided(Kind::denial, 2, "B", "production", "r0")});
  CHECK(stages.holder_of("production")->model == "A");
  CHECK(stages.stages.at("production").conflicts.empty());
  CHECK(fold_decisions(std::vector{decided(Kind::denial, 1, "A", "production")}).stages.empty());
}

TEST_CASE("retirement empties every stage of the model, and only its own") {
  const Stages stages = fold_decisions(
      std::vector{decided(Kind::promotion, 1, "A", "staging"), decided(Kind::promotion, 2, "A", "production"),
                  decided(Kind::promotion, 3, "B", "shadow"), decided(Kind::retirement, 4, "A", "")});
  CHECK(stages.holder_of("staging") == nullptr);
  CHECK(stages.holder_of("production") == nullptr);
  CHECK(stages.holder_of("shadow")->model == "B");
  CHECK(stages.is_retired("A"));
  CHECK(!stages.is_retired("B"));
  CHECK(stages.retired.at("A").stages == std::vector<std::string>{"production", "staging"});
  CHECK(stages.stages.at("production").before(1)->model == "A"); // the last one that held it
  CHECK(stages.held_by("A").empty());
  CHECK(stages.held_by("B") == std::vector<std::string>{"shadow"});
}

TEST_CASE("after a retirement the next model expects nobody, and that is no conflict") {
  const Stages stages = fold_decisions(std::vector{decided(Kind::promotion, 1, "A", "production"),
                                                   decided(Kind::retirement, 2, "A", ""),
                                                   decided(Kind::promotion, 3, "B", "production")});
  CHECK(stages.holder_of("production")->model == "B");
  CHECK(stages.stages.at("production").conflicts.empty());
}

TEST_CASE("two decisions that expect the same holder disagree until a third has seen the stage") {
  std::vector<Decision> decisions = {decided(Kind::promotion, 1, "A", "production"),
                                     decided(Kind::promotion, 2, "B", "production", "r1"),
                                     decided(Kind::promotion, 3, "C", "production", "r1")};
  const Stages open = fold_decisions(decisions);
  CHECK(open.holder_of("production")->model == "C");
  REQUIRE(open.stages.at("production").conflicts.size() == 1);
  CHECK(open.stages.at("production").conflicts[0].first == "r2");
  CHECK(open.stages.at("production").conflicts[0].second == "r3");
  decisions.push_back(decided(Kind::promotion, 4, "B", "production", "r3"));
  CHECK(fold_decisions(decisions).stages.at("production").conflicts.empty());
}

TEST_CASE("two decisions for the same model do not disagree, and it stays since the first") {
  const Stages stages = fold_decisions(std::vector{decided(Kind::promotion, 1, "A", "production"),
                                                   decided(Kind::promotion, 2, "A", "production")});
  CHECK(stages.stages.at("production").conflicts.empty());
  CHECK(stages.stages.at("production").history.size() == 1);
  CHECK(stages.holder_of("production")->record == "r2");
  CHECK(stages.holder_of("production")->since == 100);
}

TEST_CASE("a retired model does not come back by a promotion that had not seen the retirement") {
  const Stages stages = fold_decisions(std::vector{decided(Kind::promotion, 1, "A", "staging"),
                                                   decided(Kind::retirement, 2, "A", ""),
                                                   decided(Kind::promotion, 3, "A", "production")});
  CHECK(stages.holder_of("production") == nullptr);
  REQUIRE(stages.stages.at("production").conflicts.size() == 1);
  CHECK(stages.stages.at("production").conflicts[0].first == "r2");
}

TEST_CASE("the state of a past time is the fold of the decisions up to it") {
  const std::vector<Decision> decisions = {decided(Kind::promotion, 1, "A", "production"),
                                           decided(Kind::promotion, 2, "B", "production", "r1"),
                                           decided(Kind::retirement, 3, "B", "")};
  CHECK(fold_decisions(std::span(decisions).first(1)).holder_of("production")->model == "A");
  CHECK(fold_decisions(std::span(decisions).first(2)).holder_of("production")->model == "B");
  CHECK(fold_decisions(decisions).holder_of("production") == nullptr);
}

TEST_CASE("decision kinds are read by name") {
  CHECK(decision_kind_from("promotion") == Kind::promotion);
  CHECK(decision_kind_from("retirement") == Kind::retirement);
  CHECK(!decision_kind_from("approval"));
}
