#include "policy/read_rules.hpp"

#include "base/parameter_name.hpp"
#include "config/project.hpp"
#include "config/unknown_metric.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

namespace mlp::policy {
namespace {

using config::FindingList;
using config::MapReader;
using config::Position;
using config::Range;
using config::RuleId;
using config::YamlNode;

constexpr double k_infinity = std::numeric_limits<double>::infinity();
constexpr Range k_any = {-k_infinity, k_infinity};
constexpr Range k_margin = {0.0, k_infinity, true};
constexpr Range k_count = {0.0, k_infinity};
constexpr Range k_rows = {1.0, k_infinity};
constexpr Range k_probability = {0.0, 1.0};
constexpr double k_least_ratio = 0.8;     // evaluation.md, section 6: below, a group is under-represented
constexpr double k_most_proxy_auc = 0.85; // above, leaving the column out is no defence

void mark_later(MapReader& map, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    map.not_supported(key);
  }
}

} // namespace

Rule RuleReader::rule_at(const YamlNode& node, Rule::Kind kind) const {
  Rule rule;
  rule.kind = kind;
  rule.gate = gate_;
  rule.position = node.position;
  return rule;
}

std::size_t RuleReader::subjects(const MapReader& map) {
  std::size_t count = 0;
  for (const std::string_view subject : {"metric", "required", "check"}) {
    count += map.has(subject) ? 1U : 0U;
  }
  return count;
}

std::optional<Rule> RuleReader::read(const YamlNode& node, const std::string& path) {
  if (node.kind == YamlNode::Kind::scalar) {
    findings_.not_supported(node.position, fmt::format("'{}' by its name alone", node.scalar));
    return std::nullopt;
  }
  MapReader map(node, path, findings_);
  if (node.kind != YamlNode::Kind::map) {
    return std::nullopt;
  }
  if (map.has("auto")) {
    return read_weak_slices(map);
  }
  if (subjects(map) != 1) {
    report_unclear(map);
    return std::nullopt;
  }
  Rule rule = rule_at(node, Rule::Kind::metric);
  if (map.has("metric")) {
    read_metric_rule(map, rule);
  } else if (map.has("required")) {
    read_required(map, rule);
  } else {
    read_check(map, rule);
  }
  read_common(map, rule);
  map.finish();
  return rule;
}

/// Says which key is misspelt where one is; only else that the rule says nothing, or too much.
void RuleReader::report_unclear(MapReader& map) {
  constexpr std::array<std::string_view, 13> all = {
      "metric", "required", "check", "slice", "by",   "auto", "max_drop_vs_complement",
      "min",    "max",      "bound", "min_n", "else", "why"};
  const auto is_known = [&all](const auto& member) {
    return std::find(all.begin(), all.end(), member.key) != all.end();
  };
  const auto& members = map.node().members;
  if (!std::all_of(members.begin(), members.end(), is_known)) {
    std::for_each(all.begin(), all.end(), [&map](std::string_view key) { map.find(key); });
    map.finish();
    return;
  }
  findings_.error(RuleId::unclear_rule, map.node().position.line > 0 ? map.node().position : Position{1, 1},
                  fmt::format("'{}' names {} of metric, required and check, not one", map.path(),
                              subjects(map) == 0 ? "none" : "several"));
}

void RuleReader::read_metric(MapReader& map, Rule& rule) {
  map.require("metric", "what to judge");
  rule.metric = map.text("metric").value_or("");
  const auto& known = context_.known_metrics;
  const auto& others = context_.other_metrics;
  if (rule.metric.empty() || known.empty()) {
    return;
  }
  const Position position = map.find("metric")->position;
  if (const auto spelled = known_name(known, rule.metric)) {
    rule.metric = *spelled;
    require_measured(rule, position);
  } else if (!parameter_hint(known, rule.metric) && known_name(others, rule.metric)) {
    findings_.error(RuleId::metric_task_mismatch, position,
                    fmt::format("metric '{}' does not fit the project's task", rule.metric),
                    "run `mlp help metrics` to see which do");
  } else {
    config::report_unknown_metric(rule.metric, position, known, findings_);
  }
}

