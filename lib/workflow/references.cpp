#include "workflow/references.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "workflow/lookup.hpp"
#include "workflow/policy_source.hpp"
#include "workflow/stage_state.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace mlp::workflow {
namespace {

using Kind = Reference::Kind;

constexpr std::size_t k_shortest_prefix = 4;

bool is_hex_prefix(std::string_view text) {
  return text.size() >= k_shortest_prefix && text.size() <= 64 &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string describe(const Reference& reference) {
  switch (reference.kind) {
  case Kind::model:
    return fmt::format("model {} {}", reference.name, reference.id.brief());
  case Kind::dataset:
    return fmt::format("dataset {} {}", reference.name, reference.id.brief());
  case Kind::record:
    break;
  }
  return fmt::format("{} {}", reference.entry->kind, reference.id.brief());
}

enum class Among { everything, models, datasets };

std::optional<Reference> by_prefix(Workspace& workspace, std::string_view prefix, Among among) {
  if (!is_hex_prefix(prefix)) {
    return std::nullopt;
  }
  std::set<std::string> models;
  std::set<std::string> datasets;
  std::vector<Reference> found;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind == "run" && entry.model.starts_with(prefix)) {
      models.insert(entry.model);
    }
    if (entry.dataset.starts_with(prefix)) {
      datasets.insert(entry.dataset);
    }
    if (among != Among::datasets && entry.id.hex().starts_with(prefix)) {
      found.push_back({Kind::record, entry.id, entry.name, entry});
    }
  }
  if (among != Among::datasets) {
    for (const std::string& model : models) {
      found.push_back(*model_by_id(workspace, model));
    }
  }
  if (among != Among::models) {
    for (const std::string& dataset : datasets) {
      found.push_back(*dataset_by_id(workspace, dataset));
    }
  }
  if (found.size() > 1) {
    std::vector<std::string> names;
    names.reserve(found.size());
    for (const Reference& reference : found) {
      names.push_back(describe(reference));
    }
    throw Error(ErrorCode::ambiguous, "'{}' names more than one thing: {}", prefix, fmt::join(names, ", "))
        .hint("type more digits of the one you mean");
  }
  return found.empty() ? std::nullopt : std::optional(found.front());
}

/// `name@HEAD`: the newest model whose run was made from the code tree of HEAD.
Reference model_at_head(Workspace& workspace, std::string_view name) {
  const git::CodeState code = workspace.repository().code_state();
  const auto& entries = workspace.ledger().entries();
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->kind == "run" && entry->name == name && entry->project == workspace.project_path()) {
      const Json body = workspace.ledger().read(entry->id).body;
      const Json& run_code = body["code"];
      if (code.tree && run_code["tree"].string_or() == *code.tree && run_code["clean"].bool_or(false)) {
        return {Kind::model, *ContentId::from_hex(entry->model), entry->name, *entry};
      }
    }
  }
  throw Error(ErrorCode::not_found, "no model '{}' was trained from the code that HEAD holds", name)
      .hint("run `mlp train` on a clean checkout of this commit");
}

