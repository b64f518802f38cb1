#include "policy/read_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>

namespace mlp::policy {
namespace {

using config::FindingList;
using config::MapReader;
using config::RuleId;
using config::YamlNode;

Outcome read_outcome(MapReader& section, std::string_view key, Outcome fallback) {
  const auto word = section.choice(key, k_outcomes);
  return word ? static_cast<Outcome>(std::find(k_outcomes.begin(), k_outcomes.end(), *word) -
                                     k_outcomes.begin())
              : fallback;
}

Defaults read_defaults(MapReader section) {
  constexpr config::Range alpha = {0.0, 0.5, true, true};
  constexpr config::Range count = {1.0, std::numeric_limits<double>::infinity()};
  Defaults defaults;
  defaults.alpha = section.number("alpha", alpha).value_or(defaults.alpha);
  defaults.min_n = section.integer("min_n", count).value_or(defaults.min_n);
  defaults.min_denominator = section.integer("min_denominator", count).value_or(defaults.min_denominator);
  defaults.on_inconclusive = read_outcome(section, "on_inconclusive", defaults.on_inconclusive);
  defaults.on_missing = read_outcome(section, "on_missing", defaults.on_missing);
  section.finish();
  return defaults;
}

std::map<std::string, Gate> read_gates(const YamlNode& node, const PolicyContext& context,
                                       FindingList& findings) {
  const MapReader map(node, "gates", findings);
  std::map<std::string, Gate> gates;
  for (std::size_t i = 0; i < map.node().members.size(); ++i) {
    const auto& [name, gate] = map.node().members[i];
    gates.emplace(name, read_gate(name, gate, map.node().key_positions[i], context, findings));
  }
  return gates;
}

/// The stage's gates: each defined, each once, at least one.
void read_stage_gates(MapReader& map, Stage& stage, const std::map<std::string, Gate>& gates) {
  FindingList& findings = map.findings();
  const auto written = map.texts("gates").value_or(std::vector<std::string>());
  const YamlNode* node = map.find("gates");
  if (node == nullptr || (node->kind == YamlNode::Kind::list && node->items.empty())) {
    findings.error(RuleId::empty_gate, map.position_of("gates"),
                   fmt::format("stage '{}' has no gates", stage.name));
  }
  std::vector<std::string> names;
  std::transform(gates.begin(), gates.end(), std::back_inserter(names),
                 [](const auto& gate) { return gate.first; });
  for (std::size_t i = 0; i < written.size(); ++i) {
    const config::Position position = i < node->items.size() ? node->items[i].position : node->position;
    if (!gates.contains(written[i])) {
      findings.error(
          RuleId::undefined_gate, position,
          config::with_nearest(fmt::format("gate '{}' is not defined", written[i]), written[i], names));
    } else if (std::find(stage.gates.begin(), stage.gates.end(), written[i]) != stage.gates.end()) {
      findings.error(RuleId::duplicate_entry, position,
                     fmt::format("gate '{}' stands here again", written[i]));
    } else {
      stage.gates.push_back(written[i]);
    }
  }
}

std::vector<Stage> read_stages(MapReader section, const std::map<std::string, Gate>& gates) {
  std::vector<Stage> stages;
  for (const auto& [name, node] : section.node().members) {
    MapReader map = section.map(name);
    Stage stage;
    stage.name = name;
    stage.from = map.text("from").value_or("");
    read_stage_gates(map, stage, gates);
    for (const std::string_view later : {"soak", "approvals", "signed_commits", "risk"}) {
      map.not_supported(later);
    }
    map.finish();
    stages.push_back(std::move(stage));
  }
  return stages;
}

/// Whether following `from` from this stage comes back to where it was.
bool goes_in_circle(const Policy& policy, const Stage& start) {
  std::set<std::string> seen;
  for (const Stage* stage = &start; stage != nullptr; stage = policy.stage(stage->from)) {
    if (!seen.insert(stage->name).second) {
      return true;
    }
  }
  return false;
}

void check_from(const Policy& policy, MapReader stages) {
  std::vector<std::string> names;
  std::transform(policy.stages.begin(), policy.stages.end(), std::back_inserter(names),
                 [](const Stage& stage) { return stage.name; });
  for (const Stage& stage : policy.stages) {
    if (stage.from.empty()) {
      continue;
    }
    const config::Position position = stages.map(stage.name).find("from")->position;
    if (policy.stage(stage.from) == nullptr) {
      stages.findings().error(
          RuleId::undefined_stage, position,
          config::with_nearest(fmt::format("stage '{}' is not defined", stage.from), stage.from, names));
    } else if (goes_in_circle(policy, stage)) {
      stages.findings().error(
          RuleId::undefined_stage, position,
          fmt::format("stage '{}' can never be reached: 'from' goes in a circle", stage.name));
    }
  }
}

void check_unused_gates(const YamlNode* gates, MapReader& stages) {
  if (gates == nullptr) {
    return;
  }
  std::set<std::string> used;
  for (const auto& [name, node] : stages.node().members) {
    if (const YamlNode* written = node.find("gates")) {
      used.insert(written->scalar);
      std::for_each(written->items.begin(), written->items.end(),
                    [&used](const YamlNode& item) { used.insert(item.scalar); });
    }
  }
  for (std::size_t i = 0; i < gates->members.size(); ++i) {
    const std::string& name = gates->members[i].key;
    if (!used.contains(name)) {
      stages.findings().warning(
          RuleId::unused_gate, gates->key_positions[i],
          fmt::format("gate '{}' is used by no stage: its rules are never judged", name));
    }
  }
}

} // namespace

LoadedPolicy load_policy(std::string_view text, const std::string& file, const PolicyContext& context) {
  const YamlNode tree = config::parse_yaml(text, file);
  FindingList findings(file);
  LoadedPolicy loaded;
  MapReader root(tree, "", findings);
  root.require_schema("mlp.policy/1");
  loaded.policy.defaults = read_defaults(root.map("defaults"));
  root.require("stages", "the stages that a model moves through");
  root.require("gates", "the rules that a stage asks for");
  const YamlNode* gates = root.find("gates");
  if (gates != nullptr) {
    loaded.policy.gates = read_gates(*gates, context, findings);
  }
  MapReader stages = root.map("stages");
  loaded.policy.stages = read_stages(stages, loaded.policy.gates);
  check_from(loaded.policy, stages);
  check_unused_gates(gates, stages);
  for (const std::string_view later : {"extends", "owners", "roles", "risk_classes", "waivers"}) {
    root.not_supported(later);
  }
  root.finish();
  loaded.findings = std::move(findings).sorted();
  return loaded;
}

} // namespace mlp::policy
