#include "workflow/promoting.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "workflow/gathering.hpp"
#include "workflow/stage_state.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace mlp::workflow {
namespace {

const policy::Stage& stage_named(const policy::Policy& policy, const std::string& name) {
  if (const policy::Stage* stage = policy.stage(name)) {
    return *stage;
  }
  std::vector<std::string> known;
  for (const policy::Stage& stage : policy.stages) {
    known.push_back(stage.name);
  }
  auto error = Error(ErrorCode::not_found, "policy.yaml has no stage '{}'", name);
  if (const auto close = nearest(name, known)) {
    throw std::move(error).hint(fmt::format("did you mean `--to {}`?", *close));
  }
  throw std::move(error).hint(fmt::format("its stages: {}", fmt::join(known, ", ")));
}

policy::RuleResult failed_rule(const std::string& id, const std::string& why) {
  policy::RuleResult result;
  result.check.id = id;
  result.check.status = CheckStatus::fail;
  result.check.why = why;
  result.blocks = true;
  return result;
}

/// What no policy can allow: a retired model, and a model that would be compared with itself.
std::optional<policy::RuleResult> absolute_refusal(Workspace& workspace, const policy::Stages& state,
                                                   const std::string& model, const std::string& stage) {
  if (const auto retired = state.retired.find(model); retired != state.retired.end()) {
    const auto id = ContentId::from_hex(retired->second.record);
    return failed_rule("not_retired", fmt::format("the model was retired on {}",
                                                  workspace.ledger().read(*id).time.substr(0, 10)));
  }
  if (const policy::Tenure* holder = state.holder_of(stage); holder != nullptr && holder->model == model) {
    return failed_rule("not_the_holder",
                       fmt::format("the model holds {} already: a model is not compared with itself", stage));
  }
  return std::nullopt;
}

Json rules_json(const policy::Verdict& verdict) {
  Json rules = Json::array();
  for (const policy::RuleResult& result : verdict.rules) {
    Json rule = to_json(result.check);
    rule["rule"] = rule["id"];
    rule["blocks"] = result.blocks;
    rules.push_back(std::move(rule));
  }
  return rules;
}

Json decision_body(Workspace& workspace, const JudgingPolicy& judging, const Gathered& gathered,
                   const PromoteResult& result, const Json& run, const std::string& expects) {
  const std::string dataset = run["test_file"]["dataset"].string_or(run["dataset"].as_string());
  Json body = Json::object({{"decision", result.verdict.allowed ? "promotion" : "denial"},
                            {"model", result.model.hex()},
                            {"name", result.name},
                            {"stage", result.stage},
                            {"reason", result.verdict.reason},
                            {"expects", expects.empty() ? Json() : Json(expects)},
                            {"holder", result.holder},
                            {"rules", rules_json(result.verdict)},
                            {"test_set_use", gathered.test_set_use},
                            {"dataset", dataset},
                            {"split", run["split"]["id"]},
                            {"sections", section_hashes(judging.project)}});
  body["policy"] = Json::object({{"hash", judging.hash.hex()},
                                 {"branch", judging.branch},
                                 {"object", workspace.store().put(judging.text).hex()}});
  if (gathered.evaluation) {
    body["evaluation"] = gathered.evaluation->id.hex();
  }
  if (gathered.champion_scores) {
    body["champion_scores"] = gathered.champion_scores->hex();
  }
  return body;
}

/// "fill in product.owner in mlp.yaml:9, commit": the required keys that are empty, in the policy's order.
std::string fill_in_hint(const policy::Rule& rule, const Gathered& gathered, const config::Project& project) {
  std::vector<std::string> keys;
  for (const std::string& key : rule.required) {
    if (!gathered.evidence.filled_in.at(key)) {
      keys.push_back(fmt::format("{} in mlp.yaml:{}", key, project.position_of(key).line));
    }
  }
  return fmt::format("fill in {}, commit", fmt::join(keys, ", "));
}

std::vector<std::string> hints_of(const PromoteRequest& request, const policy::Stage& stage,
                                  const PromoteResult& result, const Gathered& gathered,
                                  const JudgingPolicy& judging) {
  // by its id where HEAD named it: what a hint asks to be committed moves HEAD away from the model's code
  const std::string named =
      request.model.ends_with("@HEAD") ? result.model.hex().substr(0, 7) : request.model;
  const std::string model = named.empty() ? "" : named + " ";
  const std::string again = fmt::format("then run `mlp promote {}--to {}`", model, stage.name);
  std::vector<std::string> hints;
  const auto blocks = [&](const std::string& id) {
    return std::any_of(result.verdict.rules.begin(), result.verdict.rules.end(),
                       [&](const policy::RuleResult& rule) { return rule.blocks && rule.check.id == id; });
  };
  if (blocks("from")) {
    hints.push_back(fmt::format("run `mlp promote {}--to {}` first", model, stage.from));
  }
  for (const policy::Rule* rule : judging.policy.rules_of(stage)) {
    if (rule->kind == policy::Rule::Kind::required && blocks(rule->id())) {
      hints.push_back(fmt::format("{}, {}", fill_in_hint(*rule, gathered, judging.project), again));
    }
  }
  if (!gathered.evidence.has_evaluation && !judging.differences.empty()) {
    hints.push_back(fmt::format(
        "commit mlp.yaml to {} first: its sections judge, not those of this working tree", judging.branch));
  } else if (!gathered.evidence.has_evaluation && result.verdict.reason == "missing_evidence") {
    hints.push_back(fmt::format("run `mlp eval{}`, {}", named.empty() ? "" : " " + named, again));
  }
  return hints;
}

void record_decision(Workspace& workspace, PromoteResult& result, Json body, const std::string& expects) {
  if (!result.verdict.allowed) {
    result.record = workspace.record("decision", std::move(body));
    return;
  }
  const std::string stage = result.stage;
  const auto still_valid = [&workspace, stage, expects] {
    const policy::Stages now = stage_state(workspace);
    const policy::Tenure* holder = now.holder_of(stage);
    const std::string record = holder == nullptr ? "" : holder->record;
    if (record != expects) {
      throw Error(ErrorCode::conflict, "stage_moved: '{}' is now held by {} {}", stage,
                  holder == nullptr ? "nobody" : holder->name,
                  holder == nullptr ? "" : holder->model.substr(0, 7))
          .hint(fmt::format("run `mlp promote --to {}` again: it judges against the new holder", stage));
    }
  };
  result.record = workspace.decide(std::move(body), still_valid);
}

Reference candidate_of(Workspace& workspace, const PromoteRequest& request) {
  if (!request.model.empty()) {
    Reference named = resolve_model(workspace, request.model);
    require_own_model(workspace, named);
    return named;
  }
  Reference newest = newest_model(workspace);
  if (workspace.context().ci) {
    throw Error(ErrorCode::usage,
                "name the model to promote: CI is set, and the newest may not be the one meant")
        .hint(fmt::format("run `mlp promote {}@HEAD --to {}`", newest.name, request.stage));
  }
  return newest;
}

} // namespace