/// `name@stage` or `name@stage~N`.
Reference model_at_stage(Workspace& workspace, std::string_view name, std::string_view stage) {
  std::size_t back = 0;
  if (const auto tilde = stage.find('~'); tilde != std::string_view::npos) {
    const std::string_view digits = stage.substr(tilde + 1);
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), back);
    if (failure != std::errc() || end != digits.data() + digits.size()) {
      throw Error(ErrorCode::not_found, "'{}@{}': what follows '~' must be a number", name, stage)
          .hint(fmt::format("type `{}@{}~1` for the holder before this one", name, stage.substr(0, tilde)));
    }
    stage = stage.substr(0, tilde);
  }
  const policy::Stages state = stage_state(workspace);
  const auto found = state.stages.find(std::string(stage));
  const policy::Tenure* holding = nullptr;
  if (found != state.stages.end()) {
    holding = back == 0 ? found->second.holder() : found->second.before(back);
  }
  if (holding == nullptr) {
    std::vector<std::string> known;
    for (const auto& [known_stage, ignored] : state.stages) {
      known.push_back(known_stage);
    }
    for (const std::string& known_stage : stage_names(workspace)) {
      known.push_back(known_stage);
    }
    auto error = back > 0 ? Error(ErrorCode::not_found, "no model held stage '{}' {} before", stage, back)
                          : Error(ErrorCode::not_found, "no model holds stage '{}'", stage);
    if (const auto close = nearest(stage, known); close && *close != stage) {
      throw std::move(error).hint(fmt::format("did you mean `{}@{}`?", name, *close));
    }
    if (std::find(known.begin(), known.end(), stage) == known.end()) {
      throw std::move(error).hint("`mlp models` lists who holds which stage");
    }
    throw std::move(error).hint(fmt::format("run `mlp promote --to {}`", stage));
  }
  if (holding->name != name) {
    throw Error(ErrorCode::not_found, "stage '{}' is held by '{}', not by '{}'", stage, holding->name, name)
        .hint(fmt::format("type `{}@{}`", holding->name, stage));
  }
  const auto model = model_by_id(workspace, holding->model);
  if (!model) {
    throw Error(ErrorCode::not_found, "the run of model {} is not in the ledger", holding->model.substr(0, 7))
        .hint("run `mlp audit`");
  }
  return *model;
}

/// What stands after '@': HEAD or a stage.
Reference model_at(Workspace& workspace, std::string_view name, std::string_view place) {
  if (place.starts_with("HEAD~")) {
    throw Error(ErrorCode::not_found, "'{}@{}': only '{}@HEAD' names a model by its code", name, place, name)
        .hint("name the model by its id: `mlp log --kind run` lists the runs");
  }
  return place == "HEAD" ? model_at_head(workspace, name) : model_at_stage(workspace, name, place);
}

bool is_path(const Workspace& workspace, std::string_view text) {
  return !text.empty() && dataset::is_there(workspace.context().directory / fs::path(text));
}

/// A dataset by its path: the version that its bytes have now.
std::optional<Reference> dataset_by_path(Workspace& workspace, std::string_view text) {
  if (!is_path(workspace, text)) {
    return std::nullopt;
  }
  const fs::path path = workspace.context().directory / fs::path(text);
  const auto version =
      dataset::version_of(path, std::string(text), &workspace.hash_cache(path), workspace.context().now_ns(),
                          &workspace.context().progress, &workspace.context().interrupt);
  auto known = dataset_by_id(workspace, version.id.hex());
  if (!known) {
    throw Error(ErrorCode::not_found, "the bytes of '{}' are no recorded version", text)
        .hint(fmt::format("run `mlp data add {}`", text));
  }
  return known;
}

[[noreturn]] void unknown(Workspace& workspace, std::string_view text, Among among) {
  if (among == Among::models && dataset_by_name(workspace, text)) {
    throw Error(ErrorCode::not_found, "'{}' is a dataset, not a model", text)
        .hint("`mlp models` lists the models");
  }
  std::set<std::string> names;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if ((entry.kind == "run" && among != Among::datasets) ||
        (entry.kind == "dataset" && among != Among::models)) {
      names.insert(entry.name);
    }
  }
  const std::vector<std::string> candidates(names.begin(), names.end());
  auto error = Error(ErrorCode::not_found, "'{}' names nothing here", text);
  if (const auto close = nearest(text, candidates)) {
    throw std::move(error).hint(fmt::format("did you mean `{}`?", *close));
  }
  if (workspace.ledger().entries().empty()) {
    throw std::move(error).hint("nothing is recorded yet: run `mlp train`");
  }
  throw std::move(error).hint("`mlp log` lists what is recorded, `mlp models` and `mlp data list` the names");
}