/// An evaluation measures names with a parameter that are usual, or that mlp.yaml asks for.
void RuleReader::require_measured(const Rule& rule, Position position) {
  const auto& measured = context_.measured_metrics;
  if (rule.kind == Rule::Kind::comparison || measured.empty() || rule.metric.find('@') == std::string::npos ||
      known_name(measured, rule.metric)) {
    return;
  }
  findings_.error(RuleId::unknown_metric, position, fmt::format("no evaluation measures '{}'", rule.metric),
                  fmt::format("add `{}` to evaluation.metrics in mlp.yaml", rule.metric));
}

/// Without a better direction nobody can say which of two models wins.
void RuleReader::require_comparable(MapReader& map, const Rule& rule) {
  const auto& known = context_.known_metrics;
  const auto& comparable = context_.comparable_metrics;
  if (!known_name(known, rule.metric) || known_name(comparable, rule.metric)) {
    return;
  }
  const bool is_skill = rule.metric.starts_with("skill_");
  findings_.error(RuleId::incomparable_metric, map.find("metric")->position,
                  fmt::format("two models cannot be compared by '{}': {}", rule.metric,
                              is_skill ? "it compares one with a baseline already"
                                       : "neither higher nor lower is better"),
                  fmt::format("compare by one of {}; or bound '{}' by a min and a max in a list of rules",
                              fmt::join(comparable, ", "), rule.metric));
}

void RuleReader::read_bound(MapReader& map, Rule& rule) {
  constexpr std::array<std::string_view, 3> bounds = {"point", "lower_ci", "upper_ci"};
  constexpr std::array<std::string_view, 4> later = {"ci", "proved", "proved_ok", "proved_unfair"};
  const auto written = map.text("bound");
  if (written && std::find(later.begin(), later.end(), *written) != later.end()) {
    findings_.not_supported(map.find("bound")->position, fmt::format("'bound: {}'", *written));
    return;
  }
  const auto bound = map.choice("bound", bounds);
  rule.bound =
      static_cast<Bound>(std::find(bounds.begin(), bounds.end(), bound.value_or("point")) - bounds.begin());
  const bool loose =
      (rule.max && rule.bound == Bound::lower_ci) || (rule.min && rule.bound == Bound::upper_ci);
  if (loose) {
    findings_.warning(RuleId::loose_bound, map.position_of("bound"),
                      fmt::format("'{}' tests the hopeful end of the interval of '{}'", *bound, rule.metric),
                      rule.max ? "use `bound: upper_ci` with a max" : "use `bound: lower_ci` with a min");
  }
}

void RuleReader::read_metric_rule(MapReader& map, Rule& rule) {
  read_metric(map, rule);
  rule.min = map.number("min", k_any);
  rule.max = map.number("max", k_any);
  if (map.has("max_drop_vs_complement")) {
    read_drop(map, rule);
  } else {
    read_bound(map, rule);
  }
  rule.min_n = map.integer("min_n", k_rows);
  mark_later(map, {"split", "at", "within", "vs"});
  if (!map.has("min") && !map.has("max") && !map.has("within") && !rule.max_drop) {
    findings_.error(RuleId::missing_limit, map.node().position,
                    fmt::format("'{}' has no limit: give it a min or a max", rule.metric));
  }
  if (rule.min && rule.max && !(*rule.min <= *rule.max)) {
    findings_.error(RuleId::out_of_range, map.position_of("min"),
                    fmt::format("'{}' has a min above its max", rule.metric));
  }
  if (map.has("slice") || map.has("by")) {
    rule.kind = Rule::Kind::slice;
    read_slices(map, rule);
  }
}

void RuleReader::check_required_key(const std::string& key, Position position) {
  const auto& sections = config::section_names();
  const auto& product = config::product_keys();
  const std::string section = key.substr(0, key.find('.'));
  if (std::find(sections.begin(), sections.end(), section) == sections.end()) {
    findings_.error(
        RuleId::unknown_key, position,
        config::with_nearest(fmt::format("mlp.yaml has no section '{}'", section), section, sections));
    return;
  }
  if (section != "product" || key == section) {
    return;
  }
  const std::string rest = key.substr(section.size() + 1);
  const std::string member = rest.substr(0, rest.find('.'));
  if (std::find(product.begin(), product.end(), member) == product.end()) {
    findings_.error(
        RuleId::unknown_key, position,
        config::with_nearest(fmt::format("'product' of mlp.yaml has no key '{}'", member), member, product));
  }
}