PromoteResult promote(Workspace& workspace, const PromoteRequest& request) {
  const Reference model =
      candidate_of(workspace, request); // before others' runs arrive: the newest that is seen here
  if (!request.dry_run) {
    workspace.ledger().fetch();
  }
  const JudgingPolicy judging = judging_policy(workspace);
  const policy::Stage& stage = stage_named(judging.policy, request.stage);
  const policy::Stages state = stage_state(workspace);
  const policy::Tenure* holder = state.holder_of(stage.name);

  PromoteResult result;
  result.name = model.name;
  result.model = model.id;
  result.stage = stage.name;
  result.dry_run = request.dry_run;
  result.policy_hash = judging.hash;
  result.policy_branch = judging.branch;
  result.notes = judging.differences;
  if (judging.branch == "unprotected") {
    result.notes.emplace_back(
        "policy: unprotected (the working tree's policy.yaml judges; commit it to a main branch)");
  }
  if (holder != nullptr) {
    result.holder = holder->model;
  }

  Gathered gathered;
  if (auto refusal = absolute_refusal(workspace, state, model.id.hex(), stage.name)) {
    result.verdict = {false, "denied", {*refusal}};
    gathered.evidence.has_evaluation = true;
  } else {
    gathered = gather_evidence(workspace, judging, stage, model, state);
    result.verdict = policy::judge(judging.policy, stage, gathered.evidence);
  }
  if (!gathered.why_no_evaluation.empty()) {
    result.notes.push_back(gathered.why_no_evaluation);
  }
  result.hints = hints_of(request, stage, result, gathered, judging);
  workspace.context().interrupt.check();

  const Json run = run_of(workspace, model.id).body;
  const std::string expects = holder == nullptr ? "" : holder->record;
  Json body = decision_body(workspace, judging, gathered, result, run, expects);
  if (request.dry_run) {
    result.record = workspace.record("observation", Json::object({{"what", "dry_run"},
                                                                  {"model", body["model"]},
                                                                  {"name", body["name"]},
                                                                  {"stage", body["stage"]},
                                                                  {"dataset", body["dataset"]},
                                                                  {"split", body["split"]},
                                                                  {"allowed", result.verdict.allowed}}));
  } else {
    record_decision(workspace, result, std::move(body), expects);
  }
  return result;
}

Json to_json(const PromoteResult& result) {
  return Json::object(
      {{"schema", "mlp.decision/1"},
       {"allowed", result.verdict.allowed},
       {"reason", result.verdict.reason},
       {"stage", result.stage},
       {"model", result.model.hex()},
       {"name", result.name},
       {"holder", result.holder},
       {"dry_run", result.dry_run},
       {"decision", result.record && !result.dry_run ? Json(result.record->id.hex()) : Json()},
       {"policy", Json::object({{"hash", result.policy_hash.hex()}, {"branch", result.policy_branch}})},
       {"rules", rules_json(result.verdict)},
       {"notes", result.notes},
       {"hints", result.hints}});
}

} // namespace mlp::workflow
