#include "workflow/data_uses.hpp"

#include "report/numbers.hpp"
#include "workflow/stage_state.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace mlp::workflow {
namespace {

TrainedModel* find(DataUses& uses, const std::string& model) {
  const auto found = std::find_if(uses.models.begin(), uses.models.end(),
                                  [&](const TrainedModel& known) { return known.model == model; });
  return found == uses.models.end() ? nullptr : &*found;
}

std::string counted(std::size_t n, std::string_view one) {
  return fmt::format("{} {}{}", report::thousands(static_cast<std::int64_t>(n)), one, n == 1 ? "" : "s");
}

} // namespace

DataUses uses_of(Workspace& workspace, const std::vector<std::string>& datasets) {
  const auto is_one = [&](const std::string& id) {
    return std::find(datasets.begin(), datasets.end(), id) != datasets.end();
  };
  DataUses uses;
  for (const ledger::Entry& entry : workspace.ledger().entries()) {
    const bool of_it = is_one(entry.dataset);
    if (entry.kind == "run") {
      const bool tested =
          !of_it && is_one(workspace.ledger().read(entry.id).body["test_file"]["dataset"].string_or());
      if (of_it || tested) {
        TrainedModel* known = find(uses, entry.model);
        if (known == nullptr) {
          known = &uses.models.emplace_back(TrainedModel{entry.name, entry.model, {}, {}, false});
        }
        known->runs.push_back(entry.id.hex());
      }
    } else if (entry.kind == "evaluation" && (of_it || find(uses, entry.model) != nullptr)) {
      uses.evaluations.push_back(entry.id.hex());
    } else if (entry.kind == "decision" && find(uses, entry.model) != nullptr) {
      uses.decisions.push_back(entry.id.hex());
    }
  }
  if (workspace.has_project()) {
    const policy::Stages state = stage_state(workspace);
    for (TrainedModel& model : uses.models) {
      model.stages = state.held_by(model.model);
      model.retired = state.is_retired(model.model);
    }
  }
  return uses;
}

Json to_json(const DataUses& uses) {
  Json models = Json::array();
  for (const TrainedModel& model : uses.models) {
    models.push_back(Json::object({{"name", model.name},
                                   {"model", model.model},
                                   {"runs", model.runs},
                                   {"stages", model.stages},
                                   {"retired", model.retired}}));
  }
  return Json::object(
      {{"models", std::move(models)}, {"evaluations", uses.evaluations}, {"decisions", uses.decisions}});
}

std::string uses_text(const DataUses& uses) {
  if (uses.models.empty() && uses.evaluations.empty()) {
    return "nothing was made from it";
  }
  std::vector<std::string> held;
  for (const TrainedModel& model : uses.models) {
    if (!model.stages.empty()) {
      held.push_back(
          fmt::format("{} by {} {}", fmt::join(model.stages, " and "), model.name, model.model.substr(0, 7)));
    }
  }
  return fmt::format("{}, {}, {}; {}", counted(uses.models.size(), "model"),
                     counted(uses.evaluations.size(), "evaluation"),
                     counted(uses.decisions.size(), "decision"),
                     held.empty() ? std::string("no stage is held by a model made from it now")
                                  : fmt::format("held now: {}", fmt::join(held, ", ")));
}

} // namespace mlp::workflow
