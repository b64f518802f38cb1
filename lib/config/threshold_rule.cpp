#include "config/threshold_rule.hpp"

#include "config/scalars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace mlp::config {
namespace {

using Kind = ThresholdRule::Kind;

constexpr Range k_probability = {0.0, 1.0};
constexpr Range k_recall = {0.0, 1.0, true, false};
constexpr std::array<std::string_view, 5> k_names = {"fixed", "cost_optimal", "max_f1", "recall_at_least",
                                                     "capacity"};
constexpr std::array<std::pair<std::string_view, double>, 4> k_days = {
    {{"day", 1.0}, {"week", 7.0}, {"month", 365.25 / 12.0}, {"year", 365.25}}};

/// The rule's name and what it is given: "max_f1", "recall_at_least: 0.9" or {recall_at_least: 0.9}.
struct Written {
  std::string name;
  std::optional<YamlNode> given;
};

Written written_rule(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::map && node.members.size() == 1) {
    return {node.members.front().key, node.members.front().value};
  }
  if (node.kind != YamlNode::Kind::scalar || parse_number(node.scalar)) {
    return {"fixed", node};
  }
  const auto colon = node.scalar.find(": ");
  if (colon == std::string::npos) {
    return {node.scalar, std::nullopt};
  }
  YamlNode given = node;
  given.scalar.erase(0, colon + 2);
  given.quoted = false;
  return {node.scalar.substr(0, colon), given};
}

std::optional<double> read_share_of_cases(const YamlNode& given, MapReader& decision,
                                          const std::string& path) {
  const auto capacity = cases_a_day(given.scalar);
  if (!capacity) {
    decision.findings().error(
        RuleId::invalid_value, given.position,
        fmt::format("'{}.capacity' is {}, not a rate such as 200/day", path, describe(given)));
    return std::nullopt;
  }
  const YamlNode* volume = decision.find("volume");
  const auto cases = volume == nullptr ? std::nullopt : cases_a_day(volume->scalar);
  if (!cases || !(*cases > 0.0)) {
    decision.findings().error(
        RuleId::missing_key, given.position,
        fmt::format("'{}.capacity' needs '{}', the cases that there are", path, decision.path_of("volume")),
        "write for example `volume: 7000/month`");
    return std::nullopt;
  }
  return std::min(1.0, *capacity / *cases);
}

std::optional<double> read_given(Kind kind, const Written& written, MapReader& decision,
                                 const YamlNode& node) {
  const std::string path = decision.path_of("threshold");
  if (kind == Kind::cost_optimal || kind == Kind::max_f1) {
    return 0.0;
  }
  if (!written.given) {
    decision.findings().error(RuleId::invalid_value, node.position,
                              fmt::format("'{}: {}' says not how much", path, written.name),
                              kind == Kind::capacity ? "write {capacity: 200/day}"
                                                     : fmt::format("write {{{}: 0.9}}", written.name));
    return std::nullopt;
  }
  const YamlNode& given = *written.given;
  if (kind == Kind::capacity) {
    return read_share_of_cases(given, decision, path);
  }
  const bool is_short = &node == &given || node.kind != YamlNode::Kind::map;
  return read_number(given, is_short ? path : path + "." + written.name,
                     kind == Kind::fixed ? k_probability : k_recall, decision.findings());
}

