#include "workflow/gathering.hpp"

#include "base/error.hpp"
#include "report/numbers.hpp"
#include "workflow/comparing.hpp"
#include "workflow/pairing.hpp"
#include "workflow/scoring.hpp"
#include "workflow/seed_spread.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::workflow {
namespace {

/// How much worse than the other rows: the difference of a slice, turned so that + is worse.
void set_drop(const Json& item, policy::MetricFact& fact) {
  const Json& difference = item["difference"];
  const std::string direction = item["direction"].string_or();
  const bool higher_is_better = direction == "higher_is_better";
  if (!difference.is_object() || (!higher_is_better && direction != "lower_is_better")) {
    return;
  }
  if (difference["status"].string_or() != "ok") {
    fact.why_no_drop = difference["why"].string_or();
    return;
  }
  const double sign = higher_is_better ? -1.0 : 1.0;
  fact.drop = sign * difference["value"].as_number();
  if (difference["ci"].is_array()) {
    const auto& ends = difference["ci"].as_array();
    fact.drop_lower = sign * ends.at(higher_is_better ? 1 : 0).as_number();
    fact.drop_upper = sign * ends.at(higher_is_better ? 0 : 1).as_number();
  }
}

std::vector<policy::MetricFact> metric_facts(const Json& document) {
  std::vector<policy::MetricFact> facts;
  for (const Json& item : document["metrics"].as_array()) {
    policy::MetricFact fact;
    fact.name = item["name"].as_string();
    fact.slice = item["slice"].string_or();
    if (item["slice_columns"].is_array()) {
      for (const Json& column : item["slice_columns"].as_array()) {
        fact.slice_columns.push_back(column.as_string());
      }
    }
    if (item["status"].string_or() == "ok") {
      fact.value = item["value"].as_number();
      if (item["ci"].is_array()) {
        fact.lower = item["ci"].as_array().at(0).as_number();
        fact.upper = item["ci"].as_array().at(1).as_number();
      }
    }
    fact.n = item["n"].integer_or(0);
    fact.why = item["why"].string_or();
    fact.unit = document["task"].string_or() == "ranking" ? "queries" : "rows";
    set_drop(item, fact);
    facts.push_back(std::move(fact));
  }
  return facts;
}

std::optional<policy::WeakSearchFact> weak_search(const Json& found) {
  if (!found.is_object()) {
    return std::nullopt;
  }
  policy::WeakSearchFact fact;
  fact.loss = found["loss"].string_or();
  fact.why = found["why"].string_or();
  for (const Json& item : found["slices"].as_array()) {
    if (item["confirmed"].bool_or(false)) {
      fact.confirmed.push_back({item["slice"].as_string(), item["slice_columns"].as_array().size(),
                                item["difference"].as_number(), item["n"].integer_or(0)});
    }
  }
  return fact;
}

std::vector<policy::FairnessFact> fairness_facts(const Json& attributes) {
  std::vector<policy::FairnessFact> facts;
  for (const Json& attribute : attributes.as_array()) {
    for (const Json& item : attribute["disparities"].as_array()) {
      policy::FairnessFact fact;
      fact.metric = item["name"].as_string();
      for (const Json& column : attribute["columns"].as_array()) {
        fact.columns.push_back(column.as_string());
      }
      const auto number = [](const Json& json) {
        return json.is_null() ? std::nullopt : std::optional(json.as_number());
      };
      fact.value = number(item["value"]);
      if (item["ci"].is_array()) {
        fact.lower = number(item["ci"].as_array().at(0));
        fact.upper = number(item["ci"].as_array().at(1));
      }
      fact.n = item["n"].integer_or(0);
      for (const Json& group : item["insufficient"].as_array()) {
        fact.insufficient.push_back(group.as_string());
      }
      fact.why = item["why"].string_or();
      facts.push_back(std::move(fact));
    }
  }
  return facts;
}

/// The checks on protected columns, of which an evaluation has one a column: the worst of each kind.
void add_group_checks(const Json& document, std::map<std::string, Check>& checks) {
  for (const Json& item : document["checks"].as_array()) {
    Check check = check_from_json(item);
    const bool larger_is_worse = check.id == "proxy_auc";
    if (check.id == "attribute_not_a_feature" && check.status == CheckStatus::warn) {
      check.status = CheckStatus::fail; // the rule asks that it is none
    } else if (!larger_is_worse && check.id != "representation" && check.id != "attribute_not_a_feature") {
      continue;
    }
    const auto found = checks.find(check.id);
    const bool is_worse = found == checks.end() || check.status == CheckStatus::fail ||
                          (check.observed && found->second.observed &&
                           (larger_is_worse ? *check.observed > *found->second.observed
                                            : *check.observed < *found->second.observed));
    if (is_worse) {
      checks[check.id] = std::move(check);
    }
  }
}

std::vector<const policy::Rule*> comparisons_of(const policy::Policy& policy, const policy::Stage& stage) {
  std::vector<const policy::Rule*> rules = policy.rules_of(stage);
  std::erase_if(rules, [](const policy::Rule* rule) { return rule->kind != policy::Rule::Kind::comparison; });
  return rules;
}

/// Says of a difference no larger than what the trainer's seed alone makes that it is no more than that.
void mention_seeds(policy::ComparisonFact& fact, const Json& candidate_run, const Json& champion_run) {
  const auto deviation = recorded_deviation(candidate_run, champion_run, fact.metric);
  Check& result = fact.result;
  if (deviation && result.observed && std::abs(*result.observed) <= *deviation) {
    result.why += fmt::format("{}no more than another seed makes (± {})", result.why.empty() ? "" : "; ",
                              report::metric_text(*deviation));
  }
}

/// Candidate and champion on the rows that neither was trained on.
void compare_with_holder(Workspace& workspace, const JudgingPolicy& judging,
                         const std::vector<const policy::Rule*>& rules, const Reference& model,
                         const policy::Tenure& holder, Gathered& gathered) {
  const auto champion_id = ContentId::from_hex(holder.model);
  const LoadedModel candidate = load_model(workspace, model);
  const LoadedModel champion =
      load_model(workspace, {Reference::Kind::model, *champion_id, holder.name, std::nullopt});
  const Pair pair = score_both(workspace, judging.project, candidate, champion);
  const auto n = static_cast<std::int64_t>(pair.test.rows.size());
  if (n < judging.policy.defaults.min_n) {
    throw Error(ErrorCode::input, "{} rows are left that neither model was trained on, fewer than {}", n,
                judging.policy.defaults.min_n);
  }
  gathered.champion_scores = store_scores(workspace, champion, pair.test, pair.second);
  const double alpha = judging.policy.defaults.alpha;
  const Context& context = workspace.context();
  const metrics::IntervalOptions options =
      evaluation::interval_options(judging.project, {context.threads, &context.progress, &context.interrupt});
  gathered.evidence.comparisons =
      compare_by_rules(rules, pair.first_sample(), pair.second_sample(), alpha, options);
  for (policy::ComparisonFact& fact : gathered.evidence.comparisons) {
    mention_seeds(fact, candidate.run.body, champion.run.body);
  }
}

void gather_comparisons(Workspace& workspace, const JudgingPolicy& judging, const policy::Stage& stage,
                        const Reference& model, const policy::Stages& state, Gathered& gathered) {
  const policy::Tenure* holder = state.holder_of(stage.name);
  const auto rules = comparisons_of(judging.policy, stage);
  gathered.evidence.has_champion = holder != nullptr;
  if (holder == nullptr || rules.empty() || holder->model == model.id.hex()) {
    return;
  }
  try {
    compare_with_holder(workspace, judging, rules, model, *holder, gathered);
  } catch (const Error& error) {
    // A holder whose bytes or columns are gone cannot be compared: that is an answer (missing), and the gate
    // refuses.
    if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::input) {
      throw;
    }
    gathered.evidence.comparisons = all_missing(rules, error.what());
  }
}

