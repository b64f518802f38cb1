#include "config/scalars.hpp"
#include "config/sections.hpp"

#include <fmt/format.h>

#include <array>

namespace mlp::config {
namespace {

constexpr std::array<std::string_view, 2> k_class_weights = {"none", "balanced"};
constexpr Range k_rounds = {1.0, 1e6};
constexpr Range k_patience = {0.0, 1e6};
constexpr Range k_seed = {0.0, 2147483647.0}; // xgboost keeps its seed in 32 bits

Task read_task(MapReader& section) {
  section.require("task", "binary, multiclass, regression or ranking");
  const auto task = section.choice("task", k_task_names);
  return task_from(task.value_or("binary")).value_or(Task::binary);
}

ExternalTrainer read_external(MapReader section) {
  section.require("command", "the command that trains");
  section.require("predict", "the command that predicts with what was trained");
  ExternalTrainer external;
  external.command = section.text("command").value_or("");
  external.predict = section.text("predict").value_or("");
  external.timeout_seconds = section.duration("timeout");
  if (external.timeout_seconds && *external.timeout_seconds <= 0) {
    section.findings().error(RuleId::out_of_range, section.position_of("timeout"),
                             fmt::format("'{}' is 0: no command ends in no time", section.path_of("timeout")),
                             "leave it out for no limit");
  }
  section.finish();
  return external;
}

void read_trainer(MapReader& section, ModelConfig& model) {
  const YamlNode* trainer = section.find("trainer");
  if (trainer == nullptr) {
    return;
  }
  if (trainer->kind == YamlNode::Kind::map) {
    model.trainer = "external";
    model.external = read_external(section.map("trainer"));
    return;
  }
  constexpr std::array<std::string_view, 1> built_in = {"xgboost"};
  section.choice("trainer", built_in);
}

/// Any value: what each parameter takes is the trainer's business, and is judged where the trainer is known.
std::map<std::string, Json> read_params(const MapReader& section) {
  std::map<std::string, Json> params;
  for (const auto& [name, value] : section.node().members) {
    if (value.kind != YamlNode::Kind::null) {
      params.emplace(name, to_json(value));
    }
  }
  return params;
}

} // namespace

ModelConfig read_model(MapReader section) {
  ModelConfig model;
  model.task = read_task(section);
  read_trainer(section, model);
  model.rounds = section.integer("rounds", k_rounds).value_or(model.rounds);
  model.early_stopping = section.integer("early_stopping", k_patience).value_or(model.early_stopping);
  model.params = read_params(section.map("params"));
  model.balanced = section.choice("class_weight", k_class_weights) == "balanced";
  const auto calibrate = section.choice("calibrate", k_calibration_names);
  model.calibrate = calibration_from(calibrate.value_or("none")).value_or(Calibration::none);
  model.seed = section.integer("seed", k_seed).value_or(0);
  section.finish();
  return model;
}

} // namespace mlp::config
