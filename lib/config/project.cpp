#include "config/project.hpp"

#include "config/overrides.hpp"
#include "config/scalars.hpp"
#include "config/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace mlp::config {
namespace {

constexpr std::string_view k_schema = "mlp.project/1";

/// Where every key and list item stands: "data.path", "evaluation.slices[0]".
void collect_positions(const YamlNode& node, const std::string& path,
                       std::map<std::string, Position>& positions) {
  for (std::size_t i = 0; i < node.members.size(); ++i) {
    const auto& [key, value] = node.members[i];
    const std::string below = path.empty() ? key : fmt::format("{}.{}", path, key);
    positions.emplace(below, node.key_positions[i]);
    collect_positions(value, below, positions);
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const std::string below = fmt::format("{}[{}]", path, i);
    positions.emplace(below, node.items[i].position);
    collect_positions(node.items[i], below, positions);
  }
}

/// A name stands in references ("income@production", "model:income"), so it holds none of their marks.
std::string read_name(MapReader& root) {
  root.require("name", "what the models of this project are called");
  const auto name = root.text("name");
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  };
  if (name && (name->empty() || name->front() == '-' || name->front() == '.' ||
               !std::all_of(name->begin(), name->end(), fits))) {
    root.findings().error(RuleId::invalid_value, root.find("name")->position,
                          fmt::format("'name' is '{}', not letters, digits, '_', '-' and '.'", *name));
  }
  return name.value_or("");
}

bool read_reject_invalid(MapReader section) {
  constexpr std::array<std::string_view, 2> reactions = {"flag", "reject"};
  const auto on_invalid = section.choice("on_invalid", reactions);
  section.finish();
  return on_invalid == "reject";
}

LedgerConfig read_ledger(MapReader section) {
  LedgerConfig ledger;
  ledger.branch = section.text("branch").value_or(ledger.branch);
  ledger.remote = section.text("remote").value_or(ledger.remote);
  section.finish();
  return ledger;
}

Project read_project(const YamlNode& tree, const MetricsByTask& metrics, FindingList& findings) {
  Project project;
  MapReader root(tree, "", findings);
  collect_positions(tree, "", project.positions);
  project.document = to_json(tree);
  root.require_schema(k_schema);
  project.name = read_name(root);
  check_product(root.map("product"));
  project.product = std::as_const(project.document)["product"];
  for (const std::string_view section : {"data", "model"}) {
    root.require(section, "see `mlp init --list` for templates that have it");
  }
  if (root.has("data")) {
    project.data = read_data(root.map("data"));
  }
  if (root.has("model")) {
    project.model = read_model(root.map("model"));
  }
  project.evaluation = read_evaluation(root.map("evaluation"));
  check_monitoring(root.map("monitoring"));
  project.reject_invalid = read_reject_invalid(root.map("predict"));
  project.ledger = read_ledger(root.map("ledger"));
  root.finish();
  check_combinations(project, metrics, findings);
  project.data_section = data_section(project);
  project.evaluation_section = evaluation_section(project);
  project.model_section = model_section(project);
  return project;
}

bool holds_something(const Json& value) {
  if (value.is_string()) {
    return value.as_string().find_first_not_of(" \t\r\n") != std::string::npos;
  }
  if (value.is_array()) {
    const auto& items = value.as_array();
    return !items.empty() && std::all_of(items.begin(), items.end(), holds_something);
  }
  if (value.is_object()) {
    const auto& members = value.as_object();
    return !members.empty() && std::all_of(members.begin(), members.end(),
                                           [](const auto& member) { return holds_something(member.second); });
  }
  return !value.is_null();
}

} // namespace

const std::vector<std::string>& section_names() {
  static const std::vector<std::string> names = {"schema",     "name",       "product", "data",  "model",
                                                 "evaluation", "monitoring", "predict", "ledger"};
  return names;
}

const std::vector<std::string>& product_keys() {
  static const std::vector<std::string> keys = {"question", "decision",  "users",           "owner", "value",
                                                "baseline", "stop_when", "people_affected", "risk"};
  return keys;
}

Position Project::position_of(std::string_view dotted_key) const {
  std::string key(dotted_key);
  while (!key.empty()) {
    if (const auto found = positions.find(key); found != positions.end()) {
      return found->second;
    }
    const std::size_t end = key.find_last_of(".[");
    key.resize(end == std::string::npos ? 0 : end);
  }
  return {1, 1};
}

bool LoadedProject::usable() const {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& finding) { return finding.severity == Finding::Severity::error; });
}

LoadedProject load_project(std::string_view text, const std::string& file,
                           const std::vector<Override>& overrides, const MetricsByTask& metrics) {
  YamlNode tree = parse_yaml(text, file);
  apply_overrides(tree, overrides);
  FindingList findings(file);
  LoadedProject loaded;
  loaded.project = read_project(tree, metrics, findings);
  loaded.findings = std::move(findings).sorted();
  refuse_wrong_overrides(loaded.findings, overrides);
  return loaded;
}

Project require_usable(LoadedProject loaded) {
  require_no_errors(loaded.findings);
  return std::move(loaded.project);
}

bool is_filled_in(const Project& project, std::string_view dotted_key) {
  const Json* value = &project.document;
  while (!dotted_key.empty()) {
    const std::size_t end = std::min(dotted_key.find('.'), dotted_key.size());
    const Json& here = *value;
    value = &here[dotted_key.substr(0, end)];
    dotted_key.remove_prefix(std::min(end + 1, dotted_key.size()));
  }
  return holds_something(*value);
}

} // namespace mlp::config
