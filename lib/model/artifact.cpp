#include "model/artifact.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mlp::model {
namespace {

constexpr std::string_view k_schema_family = "mlp.features/";
constexpr std::string_view k_schema = "mlp.features/1";
/// Of a model with a calibrator or an external trainer: what only reads /1 would predict without them.
constexpr std::string_view k_extended_schema = "mlp.features/2";
constexpr const char* k_features_file = "features.json";
constexpr const char* k_booster_file = "model.ubj";

Json to_json(const Feature& feature) {
  Json json = Json::object({{"name", feature.name}, {"type", name_of(feature.type)}});
  if (feature.type == dataset::ColumnType::category) {
    json["categories"] = feature.categories;
  }
  if (!feature.spellings.empty()) {
    json["spellings"] = feature.spellings;
  }
  if (feature.min) {
    json["min"] = *feature.min;
  }
  if (feature.max) {
    json["max"] = *feature.max;
  }
  return json;
}

dataset::ColumnType type_from(const std::string& name) {
  using enum dataset::ColumnType;
  for (const auto type : {number, boolean, category, datetime}) {
    if (name_of(type) == name) {
      return type;
    }
  }
  throw Error(ErrorCode::corrupt, "features.json: '{}' is no type of a feature", name);
}

std::vector<std::string> strings_of(const Json& json) {
  std::vector<std::string> strings;
  if (!json.is_null()) {
    for (const Json& item : json.as_array()) {
      strings.push_back(item.as_string());
    }
  }
  return strings;
}

std::optional<double> number_of(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.as_number());
}

std::optional<std::string> string_of(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.as_string());
}

Feature feature_from(const Json& json) {
  Feature feature;
  feature.name = json["name"].as_string();
  feature.type = type_from(json["type"].as_string());
  feature.categories = strings_of(json["categories"]);
  feature.spellings = strings_of(json["spellings"]);
  feature.min = number_of(json["min"]);
  feature.max = number_of(json["max"]);
  return feature;
}

/// {"method":"platt","maps":[{"intercept","slope"}]}; isotonic maps are {"scores":[…],"probabilities":[…]},
/// a temperature is {"temperature"}.
Json to_json(const metrics::Calibrator& calibrator) {
  Json maps = Json::array();
  for (const metrics::ScoreMap& map : calibrator.maps) {
    if (const auto* line = std::get_if<metrics::LogitLine>(&map)) {
      maps.push_back(Json::object({{"intercept", line->intercept}, {"slope", line->slope}}));
    } else if (const auto* temperature = std::get_if<metrics::Temperature>(&map)) {
      maps.push_back(Json::object({{"temperature", temperature->value}}));
    } else {
      const auto& steps = std::get<metrics::IsotonicMap>(map);
      maps.push_back(Json::object({{"scores", steps.scores}, {"probabilities", steps.probabilities}}));
    }
  }
  return Json::object({{"method", name_of(calibrator.method)}, {"maps", std::move(maps)}});
}

std::vector<double> numbers_of(const Json& json) {
  std::vector<double> numbers;
  for (const Json& item : json.as_array()) {
    numbers.push_back(item.as_number());
  }
  return numbers;
}

metrics::ScoreMap score_map_from(const Json& json, Calibration method) {
  if (method == Calibration::platt) {
    return metrics::LogitLine{json["intercept"].as_number(), json["slope"].as_number()};
  }
  if (method == Calibration::temperature) {
    const metrics::Temperature temperature{json["temperature"].as_number()};
    if (!(temperature.value > 0.0)) {
      throw Error(ErrorCode::corrupt, "features.json: the calibrator's temperature is {}", temperature.value);
    }
    return temperature;
  }
  metrics::IsotonicMap steps{numbers_of(json["scores"]), numbers_of(json["probabilities"])};
  if (steps.scores.empty() || steps.scores.size() != steps.probabilities.size() ||
      !std::is_sorted(steps.scores.begin(), steps.scores.end())) {
    throw Error(ErrorCode::corrupt, "features.json: the calibrator's scores and probabilities do not fit");
  }
  return steps;
}

std::optional<metrics::Calibrator> calibrator_from(const Json& json, const Artifact& artifact) {
  if (json.is_null()) {
    return std::nullopt;
  }
  const auto method = calibration_from(json["method"].as_string());
  if (!method || *method == Calibration::none) {
    throw Error(ErrorCode::corrupt, "features.json: '{}' is no calibrator", json["method"].as_string());
  }
  metrics::Calibrator calibrator{*method, {}};
  for (const Json& map : json["maps"].as_array()) {
    calibrator.maps.push_back(score_map_from(map, *method));
  }
  const std::size_t wanted =
      metrics::maps_of(*method, artifact.task == Task::multiclass ? artifact.classes.size() : 1);
  if (!has_classes(artifact.task) || calibrator.maps.size() != wanted) {
    throw Error(ErrorCode::corrupt, "features.json: the calibrator has {} maps for a {} model of {} classes",
                calibrator.maps.size(), name_of(artifact.task), artifact.classes.size());
  }
  return calibrator;
}

