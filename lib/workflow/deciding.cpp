#include "workflow/deciding.hpp"

#include "base/error.hpp"
#include "workflow/outside_predictions.hpp"
#include "workflow/stage_state.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace mlp::workflow {
namespace {

/// Throws where the holder of `stage` is no longer what `expects` (a decision; empty = nobody) says.
void require_unmoved(Workspace& workspace, const std::string& stage, const std::string& expects) {
  const policy::Stages now = stage_state(workspace);
  const policy::Tenure* holder = now.holder_of(stage);
  if ((holder == nullptr ? "" : holder->record) != expects) {
    throw Error(ErrorCode::conflict, "stage_moved: '{}' is now held by {}", stage,
                holder == nullptr ? "nobody" : fmt::format("{} {}", holder->name, holder->model.substr(0, 7)))
        .hint("look at `mlp models`, then run the command again");
  }
}

void require_reason(const std::string& reason, std::string_view command) {
  require_short("reason", reason);
  if (reason.find_first_not_of(" \t\n") == std::string::npos) {
    throw Error(ErrorCode::usage, "a reason is needed")
        .hint(fmt::format("run `mlp {} --reason \"...\"`", command));
  }
}

/// What the newest evaluation of each model says, and when each was first trained.
struct ModelFacts {
  std::map<std::string, ModelLine> lines;        ///< by hex id
  std::map<std::string, std::size_t> newest_run; ///< by hex id: which run of the ledger it was

  /// Hex ids, the model of the newest run first.
  [[nodiscard]] std::vector<std::string> newest_first() const {
    std::vector<std::string> order;
    for (const auto& [model, run] : newest_run) {
      order.push_back(model);
    }
    std::sort(order.begin(), order.end(),
              [&](const auto& a, const auto& b) { return newest_run.at(a) > newest_run.at(b); });
    return order;
  }
};

Json headline_of(const ledger::Entry& entry) {
  return entry.headline.empty() ? Json() : Json::parse(entry.headline, "headline");
}

void take_run(const ledger::Entry& entry, std::size_t number, ModelFacts& facts) {
  facts.newest_run[entry.model] = number;
  ModelLine& line = facts.lines[entry.model];
  if (line.since.empty()) {
    line.since = entry.time;
    line.health = "not evaluated";
  }
  line.name = entry.name;
  line.model = *ContentId::from_hex(entry.model);
  line.owner = headline_of(entry)["owner"].string_or();
}

void take_evaluation(const ledger::Entry& entry, ModelFacts& facts) {
  const auto found = facts.lines.find(entry.model);
  if (found == facts.lines.end()) {
    return;
  }
  const Json headline = headline_of(entry);
  found->second.health = "evaluated";
  found->second.metric = headline["metric"].string_or();
  const Json& value = headline["value"];
  found->second.value = value.is_null() ? std::nullopt : std::optional(value.as_number());
}

ModelFacts model_facts(Workspace& workspace, const std::optional<std::string>& until) {
  ModelFacts facts;
  std::size_t number = 0;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    ++number;
    if (entry.project != workspace.project_path() || (until && entry.time > *until)) {
      continue;
    }
    if (entry.kind == "run") {
      take_run(entry, number, facts);
    } else if (entry.kind == "evaluation" && measured_a_model(entry)) {
      take_evaluation(entry, facts);
    }
  }
  return facts;
}

} // namespace

std::string until_time(const std::string& text) {
  const auto time = parse_time(text);
  if (!time) {
    throw Error(ErrorCode::usage, "'{}' is no date", text).hint("write it as 2026-11-23 or 2026-11-23T14:05");
  }
  const bool whole_day = text.size() == std::string_view("2026-11-23").size();
  return format_utc(*time + (whole_day ? 24 * 3600 - 1 : 0));
}

