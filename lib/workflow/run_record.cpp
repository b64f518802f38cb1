#include "workflow/run_record.hpp"

#include "dataset/fingerprints.hpp"
#include "os/machine.hpp"
#include "workflow/evidence.hpp"
#include "workflow/recorded_checks.hpp"

namespace mlp::workflow {
namespace {

using dataset::Part;

Json curve_json(const std::vector<model::CurvePoint>& curve) {
  Json points = Json::array();
  for (const model::CurvePoint& point : curve) {
    Json item = Json::object({{"round", point.round}});
    for (const auto& [name, value] : point.values) {
      item[name] = value;
    }
    points.push_back(std::move(item));
  }
  return Json::object({{"schema", "mlp.curve/1"}, {"points", std::move(points)}});
}

ContentId store_fingerprints(Workspace& workspace, const RunData& data, const dataset::Split& split,
                             const config::Project& project) {
  const auto prints = dataset::row_fingerprints(data.main.table, project, workspace.context().threads);
  std::vector<std::uint64_t> seen;
  for (std::size_t row = 0; row < prints.size(); ++row) {
    if (split.part[row] == Part::train || split.part[row] == Part::valid) {
      seen.push_back(prints[row]);
    }
  }
  return workspace.store().put(dataset::serialise_fingerprints(std::move(seen)));
}

Json environment_json(const TrainRequest& request, Workspace& workspace, bool external) {
  const os::Machine machine = os::this_machine();
  return Json::object({{"mlp", request.mlp_version},
                       {"xgboost", external ? Json() : Json(workspace.xgboost().version())},
                       {"compiler", __VERSION__},
                       {"cpu", machine.cpu},
                       {"cores", machine.cores},
                       {"threads", workspace.context().threads},
                       {"system", machine.system}});
}

Json split_json(const config::Project& project, const dataset::Split& split) {
  return Json::object({{"by", name_of(project.data.split.by)},
                       {"seed", project.data.split.seed},
                       {"id", dataset::split_id(project).hex()},
                       {"train", split.train},
                       {"valid", split.valid},
                       {"test", split.test},
                       {"dropped", split.dropped},
                       {"gap", split.gap}});
}

Json external_json(const config::Project& project, const model::TrainResult& trained,
                   store::ObjectStore& store) {
  const config::ExternalTrainer& trainer = *project.model.external;
  return Json::object({{"command", trainer.command},
                       {"predict", trainer.predict},
                       {"timeout_seconds", trainer.timeout_seconds},
                       {"exit", 0}, // of any other, nothing is recorded
                       {"duration_seconds", trained.external->seconds},
                       {"log", store.put(trained.external->log).hex()},
                       {"files", trained.artifact.external->files.size()},
                       {"bytes", trained.external->bytes},
                       {"deterministic", nullptr}}); // nobody knows
}

} // namespace

Json run_record(Workspace& workspace, const TrainRequest& request, const config::Project& project,
                const RunData& data, const TrainResult& result) {
  auto& store = workspace.store();
  const model::TrainResult& trained = result.trained;
  Json params = Json::object();
  for (const auto& [name, value] : trained.params) {
    params[name] = value;
  }
  Json body =
      Json::object({{"model", result.model.hex()},
                    {"name", project.name},
                    {"task", name_of(project.model.task)},
                    {"dataset", result.dataset.hex()},
                    {"dataset_name", result.dataset_name},
                    {"data_path", project.data.paths},
                    {"rows", result.rows},
                    {"columns", result.columns},
                    {"split", split_json(project, result.split)},
                    {"sections", section_hashes(project)},
                    {"config", store.put(project.document.dump()).hex()},
                    {"params", std::move(params)},
                    {"rounds", trained.rounds},
                    {"best_round", trained.best_round},
                    {"seed", project.model.seed},
                    {"trainer", project.model.trainer},
                    {"settings", request.settings},
                    {"environment", environment_json(request, workspace, trained.external.has_value())},
                    {"curve", store.put(curve_json(trained.curve).dump()).hex()},
                    {"fingerprints", store_fingerprints(workspace, data, result.split, project).hex()},
                    {"headline", Json::object({{"owner", project.product["owner"]["name"]}})},
                    {"message", request.message}});
  record_checks(body, result.checks);
  if (trained.valid_value) {
    body["valid_metric"] = Json::object({{"name", trained.valid_metric}, {"value", *trained.valid_value}});
  }
  if (result.spread) {
    body["seeds"] = to_json(*result.spread);
  }
  if (const auto& calibration = trained.calibration) {
    body["calibration"] = Json::object({{"method", name_of(calibration->method)},
                                        {"n", calibration->rows},
                                        {"log_loss_before", calibration->loss_before},
                                        {"log_loss_after", calibration->loss_after}});
  }
  if (trained.external) {
    body["external"] = external_json(project, trained, store);
  }
  if (result.schema_text) {
    body["data_schema"] = store.put(*result.schema_text).hex();
  }
  if (data.test) {
    body["test_file"] =
        Json::object({{"dataset", data.test->version.id.hex()}, {"path", project.data.split.test_file}});
  }
  return body;
}

} // namespace mlp::workflow