/// The cheapest threshold needs costs, and mistakes that cost more than being right.
void require_costs(MapReader& decision, const YamlNode& node) {
  const YamlNode* costs = decision.find("costs");
  const auto written = [&](std::string_view outcome) {
    return costs == nullptr ? nullptr : costs->find(outcome);
  };
  /// Nothing of a column, whose amounts are not known here.
  const auto cost = [&](std::string_view outcome) -> std::optional<double> {
    return written(outcome) == nullptr ? 0.0 : parse_number(written(outcome)->scalar);
  };
  const auto is_dearer = [&](std::string_view wrong, std::string_view right) {
    return !cost(wrong) || !cost(right) || *cost(wrong) > *cost(right);
  };
  if (written("fp") == nullptr || written("fn") == nullptr) {
    decision.findings().error(
        RuleId::missing_key, node.position,
        fmt::format("'{}: cost_optimal' needs the costs of fp and fn", decision.path_of("threshold")),
        "write for example `costs: {tp: 0, tn: 0, fp: 1, fn: 5}`");
  } else if (!is_dearer("fp", "tn") || !is_dearer("fn", "tp")) {
    decision.findings().error(
        RuleId::invalid_value, decision.position_of("costs"),
        fmt::format("'{}': a false positive must cost more than a true negative, and a false negative more "
                    "than a true positive",
                    decision.path_of("costs")),
        "costs are money lost: a gain is a negative cost");
  }
}

} // namespace

std::string_view name_of(ThresholdRule::Kind kind) { return k_names.at(static_cast<std::size_t>(kind)); }

std::optional<double> cases_a_day(std::string_view rate) {
  const auto slash = rate.find('/');
  if (slash == std::string_view::npos) {
    return std::nullopt;
  }
  std::string digits(rate.substr(0, slash));
  std::erase(digits, '_');
  const auto cases = parse_number(digits);
  const auto period = std::find_if(k_days.begin(), k_days.end(), [&](const auto& candidate) {
    return candidate.first == rate.substr(slash + 1);
  });
  if (!cases || !(*cases >= 0.0) || period == k_days.end()) {
    return std::nullopt;
  }
  return *cases / period->second;
}

std::optional<ThresholdRule> read_threshold_rule(MapReader& decision) {
  const YamlNode* node = decision.find("threshold");
  if (node == nullptr) {
    return ThresholdRule();
  }
  const Written written = written_rule(*node);
  const auto name = std::find(k_names.begin(), k_names.end(), written.name);
  if (name == k_names.end()) {
    decision.findings().error(RuleId::invalid_value, node->position,
                              not_one_of(decision.path_of("threshold"), written.name,
                                         std::vector<std::string>{"a number", "fixed", "cost_optimal",
                                                                  "max_f1", "recall_at_least", "capacity"}));
    return std::nullopt;
  }
  ThresholdRule rule;
  rule.kind = static_cast<Kind>(name - k_names.begin());
  const auto number = read_given(rule.kind, written, decision, *node);
  if (!number) {
    return std::nullopt;
  }
  rule.number = *number;
  if (rule.kind == Kind::cost_optimal) {
    require_costs(decision, *node);
  }
  return rule;
}

ThresholdRule threshold_rule(const DecisionConfig& decision) {
  ThresholdRule rule;
  rule.number = decision.threshold;
  const Json& written = decision.as_written["threshold"];
  std::string name;
  std::string given;
  if (written.is_object() && written.size() == 1) {
    const auto& [key, value] = *written.as_object().begin();
    name = key;
    given = value.is_string() ? value.as_string() : value.dump();
  } else if (written.is_string()) {
    const std::string& text = written.as_string();
    const auto colon = text.find(": ");
    name = text.substr(0, colon);
    given = colon == std::string::npos ? "" : text.substr(colon + 2);
  }
  const auto found = std::find(k_names.begin(), k_names.end(), name);
  if (found == k_names.end() || found == k_names.begin()) {
    return rule;
  }
  rule.kind = static_cast<Kind>(found - k_names.begin());
  if (rule.kind == Kind::recall_at_least) {
    rule.number = parse_number(given).value_or(1.0);
  } else if (rule.kind == Kind::capacity) {
    const Json& volume = decision.as_written["volume"];
    const double cases = cases_a_day(volume.is_string() ? volume.as_string() : "").value_or(0.0);
    rule.number = cases > 0.0 ? std::min(1.0, cases_a_day(given).value_or(0.0) / cases) : 1.0;
  }
  return rule;
}

} // namespace mlp::config