Json parsed(std::string_view features) {
  try {
    return Json::parse(features, k_features_file);
  } catch (const Error& error) { // stored bytes, not what a user wrote: another code
    throw Error(ErrorCode::corrupt, "{}", error.what());
  }
}

void require_schema(const Json& json) {
  const std::string schema = json["schema"].string_or();
  if (schema == k_schema || schema == k_extended_schema) {
    return;
  }
  if (schema.starts_with(k_schema_family)) {
    throw Error(ErrorCode::input, "the model has the format '{}', which this mlp does not know", schema)
        .hint("upgrade mlp");
  }
  throw Error(ErrorCode::corrupt, "features.json is no description of a model: its schema is '{}'", schema);
}

std::vector<store::TreeItem> items_of(const Artifact& artifact, const ContentId& features,
                                      const ContentId& booster) {
  if (!artifact.external) {
    return {{k_features_file, features}, {k_booster_file, booster}};
  }
  std::vector<store::TreeItem> items = artifact.external->files;
  items.push_back({k_features_file, features});
  return items;
}

ContentId id_in(const std::vector<store::TreeItem>& items, std::string_view path, const ContentId& folder) {
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const store::TreeItem& item) { return item.path == path; });
  if (found == items.end()) {
    throw Error(ErrorCode::corrupt, "{} is no model: it holds no '{}'", folder.brief(), path);
  }
  return found->id;
}

} // namespace

std::string features_json(const Artifact& artifact) {
  Json json = Json::object({{"schema", artifact.calibrator ? k_extended_schema : k_schema},
                            {"task", name_of(artifact.task)},
                            {"target", artifact.target},
                            {"positive", artifact.positive},
                            {"classes", artifact.classes},
                            {"threshold", artifact.threshold},
                            {"calibrator", artifact.calibrator ? to_json(*artifact.calibrator) : Json()},
                            {"id", artifact.id_column},
                            {"features", Json::array()}});
  Json features = Json::array();
  for (const Feature& feature : artifact.features) {
    features.push_back(to_json(feature));
  }
  json["features"] = std::move(features);
  if (artifact.external) {
    json["schema"] = k_extended_schema;
    json["predict"] = artifact.external->predict;
  }
  return json.dump() + "\n";
}

Artifact parse_artifact(std::string_view features, std::string booster) {
  const Json json = parsed(features);
  require_schema(json);
  const auto task = task_from(json["task"].as_string());
  if (!task) {
    throw Error(ErrorCode::corrupt, "features.json: '{}' is no task", json["task"].as_string());
  }
  Artifact artifact;
  artifact.task = *task;
  artifact.target = json["target"].as_string();
  artifact.positive = string_of(json["positive"]);
  artifact.classes = strings_of(json["classes"]);
  artifact.threshold = json["threshold"].as_number();
  artifact.calibrator = calibrator_from(json["calibrator"], artifact);
  artifact.id_column = string_of(json["id"]);
  for (const Json& feature : json["features"].as_array()) {
    artifact.features.push_back(feature_from(feature));
  }
  artifact.booster = std::move(booster);
  if (const auto predict = string_of(json["predict"])) {
    artifact.external = ExternalModel{*predict, {}};
  }
  return artifact;
}

ContentId artifact_id(const Artifact& artifact) {
  return sha256(
      store::tree_listing(items_of(artifact, sha256(features_json(artifact)), sha256(artifact.booster))));
}

ContentId store_artifact(const Artifact& artifact, store::ObjectStore& store) {
  const ContentId features = store.put(features_json(artifact));
  const ContentId booster = artifact.external ? ContentId() : store.put(artifact.booster);
  return store.put_tree(items_of(artifact, features, booster));
}

Artifact load_artifact(const ContentId& id, const store::ObjectStore& store) {
  const auto items = store.get_tree(id);
  const std::string features = store.get(id_in(items, k_features_file, id));
  Artifact artifact = parse_artifact(features, "");
  if (!artifact.external) {
    artifact.booster = store.get(id_in(items, k_booster_file, id));
    return artifact;
  }
  artifact.external->files = items;
  std::erase_if(artifact.external->files,
                [](const store::TreeItem& item) { return item.path == k_features_file; });
  return artifact;
}

} // namespace mlp::model
