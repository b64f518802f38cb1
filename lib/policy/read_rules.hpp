#pragma once

#include "config/map_reader.hpp"
#include "policy/policy.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace mlp::policy {

inline constexpr std::array<std::string_view, 3> k_outcomes = {"allow", "warn",
                                                               "deny"}; ///< in the order of Outcome

/// Reads the rules of one gate; what a rule may name comes from the context.
class RuleReader {
public:
  RuleReader(std::string gate, const PolicyContext& context, config::FindingList& findings)
      : gate_(std::move(gate)), context_(context), findings_(findings) {}

  /// Nothing where the rule cannot be understood; the findings then say why.
  std::optional<Rule> read(const config::YamlNode& node, const std::string& path);
  /// One item of `metrics:` of a gate with a baseline.
  Rule read_comparison(const config::YamlNode& node, const std::string& path);
  /// The rules of a gate with `protected` or `rules`: their metrics are disparities between groups.
  std::vector<Rule> read_fairness_gate(config::MapReader& gate);

private:
  [[nodiscard]] Rule rule_at(const config::YamlNode& node, Rule::Kind kind) const;
  [[nodiscard]] static std::size_t subjects(const config::MapReader& map);
  void report_unclear(config::MapReader& map);
  void read_metric_rule(config::MapReader& map, Rule& rule);
  void require_comparable(config::MapReader& map, const Rule& rule);
  void read_bound(config::MapReader& map, Rule& rule);
  void read_slices(config::MapReader& map, Rule& rule);
  void read_drop(config::MapReader& map, Rule& rule);
  std::optional<Rule> read_weak_slices(config::MapReader& map);
  void require_declared(const std::vector<std::string>& columns, config::Position position);
  void read_required(config::MapReader& map, Rule& rule);
  void read_check(config::MapReader& map, Rule& rule);
  void read_fairness(config::MapReader& map, Rule& rule);
  void read_metric(config::MapReader& map, Rule& rule);
  void require_measured(const Rule& rule, config::Position position);
  static void read_common(config::MapReader& map, Rule& rule);
  void check_required_key(const std::string& key, config::Position position);

  std::string gate_;
  const PolicyContext& context_;
  config::FindingList& findings_;
};

/// One gate of policy.yaml: a list of rules, or a comparison with the holder of the stage.
[[nodiscard]] Gate read_gate(const std::string& name, const config::YamlNode& node, config::Position position,
                             const PolicyContext& context, config::FindingList& findings);

} // namespace mlp::policy
