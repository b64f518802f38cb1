#include "workflow/policy_source.hpp"

#include "base/error.hpp"
#include "config/findings.hpp"
#include "evaluation/disparities.hpp"
#include "evaluation/evaluation.hpp"
#include "metrics/metric.hpp"

#include <algorithm>

namespace mlp::workflow {
namespace {

constexpr const char* k_policy_file = "policy.yaml";
constexpr const char* k_project_file = "mlp.yaml";

/// The branch whose files judge: its name for people and its commit, or nothing (the working tree judges).
struct Branch {
  std::string name;
  git::ObjectName commit;
};

std::optional<Branch> configured_branch(const git::Repository& repository) {
  const auto name = repository.config("mlp.policyBranch");
  if (!name) {
    return std::nullopt;
  }
  const auto commit = repository.resolve(*name);
  if (!commit) {
    throw Error(ErrorCode::environment, "git config mlp.policyBranch names '{}', which does not exist here",
                *name)
        .hint("run `git fetch`, or `git config mlp.policyBranch BRANCH` with a branch that exists");
  }
  return Branch{*name, *commit};
}

std::optional<Branch> protected_branch(const git::Repository& repository, const std::string& remote) {
  if (auto branch = configured_branch(repository)) {
    return branch;
  }
  const auto remotes = repository.remotes();
  if (std::find(remotes.begin(), remotes.end(), remote) != remotes.end()) {
    const auto target = repository.symbolic_target("refs/remotes/" + remote + "/HEAD");
    const auto commit = target ? repository.resolve(*target) : std::nullopt;
    if (!commit) {
      throw Error(ErrorCode::environment, "cannot tell which branch of '{}' holds the policy", remote)
          .hint(fmt::format("run `git config mlp.policyBranch {}/main` (with your default branch)", remote));
    }
    return Branch{target->substr(std::string_view("refs/remotes/").size()), *commit};
  }
  for (const char* name : {"main", "master"}) {
    if (const auto commit = repository.resolve(std::string("refs/heads/") + name)) {
      return Branch{name, *commit};
    }
  }
  return std::nullopt;
}

/// `file` of the project in the working tree, and in the branch where there is one.
struct Versions {
  std::optional<std::string> here;
  std::optional<std::string> there;
};

Versions versions_of(Workspace& workspace, const std::optional<Branch>& branch, const std::string& file) {
  Versions versions;
  versions.here = os::read_file_if_exists(workspace.project_folder() / file);
  if (branch) {
    const std::string path = workspace.project_path() == "." ? file : workspace.project_path() + "/" + file;
    versions.there = workspace.repository().file_at(branch->commit, path);
  }
  return versions;
}

policy::Policy valid_policy(const std::string& text, const std::string& file,
                            const config::Project& project) {
  policy::LoadedPolicy loaded = policy::load_policy(text, file, policy_context(project));
  config::require_no_errors(loaded.findings);
  return std::move(loaded.policy);
}

} // namespace

policy::PolicyContext policy_context(const config::Project& project) {
  policy::PolicyContext context;
  const bool has_costs = project.evaluation.decision.costs.is_object();
  context.known_metrics = metrics::metric_forms(project.model.task);
  context.measured_metrics =
      metrics::joined(metrics::metric_names(project.model.task), project.evaluation.metrics);
  for (const metrics::MetricInfo& metric : metrics::metrics_of(project.model.task)) {
    if (metric.name.ends_with("@class")) {
      context.measured_metrics.emplace_back(metric.name);
    }
    const bool can_be_counted = has_costs || !metrics::needs_costs(metric.name);
    if (can_be_counted && metric.direction != metrics::Direction::neither) {
      context.comparable_metrics.emplace_back(metric.name);
    }
  }
  if (!has_costs) {
    std::erase_if(context.known_metrics, metrics::needs_costs);
    std::erase_if(context.measured_metrics, metrics::needs_costs);
  }
  context.known_metrics.insert(context.known_metrics.end(),
                               {"skill_vs_dummy", "skill_vs_simple", "skill_vs_stump"});
  for (const std::string_view name : k_task_names) {
    const Task task = *task_from(name);
    if (task != project.model.task) {
      const auto others = metrics::metric_forms(task);
      context.other_metrics.insert(context.other_metrics.end(), others.begin(), others.end());
    }
  }
  for (const config::SliceConfig& slice : project.evaluation.slices) {
    context.slices.push_back(slice.columns);
  }
  context.slice_metrics = evaluation::slice_metrics(project.model.task, project.evaluation.metrics);
  context.fairness_metrics = evaluation::disparity_names(project.model.task);
  for (const auto& [name, column] : project.data.columns) {
    if (column.is_protected) {
      context.protected_columns.push_back(name);
      context.slices.push_back({name});
    }
  }
  return context;
}

JudgingPolicy judging_policy(Workspace& workspace) {
  const config::Project& working = workspace.project();
  const auto branch = protected_branch(workspace.repository(), working.ledger.remote);
  const Versions policy_text = versions_of(workspace, branch, k_policy_file);
  const Versions project_text = versions_of(workspace, branch, k_project_file);

  JudgingPolicy result;
  if (!branch || !policy_text.there || !project_text.there) {
    // Nothing is protected yet: a new project judges by what its author has at hand, and every record says
    // so.
    if (!policy_text.here) {
      throw Error(ErrorCode::not_found, "no policy.yaml beside mlp.yaml")
          .hint("`mlp init` writes one; then edit it and run `mlp check`");
    }
    result.branch = "unprotected";
    result.text = *policy_text.here;
    result.project = working;
  } else {
    result.branch = branch->name;
    result.text = *policy_text.there;
    result.project = config::require_usable(
        load_any_project(*project_text.there, fmt::format("{}:{}", branch->name, k_project_file), {}));
    if (policy_text.here != policy_text.there) {
      result.differences.push_back(
          fmt::format("policy.yaml here differs from {}: the one of {} judges", branch->name, branch->name));
    }
    const Json ours = Json::object({{"product", working.product}});
    const Json theirs = Json::object({{"product", result.project.product}});
    if (ours != theirs || working.data_section != result.project.data_section ||
        working.evaluation_section != result.project.evaluation_section) {
      result.differences.push_back(
          fmt::format("product, data or evaluation of mlp.yaml here differ from {}: those of {} judge",
                      branch->name, branch->name));
    }
  }
  const std::string shown =
      result.branch == "unprotected" ? k_policy_file : fmt::format("{}:{}", result.branch, k_policy_file);
  result.policy = valid_policy(result.text, shown, result.project);
  result.hash = sha256(result.text);
  return result;
}

std::vector<std::string> stage_names(const Workspace& workspace) {
  std::vector<std::string> names;
  const auto text = workspace.has_project()
                        ? os::read_file_if_exists(workspace.project_folder() / k_policy_file)
                        : std::nullopt;
  if (text) {
    // whether metrics and slices exist is not asked here
    for (const policy::Stage& stage : policy::load_policy(*text, k_policy_file, {}).policy.stages) {
      names.push_back(stage.name);
    }
  }
  return names;
}

std::string last_stage(const Workspace& workspace) {
  const std::vector<std::string> names = stage_names(workspace);
  return names.empty() ? "production" : names.back();
}

} // namespace mlp::workflow
