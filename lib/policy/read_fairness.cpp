#include "config/unknown_metric.hpp"
#include "policy/read_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

namespace mlp::policy {
namespace {

using config::MapReader;
using config::RuleId;
using config::YamlNode;

constexpr config::Range k_gap = {0.0, std::numeric_limits<double>::infinity()};

using Groups = std::vector<std::vector<std::string>>;

/// Columns of `protected`, each by itself, and its crosses; every one must be protected in mlp.yaml.
Groups read_protected(MapReader& gate, const PolicyContext& context) {
  Groups groups;
  const YamlNode* node = gate.find("protected");
  if (node == nullptr) {
    return groups;
  }
  if (node->kind != YamlNode::Kind::map) {
    for (const std::string& name : gate.texts("protected").value_or(std::vector<std::string>())) {
      groups.push_back({name});
    }
  } else {
    MapReader map = gate.map("protected");
    for (const std::string& name : map.texts("columns").value_or(std::vector<std::string>())) {
      groups.push_back({name});
    }
    if (const YamlNode* crosses = map.find("cross")) {
      for (const YamlNode& item : crosses->items) {
        groups.push_back(config::read_texts(item, map.path_of("cross"), gate.findings())
                             .value_or(std::vector<std::string>()));
      }
    }
    map.not_supported("table");
    map.finish();
  }
  std::set<std::string> reported;
  for (const auto& columns : groups) {
    for (const std::string& name : columns) {
      const auto& known = context.protected_columns;
      if (std::find(known.begin(), known.end(), name) == known.end() && reported.insert(name).second) {
        gate.findings().error(
            RuleId::unmatched_slice, node->position,
            config::with_nearest(fmt::format("'{}' is no protected column", name), name, known),
            "mark it in mlp.yaml: `data: {columns: {" + name + ": {protected: true}}}`");
      }
    }
  }
  return groups;
}

} // namespace

void RuleReader::read_fairness(MapReader& map, Rule& rule) {
  rule.kind = Rule::Kind::fairness;
  rule.metric = map.text("metric").value_or("");
  const auto& known = context_.fairness_metrics;
  const config::Position position = map.position_of("metric");
  if (std::find(known.begin(), known.end(), rule.metric) == known.end()) {
    findings_.error(RuleId::unknown_metric, position, config::not_one_of("metric", rule.metric, known),
                    "`mlp eval --json` shows them in `fairness`");
  }
  const bool is_ratio = rule.metric.ends_with("_ratio");
  (is_ratio ? rule.min : rule.max) = map.number(is_ratio ? "min" : "max", k_gap);
  if (!rule.min && !rule.max) {
    findings_.error(RuleId::missing_limit, map.node().position,
                    fmt::format("'{}' has no limit: give it a {}", rule.metric, is_ratio ? "min" : "max"));
    rule.max = 0.0;
  }
  constexpr std::array<std::string_view, 3> bounds = {"proved", "proved_ok", "proved_unfair"};
  const auto bound = map.choice("bound", bounds);
  rule.proof =
      static_cast<Proof>(std::find(bounds.begin(), bounds.end(), bound.value_or("proved")) - bounds.begin());
  read_common(map, rule);
  map.finish();
}

std::vector<Rule> RuleReader::read_fairness_gate(MapReader& gate) {
  const Groups groups = read_protected(gate, context_);
  if (groups.empty() && context_.protected_columns.empty()) {
    findings_.error(RuleId::unmatched_slice, gate.node().position,
                    fmt::format("'{}' judges protected columns, and mlp.yaml has none", gate.path()),
                    "write `protected: true` for a column in data.columns of mlp.yaml");
  }
  gate.text("justification"); // where a reader finds why these limits
  std::vector<Rule> rules;
  const YamlNode* list = gate.find("rules");
  for (std::size_t i = 0; list != nullptr && i < list->items.size(); ++i) {
    const YamlNode& node = list->items[i];
    const std::string path = fmt::format("{}[{}]", gate.path_of("rules"), i);
    MapReader map(node, path, findings_);
    if (map.has("metric")) {
      Rule rule = rule_at(node, Rule::Kind::fairness);
      rule.groups_by = groups;
      read_fairness(map, rule);
      rules.push_back(std::move(rule));
    } else if (auto rule = read(node, path)) {
      rules.push_back(std::move(*rule));
    }
  }
  return rules;
}

} // namespace mlp::policy