Check committed_check(Workspace& workspace, const Json& run) {
  Check check;
  check.id = "committed";
  const Json& code = run["code"];
  const git::CodeState head = workspace.repository().code_state();
  if (!code["clean"].bool_or(false)) {
    check.status = CheckStatus::fail;
    check.why = "the run was made with uncommitted changes";
  } else if (!head.tree || code["tree"].string_or() != *head.tree) {
    check.status = CheckStatus::fail;
    check.why = fmt::format("the run's code is commit {}, HEAD holds another tree",
                            code["commit"].string_or("(none)").substr(0, 7));
  }
  check.observed = check.status == CheckStatus::pass ? 1.0 : 0.0;
  check.limit = 1.0;
  return check;
}

Check data_errors_check(const Json& run) {
  Check check;
  check.id = "data_errors";
  std::int64_t errors = 0;
  for (const Json& item : run["checks"].as_array()) {
    if (item["status"].string_or() == "fail") {
      ++errors;
      check.why += (check.why.empty() ? "" : ", ") + item["id"].string_or();
    }
  }
  check.observed = static_cast<double>(errors);
  check.n = run["rows"].integer_or(0);
  return check;
}

} // namespace

Gathered gather_evidence(Workspace& workspace, const JudgingPolicy& judging, const policy::Stage& stage,
                         const Reference& model, const policy::Stages& state) {
  Gathered gathered;
  policy::Evidence& evidence = gathered.evidence;
  const ledger::Record run = run_of(workspace, model.id);
  const FittingEvaluation fitting = fitting_evaluation(workspace, run, judging.project);
  if (fitting.record) {
    const auto document = ContentId::from_hex(fitting.record->body["document"].as_string());
    if (workspace.store().contains(*document)) {
      evidence.has_evaluation = true;
      const Json evaluated = Json::parse(workspace.store().get(*document), "evaluation");
      evidence.metrics = metric_facts(evaluated);
      if (evaluated["fairness"]["attributes"].is_array()) {
        evidence.fairness = fairness_facts(evaluated["fairness"]["attributes"]);
      }
      evidence.weak = weak_search(evaluated["weak_slices"]);
      add_group_checks(evaluated, evidence.checks);
      gathered.evaluation = fitting.record;
    }
  }
  if (!evidence.has_evaluation) {
    gathered.why_no_evaluation =
        fitting.record ? "the evaluation's document is not in this store" : fitting.why;
    evidence.missing_hint = fmt::format("mlp eval {}", model.id.brief());
  }
  gather_comparisons(workspace, judging, stage, model, state, gathered);

  gathered.test_set_use =
      test_set_use(workspace, run.body["test_file"]["dataset"].string_or(run.body["dataset"].as_string()),
                   run.body["split"]["id"].string_or());
  Check looks;
  looks.id = "test_set_use";
  looks.observed = static_cast<double>(gathered.test_set_use);
  evidence.checks["test_set_use"] = looks;
  evidence.checks["data_errors"] = data_errors_check(run.body);
  evidence.checks["committed"] = committed_check(workspace, run.body);
  for (const policy::Rule* rule : judging.policy.rules_of(stage)) {
    for (const std::string& key : rule->required) {
      evidence.filled_in[key] = config::is_filled_in(judging.project, key);
    }
  }
  evidence.held_from = stage.from.empty() || state.holds_or_held(model.id.hex(), stage.from);
  return gathered;
}

} // namespace mlp::workflow