RollbackResult rollback(Workspace& workspace, const RollbackRequest& request) {
  require_reason(request.reason, "rollback STAGE");
  workspace.ledger().fetch();
  const policy::Stages state = stage_state(workspace);
  const policy::Tenure* holder = state.holder_of(request.stage);
  if (holder == nullptr) {
    throw Error(ErrorCode::not_found, "no model holds stage '{}'", request.stage)
        .hint("`mlp models` lists who holds what");
  }
  const policy::Tenure* before = nullptr;
  for (std::size_t back = 1; before == nullptr; ++back) {
    const policy::Tenure* candidate = state.stages.at(request.stage).before(back);
    if (candidate == nullptr) {
      throw Error(ErrorCode::not_found, "nobody held stage '{}' before {} who is not retired", request.stage,
                  holder->name)
          .hint(fmt::format("promote another model: `mlp promote MODEL --to {}`", request.stage));
    }
    if (!state.is_retired(candidate->model) && candidate->model != holder->model) {
      before = candidate;
    }
  }
  RollbackResult result{request.stage, *holder, *before, {}};
  Json body = Json::object({{"decision", "rollback"},
                            {"model", before->model},
                            {"name", before->name},
                            {"stage", request.stage},
                            {"reason", request.reason},
                            {"expects", holder->record},
                            {"holder", holder->model}});
  result.record = workspace.decide(std::move(body),
                                   [&] { require_unmoved(workspace, result.stage, result.from.record); });
  return result;
}

RetireResult retire(Workspace& workspace, const RetireRequest& request) {
  require_reason(request.reason, "retire MODEL");
  workspace.ledger().fetch();
  const Reference model = resolve_model(workspace, request.model);
  require_own_model(workspace, model);
  const policy::Stages state = stage_state(workspace);
  if (state.is_retired(model.id.hex())) {
    throw Error(ErrorCode::conflict, "{} {} is retired already", model.name, model.id.brief())
        .hint(fmt::format("`mlp log --model {}` shows when and why", model.id.brief()));
  }
  RetireResult result{model.name, model.id, state.held_by(model.id.hex()), std::nullopt, {}};
  if (!request.replaced_by.empty()) {
    result.replaced_by = resolve_model(workspace, request.replaced_by);
    require_own_model(workspace, *result.replaced_by);
    if (result.replaced_by->id == model.id || state.is_retired(result.replaced_by->id.hex())) {
      throw Error(ErrorCode::input, "--replaced-by: {} {} is {}", result.replaced_by->name,
                  result.replaced_by->id.brief(),
                  result.replaced_by->id == model.id ? "the model itself" : "retired")
          .hint("name a model that is in use");
    }
  }
  if (!result.stages.empty() && !result.replaced_by && !request.force) {
    throw Error(ErrorCode::conflict, "{} {} holds {}", model.name, model.id.brief(),
                fmt::join(result.stages, ", "))
        .hint("name its successor with `--replaced-by MODEL`, or leave the stage empty with `--force`");
  }
  Json body =
      Json::object({{"decision", "retirement"},
                    {"model", model.id.hex()},
                    {"name", model.name},
                    {"reason", request.reason},
                    {"stages", result.stages},
                    {"replaced_by", result.replaced_by ? Json(result.replaced_by->id.hex()) : Json()}});
  result.record = workspace.decide(std::move(body), [&] {
    if (stage_state(workspace).held_by(model.id.hex()) != result.stages) {
      throw Error(ErrorCode::conflict, "stage_moved: {} {} no longer holds what it held", model.name,
                  model.id.brief())
          .hint("look at `mlp models`, then run the command again");
    }
  });
  return result;
}

std::vector<ModelLine> list_models(Workspace& workspace, const std::string& at) {
  const std::optional<std::string> until = at.empty() ? std::nullopt : std::optional(until_time(at));
  const policy::Stages state = stage_state(workspace, until);
  ModelFacts facts = model_facts(workspace, until);
  std::vector<ModelLine> holders;
  std::vector<ModelLine> others;
  for (const std::string& id : facts.newest_first()) {
    ModelLine& line = facts.lines[id];
    line.stages = state.held_by(id);
    if (state.is_retired(id)) {
      line.health = "retired";
    }
    for (const std::string& stage : line.stages) {
      line.since = format_utc(state.holder_of(stage)->since);
      const bool disputed = !state.stages.at(stage).conflicts.empty();
      line.health = disputed ? "in conflict" : line.health;
    }
    (line.stages.empty() ? others : holders).push_back(line);
  }
  std::stable_sort(holders.begin(), holders.end(),
                   [](const ModelLine& a, const ModelLine& b) { return a.since > b.since; });
  holders.insert(holders.end(), others.begin(), others.end());
  return holders;
}

Json to_json(const ModelLine& line) {
  return Json::object({{"schema", "mlp.model/1"},
                       {"name", line.name},
                       {"model", line.model.hex()},
                       {"stages", line.stages},
                       {"since", line.since},
                       {"owner", line.owner},
                       {"metric", line.metric},
                       {"value", line.value},
                       {"health", line.health}});
}

} // namespace mlp::workflow