std::optional<Reference> find(Workspace& workspace, std::string_view text, Among among) {
  const bool may_be_data = among == Among::everything && // data/a@b.csv is no stage
                           (is_path(workspace, text) || dataset_by_name(workspace, text));
  if (const auto at = text.rfind('@');
      at != std::string_view::npos && among != Among::datasets && !may_be_data) {
    return model_at(workspace, text.substr(0, at), text.substr(at + 1));
  }
  std::optional<Reference> model = among == Among::datasets ? std::nullopt : model_by_name(workspace, text);
  std::optional<Reference> data = among == Among::models ? std::nullopt : dataset_by_name(workspace, text);
  if (model && data) {
    throw Error(ErrorCode::ambiguous, "'{}' is the name of a model and of a dataset", text)
        .hint(fmt::format("type `model:{}` or `data:{}`", text, text));
  }
  if (model || data) {
    return model ? model : data;
  }
  return by_prefix(workspace, text, among);
}

} // namespace

Reference resolve(Workspace& workspace, std::string_view text) {
  if (text.starts_with("model:")) {
    return resolve_model(workspace, text.substr(6));
  }
  if (text.starts_with("data:")) {
    return resolve_dataset(workspace, text.substr(5));
  }
  if (auto found = find(workspace, text, Among::everything)) {
    return *found;
  }
  if (auto found = dataset_by_path(workspace, text)) {
    return *found;
  }
  unknown(workspace, text, Among::everything);
}

Reference resolve_model(Workspace& workspace, std::string_view text) {
  if (text.starts_with("model:")) {
    text.remove_prefix(6);
  }
  auto found = find(workspace, text, Among::models);
  if (!found) {
    unknown(workspace, text, Among::models);
  }
  if (found->kind == Kind::record) {
    auto model = model_by_id(workspace, found->entry->model);
    if (!model) {
      throw Error(ErrorCode::not_found, "'{}' is a {}, not a model", text, found->entry->kind)
          .hint("`mlp models` lists the models");
    }
    return *model;
  }
  return *found;
}

void require_own_model(Workspace& workspace, const Reference& model) {
  const std::string id = model.id.hex();
  std::string other;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    if (entry.kind == "run" && entry.model == id) {
      if (entry.project == workspace.project_path()) {
        return;
      }
      other = entry.project;
    }
  }
  throw Error(ErrorCode::input, "model {} {} belongs to the project in '{}', not to this one", model.name,
              model.id.brief(), other)
      .hint("run the command there: `mlp -C DIR …`");
}

Reference newest_model(Workspace& workspace) {
  const auto& entries = workspace.ledger().entries();
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->kind == "run" && entry->project == workspace.project_path()) {
      return {Kind::model, *ContentId::from_hex(entry->model), entry->name, *entry};
    }
  }
  throw Error(ErrorCode::not_found, "this project has no model yet").hint("run `mlp train`");
}

DefaultModel serving_model(Workspace& workspace) {
  const policy::Stages state = stage_state(workspace);
  const std::string last = last_stage(workspace);
  if (const policy::Tenure* holding = state.holder_of(last)) {
    if (auto model = model_by_id(workspace, holding->model)) {
      return {*model, ""};
    }
  }
  const auto& entries = workspace.ledger().entries();
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->kind == "run" && entry->project == workspace.project_path() &&
        !state.is_retired(entry->model)) {
      Reference model{Kind::model, *ContentId::from_hex(entry->model), entry->name, *entry};
      const std::string note = fmt::format("no model holds stage '{}': using the newest, {} {}", last,
                                           model.name, model.id.brief());
      return {std::move(model), note};
    }
  }
  throw Error(ErrorCode::not_found, "this project has no model to use").hint("run `mlp train`");
}

Reference resolve_dataset(Workspace& workspace, std::string_view text) {
  if (text.starts_with("data:")) {
    text.remove_prefix(5);
  }
  if (auto found = find(workspace, text, Among::datasets)) {
    if (found->kind == Kind::dataset) {
      return *found;
    }
  }
  if (auto found = dataset_by_path(workspace, text)) {
    return *found;
  }
  if (auto found = dataset_of_runs(workspace, text)) {
    return *found;
  }
  unknown(workspace, text, Among::datasets);
}

ledger::Record run_of(Workspace& workspace, const ContentId& model) {
  const auto found = model_by_id(workspace, model.hex());
  if (!found) {
    throw Error(ErrorCode::not_found, "no run of model {} is recorded", model.brief())
        .hint("`mlp models` lists the models");
  }
  return workspace.ledger().read(found->entry->id);
}

} // namespace mlp::workflow
