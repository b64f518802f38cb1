#include "workflow/promoting.hpp"

#include "unit/workflow/opened_project.hpp"
#include "workflow/deciding.hpp"
#include "workflow/stage_state.hpp"

namespace mlp::workflow {
namespace {

using test::error_of;
using test::OpenedProject;

std::string holder_of(OpenedProject& project, const std::string& stage) {
  auto workspace = project.open();
  const policy::Stages state = stage_state(workspace);
  const policy::Tenure* holder = state.holder_of(stage);
  return holder == nullptr ? "" : holder->model;
}

const policy::RuleResult& rule_named(const PromoteResult& result, const std::string& id) {
  for (const policy::RuleResult& rule : result.verdict.rules) {
    if (rule.check.id == id) {
      return rule;
    }
  }
  FAIL("no rule ", id);
  return result.verdict.rules.front();
}

/// Holds staging and production.
ContentId in_production(OpenedProject& project, const std::vector<std::string>& settings = {}) {
  const ContentId model = project.promoted(settings);
  REQUIRE(project.promote("production", model.hex()).verdict.allowed);
  return model;
}

} // namespace

TEST_CASE("promote: a model that passes takes the stage, and the record says by which evidence and policy") {
  OpenedProject project;
  const ContentId model = project.train().model;
  const EvaluateResult evaluated = project.evaluate();
  const PromoteResult result = project.promote("staging");
  CHECK(result.verdict.allowed);
  CHECK(result.verdict.reason == "allowed");
  CHECK(result.hints.empty());
  CHECK_FALSE(result.holder);
  CHECK(holder_of(project, "staging") == model.hex());
  const Json& record = result.record->body;
  CHECK(record["decision"] == "promotion");
  CHECK(record["evaluation"] == evaluated.record.id.hex());
  CHECK(record["expects"].is_null());
  CHECK(record["policy"]["branch"] == "main");
  CHECK(record["policy"]["hash"] == sha256(project.read("policy.yaml")).hex());
  CHECK(record["rules"].size() == 2);
  CHECK(to_json(result)["decision"] == result.record->id.hex());
}

TEST_CASE(
    "promote: without an evaluation the answer is no, with the command that makes one; a denial is kept") {
  OpenedProject project;
  const ContentId model = project.train().model;
  const PromoteResult result = project.promote("staging");
  CHECK_FALSE(result.verdict.allowed);
  CHECK(result.verdict.reason == "missing_evidence");
  CHECK(result.record->body["decision"] == "denial");
  CHECK(result.hints == std::vector<std::string>{"run `mlp eval`, then run `mlp promote --to staging`"});
  CHECK(project.promote("staging", "churn").hints ==
        std::vector<std::string>{"run `mlp eval churn`, then run `mlp promote churn --to staging`"});
  CHECK(holder_of(project, "staging") == "");
  CHECK(model.hex() == result.record->body["model"].as_string());
}

TEST_CASE("promote: evidence of another split or other metrics is stale, which is missing, and says why") {
  for (const auto& [from, to] : {std::pair{"seed: 0, test: 0.3", "seed: 1, test: 0.3"},
                                 std::pair{"bootstrap: 100", "bootstrap: 120"}}) {
    CAPTURE(from);
    OpenedProject project;
    static_cast<void>(project.train());
    const EvaluateResult evaluated = project.evaluate();
    project.edit(from, to);
    project.commit();
    const PromoteResult result = project.promote("staging");
    CHECK_FALSE(result.verdict.allowed);
    CHECK(result.verdict.reason == "missing_evidence");
    REQUIRE_FALSE(result.notes.empty());
    CHECK(result.notes.back().starts_with("evaluation " + evaluated.record.id.brief() + " is no evidence: "));
    static_cast<void>(project.evaluate());
    CHECK(project.promote("staging").verdict.allowed);
  }
}

TEST_CASE("promote: a gate that fails refuses, and every rule stands in the denial") {
  OpenedProject project;
  project.edit("min: 0.6", "min: 0.999", "policy.yaml");
  project.commit();
  static_cast<void>(project.train());
  static_cast<void>(project.evaluate());
  const PromoteResult result = project.promote("staging");
  CHECK_FALSE(result.verdict.allowed);
  CHECK(result.verdict.reason == "denied");
  CHECK(rule_named(result, "roc_auc").blocks);
  CHECK(rule_named(result, "roc_auc").check.limit == 0.999);
  CHECK_FALSE(rule_named(result, "data_errors").blocks);
  CHECK(result.record->body["rules"].size() == 2);
  CHECK(holder_of(project, "staging") == "");
}

TEST_CASE("promote: a policy that is loosened in the working tree or on a branch does not judge") {
  OpenedProject project;
  project.edit("min: 0.6", "min: 0.999", "policy.yaml");
  project.commit();
  static_cast<void>(project.train());
  static_cast<void>(project.evaluate());
  project.edit("min: 0.999", "min: 0.1", "policy.yaml");
  const PromoteResult here = project.promote("staging");
  CHECK_FALSE(here.verdict.allowed);
  CHECK(here.notes == std::vector<std::string>{"policy.yaml here differs from main: the one of main judges"});
  project.git("", {"checkout", "--quiet", "-b", "loose"});
  project.commit();
  CHECK_FALSE(project.promote("staging").verdict.allowed);
  project.git("", {"config", "mlp.policyBranch", "loose"});
  CHECK(project.promote("staging").verdict.allowed);
  project.git("", {"config", "mlp.policyBranch", "absent"});
  CHECK(error_of([&] { static_cast<void>(project.promote("staging")); }).code() == ErrorCode::environment);
}

TEST_CASE("promote: without a main branch the working tree judges, and the record says so") {
  OpenedProject project;
  project.git("", {"branch", "-m", "work"});
  static_cast<void>(project.train());
  static_cast<void>(project.evaluate());
  const PromoteResult result = project.promote("staging");
  CHECK(result.verdict.allowed);
  CHECK(result.policy_branch == "unprotected");
  CHECK(result.record->body["policy"]["branch"] == "unprotected");
  CHECK(result.notes.size() == 1);
}

TEST_CASE("promote: production wants a model from staging and a filled-in charter, and says what to type") {
  OpenedProject project(
      test::replaced(test::project_yaml(), "owner: {name: Ana Ruiz, email: ana@example.org}", "owner:"));
  static_cast<void>(project.train());
  static_cast<void>(project.evaluate());
  const PromoteResult early = project.promote("production");
  CHECK_FALSE(early.verdict.allowed);
  CHECK(rule_named(early, "from").blocks);
  CHECK(early.hints ==
        std::vector<std::string>{
            "run `mlp promote --to staging` first",
            "fill in product.owner in mlp.yaml:6, commit, then run `mlp promote --to production`"});
  REQUIRE(project.promote("staging").verdict.allowed);
  const PromoteResult late = project.promote("production");
  CHECK_FALSE(late.verdict.allowed);
  CHECK(late.hints.size() == 1);
  project.edit("owner:", "owner: {name: Ana Ruiz}");
  project.commit();
  const PromoteResult last = project.promote("production");
  CHECK(last.verdict.allowed); // editing the charter makes no evidence stale
  CHECK(rule_named(last, "committed").check.status == CheckStatus::warn); // but the run's code is not HEAD's
  CHECK_FALSE(rule_named(last, "committed").blocks);                      // `else: warn`
}

TEST_CASE("promote: a challenger that is worse than the holder is refused, on scores of both that are kept") {
  OpenedProject project;
  project.edit("{metric: roc_auc, mode: guard", "{metric: log_loss, mode: guard", "policy.yaml");
  project.commit();
  const ContentId champion = in_production(project);
  const ContentId weak = project.promoted({"eta=0.01"}); // ranks alike, but hardly leaves one half
  const PromoteResult result = project.promote("production", weak.hex());
  CHECK_FALSE(result.verdict.allowed);
  CHECK(result.holder == champion.hex());
  CHECK(rule_named(result, "no_regression(log_loss)").blocks);
  auto workspace = project.open();
  CHECK(workspace.store().contains(*ContentId::from_hex(result.record->body["champion_scores"].as_string())));
  CHECK(holder_of(project, "production") == champion.hex());
}

TEST_CASE("promote: a challenger that is no worse takes over from the holder, whose decision it expects") {
  OpenedProject project;
  const ContentId champion = in_production(project);
  const ContentId challenger = project.promoted({"rounds=9"});
  REQUIRE(challenger != champion);
  const PromoteResult result = project.promote("production", challenger.hex());
  CHECK(result.verdict.allowed);
  CHECK(result.record->body["holder"] == champion.hex());
  CHECK(result.record->body["expects"].as_string().size() == 64);
  CHECK(holder_of(project, "production") == challenger.hex());
}

TEST_CASE("promote: a holder whose bytes are gone cannot be compared: missing, and refused") {
  OpenedProject project;
  const ContentId champion = in_production(project);
  const ContentId challenger = project.promoted({"rounds=9"});
  const std::string hex = champion.hex();
  REQUIRE(std::filesystem::remove(project.root / ".git/mlp/objects" / hex.substr(0, 2) / hex.substr(2)));
  const PromoteResult result = project.promote("production", challenger.hex());
  CHECK_FALSE(result.verdict.allowed);
  CHECK(result.verdict.reason == "missing_evidence");
  CHECK(rule_named(result, "no_regression(roc_auc)").check.status == CheckStatus::missing);
}

TEST_CASE("promote: the holder itself and a retired model are refused whatever the policy says") {
  OpenedProject project;
  const ContentId model = project.promoted();
  const PromoteResult again = project.promote("staging");
  CHECK_FALSE(again.verdict.allowed);
  CHECK(again.verdict.reason == "denied");
  CHECK(rule_named(again, "not_the_holder").check.why ==
        "the model holds staging already: a model is not compared with itself");
  {
    auto workspace = project.open();
    static_cast<void>(
        retire(workspace, {.model = model.hex(), .reason = "old", .replaced_by = {}, .force = true}));
  }
  const PromoteResult retired = project.promote("staging", model.hex());
  CHECK_FALSE(retired.verdict.allowed);
  CHECK(rule_named(retired, "not_retired").check.why == "the model was retired on 2026-11-23");
  CHECK(retired.record->body["decision"] == "denial");
}

TEST_CASE("promote --dry-run: the same verdict, nothing decided, one look at the test set") {
  OpenedProject project;
  static_cast<void>(project.train());
  static_cast<void>(project.evaluate());
  auto workspace = project.open();
  const PromoteResult result = promote(workspace, {.model = {}, .stage = "staging", .dry_run = true});
  CHECK(result.verdict.allowed);
  CHECK(result.record->kind == "observation");
  CHECK(to_json(result)["decision"].is_null());
  CHECK(holder_of(project, "staging") == "");
  CHECK(project.records() == 3);
}

TEST_CASE("promote: a stage that the policy lacks is no denial but a wrong name") {
  OpenedProject project;
  static_cast<void>(project.train());
  const Error near = error_of([&] { static_cast<void>(project.promote("stagin")); });
  CHECK(near.code() == ErrorCode::not_found);
  CHECK(near.hints() == std::vector<std::string>{"did you mean `--to staging`?"});
  const Error far = error_of([&] { static_cast<void>(project.promote("x")); });
  CHECK(far.hints() == std::vector<std::string>{"its stages: staging, production"});
  CHECK(project.records() == 1);
}

TEST_CASE("promote: where CI is set the model must be named, and name@HEAD is what CI means") {
  OpenedProject project;
  static_cast<void>(project.train());
  static_cast<void>(project.evaluate());
  project.ci = true;
  const Error error = error_of([&] { static_cast<void>(project.promote("staging")); });
  CHECK(error.code() == ErrorCode::usage);
  CHECK(error.hints() == std::vector<std::string>{"run `mlp promote churn@HEAD --to staging`"});
  CHECK(project.promote("staging", "churn@HEAD").verdict.allowed);
}

TEST_CASE(
    "promote: a stage that moved while the gates were judged is a conflict, and nobody is overwritten") {
  OpenedProject project;
  const ContentId other = project.train({"max_depth=2"}).model;
  static_cast<void>(project.evaluate(other.hex()));
  const ContentId mine = project.train().model;
  static_cast<void>(project.evaluate(mine.hex()));
  auto workspace = project.open();
  project.on_clock = [&] { CHECK(project.promote("staging", other.hex()).verdict.allowed); };
  const Error error =
      error_of([&] { static_cast<void>(promote(workspace, {.model = mine.hex(), .stage = "staging"})); });
  CHECK_FALSE(project.on_clock); // or nobody came between
  CHECK(error.code() == ErrorCode::conflict);
  CHECK(std::string(error.what()) == "stage_moved: 'staging' is now held by churn " + other.brief());
  CHECK(holder_of(project, "staging") == other.hex());
  CHECK(project.records() == 5); // two runs, two evaluations, the other's promotion
  CHECK(project.promote("staging", mine.hex()).verdict.allowed); // judged against the new holder
}

} // namespace mlp::workflow
