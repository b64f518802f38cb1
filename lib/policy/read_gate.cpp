#include "policy/read_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mlp::policy {
namespace {

using config::FindingList;
using config::MapReader;
using config::Position;
using config::RuleId;
using config::YamlNode;

void read_rule_list(const YamlNode& node, Gate& gate, RuleReader& reader) {
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (auto rule = reader.read(node.items[i], fmt::format("gates.{}[{}]", gate.name, i))) {
      gate.rules.push_back(std::move(*rule));
    }
  }
}

void read_comparisons(MapReader map, Gate& gate, RuleReader& reader) {
  constexpr std::array<std::string_view, 1> baselines = {"stage"};
  map.require("baseline", "write `baseline: stage` for the model that holds the stage now");
  map.choice("baseline", baselines);
  const YamlNode* first_model = map.find("first_model");
  if (first_model != nullptr && first_model->kind == YamlNode::Kind::map) {
    map.findings().not_supported(first_model->position, "'first_model' with an approval");
  } else if (const auto outcome = map.choice("first_model", k_outcomes)) {
    gate.first_model =
        static_cast<Outcome>(std::find(k_outcomes.begin(), k_outcomes.end(), *outcome) - k_outcomes.begin());
  }
  const YamlNode* metrics = map.find("metrics");
  if (metrics != nullptr && metrics->kind != YamlNode::Kind::list) {
    map.findings().error(
        RuleId::wrong_type, metrics->position,
        fmt::format("'{}' is {}, not a list", map.path_of("metrics"), config::describe(*metrics)));
  } else if (metrics != nullptr) {
    for (std::size_t i = 0; i < metrics->items.size(); ++i) {
      gate.rules.push_back(
          reader.read_comparison(metrics->items[i], fmt::format("{}[{}]", map.path_of("metrics"), i)));
    }
  }
  map.finish();
}

} // namespace

Gate read_gate(const std::string& name, const YamlNode& node, Position position, const PolicyContext& context,
               FindingList& findings) {
  Gate gate;
  gate.name = name;
  RuleReader reader(name, context, findings);
  const std::string path = fmt::format("gates.{}", name);
  bool empty = node.items.empty();
  if (node.kind == YamlNode::Kind::map) {
    MapReader map(node, path, findings);
    if (map.has("protected") || map.has("rules")) {
      gate.rules = reader.read_fairness_gate(map);
      map.finish();
      if (gate.rules.empty()) {
        findings.error(RuleId::empty_gate, position, fmt::format("gate '{}' has no rules", name));
      }
      return gate;
    }
    const YamlNode* metrics = node.find("metrics");
    empty = metrics == nullptr ||
            (metrics->kind != YamlNode::Kind::map && metrics->scalar.empty() && metrics->items.empty());
    read_comparisons(map, gate, reader);
  } else if (node.kind == YamlNode::Kind::list) {
    read_rule_list(node, gate, reader);
  } else if (node.kind == YamlNode::Kind::scalar) {
    findings.error(RuleId::wrong_type, node.position,
                   fmt::format("'{}' is {}, not a list of rules", path, config::describe(node)));
    return gate;
  }
  if (empty) {
    findings.error(RuleId::empty_gate, position, fmt::format("gate '{}' has no rules", name));
  }
  return gate;
}

} // namespace mlp::policy
