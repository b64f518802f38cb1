#include "workflow/policy_source.hpp"

#include "unit/workflow/opened_project.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

using test::error_of;
using test::OpenedProject;

JudgingPolicy judging(OpenedProject& project) {
  auto workspace = project.open();
  return judging_policy(workspace);
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

policy::PolicyContext context_for(Task task) {
  config::Project project;
  project.model.task = task;
  return policy_context(project);
}

} // namespace

TEST_CASE("judging_policy: main's files judge, and what differs here is said") {
  OpenedProject project;
  JudgingPolicy policy = judging(project);
  CHECK(policy.branch == "main");
  CHECK(policy.hash == sha256(project.read("policy.yaml")));
  CHECK(policy.differences.empty());
  project.edit("margin: 0.05", "margin: 0.06", "policy.yaml");
  project.edit("bootstrap: 100", "bootstrap: 200");
  policy = judging(project);
  CHECK(policy.differences ==
        std::vector<std::string>{
            "policy.yaml here differs from main: the one of main judges",
            "product, data or evaluation of mlp.yaml here differ from main: those of main judge"});
  CHECK(policy.project.evaluation.bootstrap == 100);
  CHECK(policy.policy.gates.at("no_regression").rules.front().margin == 0.05);
}

TEST_CASE(
    "judging_policy: a remote's default branch beats the local main; one that cannot be told is an error") {
  OpenedProject project;
  project.git("", {"remote", "add", "origin", "nowhere"});
  const Error error = error_of([&] { static_cast<void>(judging(project)); });
  CHECK(error.code() == ErrorCode::environment);
  CHECK(error.hints().front().starts_with("run `git config mlp.policyBranch origin/main`"));

  project.git("", {"update-ref", "refs/remotes/origin/trunk", "HEAD"});
  project.git("", {"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"});
  project.edit("margin: 0.05", "margin: 0.5", "policy.yaml");
  project.commit(); // to main alone
  const JudgingPolicy policy = judging(project);
  CHECK(policy.branch == "origin/trunk");
  CHECK(policy.policy.gates.at("no_regression").rules.front().margin == 0.05);
}

TEST_CASE("judging_policy: without a policy, or with one that has errors, nothing is judged") {
  OpenedProject project;
  project.edit("metric: roc_auc, min: 0.6", "metric: rmse, min: 0.6", "policy.yaml");
  project.commit();
  const Error wrong = error_of([&] { static_cast<void>(judging(project)); });
  CHECK(wrong.code() == ErrorCode::input);
  CHECK(std::string(wrong.what()).starts_with("main:policy.yaml:11:"));
  project.git("", {"rm", "--quiet", "policy.yaml"});
  project.commit();
  const Error none = error_of([&] { static_cast<void>(judging(project)); });
  CHECK(none.code() == ErrorCode::not_found);
}

TEST_CASE("judging_policy: a project in a folder is judged by the files of that folder on the branch") {
  OpenedProject project;
  project.write("other/mlp.yaml", test::project_yaml());
  project.write("other/policy.yaml", test::replaced(test::policy_yaml(), "margin: 0.05", "margin: 0.07"));
  project.commit();
  project.write("other/policy.yaml", test::policy_yaml());
  auto other = project.open("other");
  const JudgingPolicy policy = judging_policy(other);
  CHECK(policy.policy.gates.at("no_regression").rules.front().margin == 0.07);
  CHECK(policy.differences.size() == 1);
}

TEST_CASE("stage_names: in the order of policy.yaml, the last one is where models serve") {
  OpenedProject project;
  {
    auto workspace = project.open();
    CHECK(stage_names(workspace) == std::vector<std::string>{"staging", "production"});
    CHECK(last_stage(workspace) == "production");
  }
  std::filesystem::remove(project.root / "policy.yaml");
  auto workspace = project.open();
  CHECK(stage_names(workspace).empty());
  CHECK(last_stage(workspace) == "production");
}

TEST_CASE("two models are compared by metrics of the task that have a better direction, and by no skill") {
  const auto binary = context_for(Task::binary);
  for (const std::string metric : {"roc_auc", "log_loss", "recall"}) {
    CHECK(holds(binary.comparable_metrics, metric));
  }
  for (const std::string metric : {"prevalence", "calibration_slope", "skill_vs_dummy", "skill_vs_simple"}) {
    CAPTURE(metric);
    CHECK(holds(binary.known_metrics, metric));
    CHECK_FALSE(holds(binary.comparable_metrics, metric));
  }
  const auto regression = context_for(Task::regression);
  CHECK(holds(regression.comparable_metrics, "rmse"));
  CHECK(holds(regression.known_metrics, "bias"));
  CHECK_FALSE(holds(regression.comparable_metrics, "bias"));
  CHECK(holds(regression.other_metrics, "roc_auc"));
}

} // namespace mlp::workflow
