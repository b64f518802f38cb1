#include "config/sections.hpp"
#include "config/threshold_rule.hpp"

namespace mlp::config {
namespace {

Json format_json(const FormatConfig& format) {
  Json missing;
  if (format.missing) {
    missing = Json(*format.missing);
  }
  Json json =
      Json::object({{"delimiter", format.delimiter ? Json(std::string(1, *format.delimiter)) : Json()},
                    {"header", format.header ? Json(*format.header) : Json()},
                    {"missing", missing},
                    {"encoding", Json(format.encoding)}});
  // Absent unless declared: the hashes of projects without them are what they were.
  if (format.decimal) {
    json["decimal"] = std::string(1, *format.decimal);
  }
  if (format.thousands) {
    json["thousands"] = std::string(1, *format.thousands);
  }
  return json;
}

/// A protected column is not offered to the trainer unless mlp.yaml says so.
Role effective_role(const ColumnConfig& column, bool is_target) {
  if (is_target) {
    return Role::target;
  }
  return column.role.value_or(column.is_protected ? Role::ignore : Role::feature);
}

Json column_json(const ColumnConfig& column, bool is_target) {
  Json values;
  if (column.values) {
    values = Json(*column.values);
  }
  return Json::object({{"type", Json(column.type)},
                       {"role", Json(name_of(effective_role(column, is_target)))},
                       {"protected", Json(column.is_protected)},
                       {"min", Json(column.min)},
                       {"max", Json(column.max)},
                       {"max_missing", Json(column.max_missing)},
                       {"values", values},
                       {"unit", Json(column.unit)}});
}

/// Only columns that say something: `{tenure: {}}` means the same as its absence.
Json columns_json(const DataConfig& data) {
  const Json plain = column_json(ColumnConfig(), false);
  const Json plain_target = column_json(ColumnConfig(), true);
  Json columns = Json::object();
  for (const auto& [name, column] : data.columns) {
    const bool is_target = name == data.target;
    Json json = column_json(column, is_target);
    if (json != (is_target ? plain_target : plain)) {
      columns[name] = std::move(json);
    }
  }
  return columns;
}

Json time_json(const std::optional<UnixSeconds>& time) { return time ? Json(format_utc(*time)) : Json(); }

Json split_json(const SplitConfig& split) {
  if (split.by == SplitBy::time) {
    return Json::object({{"by", Json(name_of(split.by))},
                         {"test_from", time_json(split.test_from)},
                         {"valid_from", time_json(split.valid_from)},
                         {"gap_seconds", Json(split.gap_seconds)}});
  }
  return Json::object({{"by", Json(name_of(split.by))},
                       {"key", Json(split.key)},
                       {"seed", Json(split.seed)},
                       {"test", split.by == SplitBy::file ? Json(split.test_file) : Json(split.test)},
                       {"valid", Json(split.valid)}});
}

} // namespace

Json data_section(const Project& project) {
  const DataConfig& data = project.data;
  return Json::object({{"path", Json(data.paths)},
                       {"format", format_json(data.format)},
                       {"target", Json(data.target)},
                       {"positive", Json(data.positive)},
                       {"columns", columns_json(data)},
                       {"split", split_json(data.split)}});
}

Json evaluation_section(const Project& project) {
  const EvaluationConfig& evaluation = project.evaluation;
  Json slices = Json::array();
  for (const SliceConfig& slice : evaluation.slices) {
    slices.push_back(Json::object({{"columns", Json(slice.columns)}, {"bins", Json(slice.bins)}}));
  }
  Json decision = Json::object({{"costs", evaluation.decision.costs}});
  if (project.model.task == Task::binary) {
    const bool is_chosen = threshold_rule(evaluation.decision).is_chosen();
    decision["threshold"] =
        is_chosen ? evaluation.decision.as_written["threshold"] : Json(evaluation.decision.threshold);
    if (is_chosen) { // a capacity is a share of it
      decision["volume"] = evaluation.decision.as_written["volume"];
    }
  }
  Json section =
      Json::object({{"metrics", Json(evaluation.metrics)},
                    {"decision", decision},
                    {"slices", slices},
                    {"reference_population", project.document["evaluation"]["reference_population"]},
                    {"bootstrap", Json(evaluation.bootstrap)},
                    {"confidence", Json(evaluation.confidence)},
                    {"seed", Json(evaluation.seed)}});
  for (const char* key :
       {"current_rule", "fairness", "conformal"}) { // absent where not written: older evidence stays valid
    if (project.document["evaluation"].has(key)) {
      section[key] = project.document["evaluation"][key];
    }
  }
  return section;
}

namespace {

/// The commands, but not their time limit, which makes no other model.
Json trainer_json(const ModelConfig& model) {
  if (!model.external) {
    return model.trainer;
  }
  return Json::object({{"command", model.external->command}, {"predict", model.external->predict}});
}

} // namespace

Json model_section(const Project& project) {
  const ModelConfig& model = project.model;
  Json params = Json::object();
  for (const auto& [name, value] : model.params) {
    params[name] = value;
  }
  return Json::object({{"task", Json(name_of(model.task))},
                       {"trainer", trainer_json(model)},
                       {"rounds", Json(model.rounds)},
                       {"early_stopping", Json(model.early_stopping)},
                       {"params", params},
                       {"class_weight", Json(model.balanced ? "balanced" : "none")},
                       {"calibrate", Json(name_of(model.calibrate))},
                       {"seed", Json(model.seed)}});
}

} // namespace mlp::config
