#include "workflow/explaining_rows.hpp"

#include "base/error.hpp"
#include "model/boosting.hpp"
#include "model/feature_value.hpp"
#include "model/predictions.hpp"
#include "report/numbers.hpp"
#include "workflow/trained_rows.hpp"

namespace mlp::workflow {
namespace {

constexpr std::size_t k_reference_rows = 2000; // a distance is the share of rows between two values
constexpr std::uint64_t k_row_stream = 0;

/// One whose trees can be asked why they say what they say of a row.
LoadedModel model_of_trees(Workspace& workspace, const std::string& text) {
  LoadedModel model = model_to_explain(workspace, text);
  if (model.artifact.external) {
    throw Error(ErrorCode::input,
                "cannot explain a row to {} {}: an external trainer made it, and what each feature adds to a "
                "prediction can only be read from trees",
                model.reference.name, model.reference.id.brief())
        .hint("without --row, mlp shows what the model looks at; for a row, use the trainer's own tools");
  }
  return model;
}

OpenedData row_data(Workspace& workspace, const config::Project& project, const LoadedModel& model,
                    const std::string& text) {
  const auto options = model_read_options(workspace, project, model.artifact);
  if (!text.empty()) {
    return open_data(workspace, text, options);
  }
  OpenedData data;
  data.version = tested_dataset(model.run.body);
  data.name = model.run.body["dataset_name"].string_or();
  data.table = dataset::read_version(data.version, data.name, options, workspace.store());
  return data;
}

std::size_t position_of(const OpenedData& data, std::int64_t row) {
  if (row >= 1 && row <= static_cast<std::int64_t>(data.table.rows)) {
    return static_cast<std::size_t>(row - 1);
  }
  const std::string hint = fmt::format("give a number from 1, the first data row, to {}", data.table.rows);
  if (row < 1) {
    throw Error(ErrorCode::usage, "--row {}: rows are counted from 1", row).hint(hint);
  }
  throw Error(ErrorCode::not_found, "there is no row {}: {} {} has {} rows", row, data.name,
              data.version.brief(), report::thousands(static_cast<std::int64_t>(data.table.rows)))
      .hint(hint);
}

Json change_json(const model::Feature& feature, const model::Change& change) {
  return Json::object(
      {{"feature", feature.name},
       {"to", model::value_text(feature, change.to)},
       {"from_on", change.from_on ? Json(model::value_text(feature, *change.from_on)) : Json()},
       {"below", change.below ? Json(model::value_text(feature, *change.below)) : Json()},
       {"distance", change.distance},
       {"score", change.score}});
}

} // namespace

ExplainRowResult explain_row(Workspace& workspace, const ExplainRequest& request) {
  const LoadedModel model = model_of_trees(workspace, request.model);
  const OpenedData data = row_data(workspace, workspace.project(), model, request.data);
  const auto row = static_cast<std::uint32_t>(position_of(data, *request.row));
  const dataset::Table& table = data.table;
  const model::Predictor predictor(model.artifact, workspace.xgboost(), workspace.context().threads);
  const std::vector<float> encoded = predictor.encoded(table, {row});

  ExplainRowResult result;
  result.name = model.reference.name;
  result.model = model.reference.id;
  result.dataset = data.version;
  result.dataset_name = data.name;
  result.row = *request.row;
  result.artifact = model.artifact;
  result.artifact.booster.clear();
  const std::vector<bool> personal = personal_features(model.artifact, table);
  for (std::size_t i = 0; i < personal.size(); ++i) {
    const dataset::Column& column = table.column(model.artifact.features[i].name);
    result.values.push_back(dataset::shown_text(column, row, personal[i]));
  }
  if (table.find(model.artifact.target) != nullptr) {
    const dataset::Column& target = table.column(model.artifact.target);
    result.label = target.missing(row) ? std::nullopt : std::optional(target.text(row));
    std::vector<bool> trained(table.rows, false);
    mark_alike(workspace, model, table, trained);
    result.is_trained_on = trained[row];
  }
  result.explanation = model::explain_row(predictor, encoded);
  const auto& scores = result.explanation.scores;
  result.prediction = has_classes(model.artifact.task)
                          ? model::predicted_class(model::layout_of(model.artifact, table), scores)
                          : shortest(scores[0]);
  const auto reference = model::sample_positions(table.rows, k_reference_rows, 0, k_row_stream);
  result.changes = model::nearest_changes(predictor, encoded, predictor.encoded(table, reference));
  std::erase_if(result.changes, [&](const model::Change& change) { return personal[change.feature]; });
  return result;
}

Json to_json(const ExplainRowResult& result) {
  const model::Artifact& artifact = result.artifact;
  const bool has_class = has_classes(artifact.task);
  Json contributions = Json::array();
  for (std::size_t i = 0; i < artifact.features.size(); ++i) {
    contributions.push_back(
        Json::object({{"feature", artifact.features[i].name},
                      {"value", result.values[i].empty() ? Json() : Json(result.values[i])},
                      {"contribution", result.explanation.contributions[i]}}));
  }
  Json changes = Json::array();
  for (const model::Change& change : result.changes) {
    changes.push_back(change_json(artifact.features[change.feature], change));
  }
  const std::size_t explained = artifact.task == Task::binary ? 1 : result.explanation.output;
  return Json::object({{"schema", "mlp.explanation/1"},
                       {"about", "row"},
                       {"model", result.model.hex()},
                       {"name", result.name},
                       {"dataset", result.dataset.hex()},
                       {"dataset_name", result.dataset_name},
                       {"row", result.row},
                       {"trained_on", result.is_trained_on},
                       {"label", result.label},
                       {"prediction", result.prediction},
                       {"scores", result.explanation.scores},
                       {"classes", artifact.classes},
                       {"threshold", artifact.task == Task::binary ? Json(artifact.threshold) : Json()},
                       {"class", has_class ? Json(artifact.classes[explained]) : Json()},
                       {"margin", result.explanation.margin},
                       {"base_value", result.explanation.base_value},
                       {"contributions", std::move(contributions)},
                       {"changes", std::move(changes)}});
}

} // namespace mlp::workflow