void RuleReader::read_required(MapReader& map, Rule& rule) {
  rule.kind = Rule::Kind::required;
  rule.required = map.texts("required").value_or(std::vector<std::string>());
  const YamlNode& node = *map.find("required");
  if (node.kind == YamlNode::Kind::list && node.items.empty()) {
    findings_.error(RuleId::empty_gate, node.position, "'required' lists no key");
  }
  std::set<std::string> seen;
  for (std::size_t i = 0; i < rule.required.size(); ++i) {
    const Position position = i < node.items.size() ? node.items[i].position : node.position;
    check_required_key(rule.required[i], position);
    if (!seen.insert(rule.required[i]).second) {
      findings_.error(RuleId::duplicate_entry, position,
                      fmt::format("'{}' stands here again", rule.required[i]));
    }
  }
}

void RuleReader::read_check(MapReader& map, Rule& rule) {
  static const std::vector<std::string> known = {"data_errors", "committed",      "test_set_use",
                                                 "proxy_auc",   "representation", "attribute_not_a_feature"};
  constexpr std::array<std::string_view, 4> later = {"freshness", "schema", "drift_train_vs_recent",
                                                     "licence_and_legal_basis"};
  rule.kind = Rule::Kind::check;
  rule.check = map.text("check").value_or("");
  const Position position = map.find("check")->position;
  if (std::find(later.begin(), later.end(), rule.check) != later.end()) {
    findings_.not_supported(position, fmt::format("check '{}'", rule.check));
    for (const auto& [key, value] : map.node().members) {
      map.find(key); // what it takes is not known here either
    }
    return;
  }
  if (std::find(known.begin(), known.end(), rule.check) == known.end()) {
    findings_.error(RuleId::unknown_check, position, config::not_one_of("check", rule.check, known));
  }
  if (rule.check == "committed" || rule.check == "attribute_not_a_feature") {
    return;
  }
  if (rule.check == "representation") { // the population itself stands in mlp.yaml
    rule.min = map.number("min_ratio", k_probability).value_or(k_least_ratio);
    return;
  }
  rule.max = map.number("max", k_count);
  if (!map.has("max") && rule.check == "data_errors") {
    rule.max = 0.0;
  }
  if (!map.has("max") && rule.check == "proxy_auc") {
    rule.max = k_most_proxy_auc;
  }
  if (!map.has("max") && rule.check == "test_set_use") {
    findings_.error(RuleId::missing_limit, position, "'test_set_use' has no limit: give it a max");
  }
}

void RuleReader::read_common(MapReader& map, Rule& rule) {
  constexpr std::array<std::string_view, 2> consequences = {"warn", "deny"};
  rule.only_warns = map.choice("else", consequences) == "warn";
  rule.why = map.text("why").value_or("");
}

Rule RuleReader::read_comparison(const YamlNode& node, const std::string& path) {
  constexpr std::array<std::string_view, 3> modes = {"guard", "non_inferiority", "superiority"};
  MapReader map(node, path, findings_);
  Rule rule = rule_at(node, Rule::Kind::comparison);
  read_metric(map, rule);
  require_comparable(map, rule);
  const auto mode = map.choice("mode", modes);
  rule.mode =
      static_cast<Mode>(std::find(modes.begin(), modes.end(), mode.value_or("guard")) - modes.begin());
  rule.margin = map.number("margin", k_margin).value_or(0.0);
  mark_later(map, {"margin_rel", "vs"});
  if (!map.has("margin") && !map.has("margin_rel") && rule.mode != Mode::superiority) {
    findings_.error(
        RuleId::missing_limit, node.position,
        fmt::format("'{}' has no margin: how much worse, in its own unit, is still as good?", rule.metric));
  }
  read_common(map, rule);
  map.finish();
  return rule;
}

} // namespace mlp::policy
