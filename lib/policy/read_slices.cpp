#include "base/parameter_name.hpp"
#include "config/unknown_metric.hpp"
#include "policy/read_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

// Rules on slices:
//   {by: [region, [region, sex]], metric: recall, min: 0.5}                     each declared slice, or cross
//   {by: [region], metric: recall, max_drop_vs_complement: 0.1, bound: proved}  against all other rows
//   {slice: [region, sex], metric: recall, min: 0.5}                            one cross: by: [[region,
//   sex]] {auto: {depth: 2, max_drop: 0.15}, else: warn}                              what the search found

namespace mlp::policy {
namespace {

using config::MapReader;
using config::Position;
using config::RuleId;
using config::YamlNode;

constexpr config::Range k_drop = {0.0, std::numeric_limits<double>::infinity()};
constexpr config::Range k_depth = {1.0, 2.0}; // as deep as an evaluation searches

} // namespace

void RuleReader::require_declared(const std::vector<std::string>& columns, Position position) {
  const std::set<std::string> wanted(columns.begin(), columns.end());
  const auto matches = [&wanted](const std::vector<std::string>& declared) {
    return std::set<std::string>(declared.begin(), declared.end()) == wanted;
  };
  if (std::any_of(context_.slices.begin(), context_.slices.end(), matches)) {
    return;
  }
  std::vector<std::string> single;
  for (const auto& declared : context_.slices) {
    if (declared.size() == 1) {
      single.push_back(declared.front());
    }
  }
  const std::string name = fmt::format("{}", fmt::join(columns, ", "));
  findings_.error(RuleId::unmatched_slice, position,
                  config::with_nearest(fmt::format("no declared slice is by '{}'", name), name, single),
                  "declare it in evaluation.slices of mlp.yaml, or mark the column protected");
}

void RuleReader::read_slices(MapReader& map, Rule& rule) {
  const YamlNode* slice = map.find("slice");
  const YamlNode* by = map.find("by");
  if (slice != nullptr && by != nullptr) {
    findings_.error(RuleId::unclear_rule, slice->position,
                    fmt::format("'{}' has both slice and by", map.path()), "keep `by`");
  }
  if (slice != nullptr) {
    rule.groups_by.push_back(map.texts("slice").value_or(std::vector<std::string>()));
    require_declared(rule.groups_by.back(), slice->position);
  } else if (by->kind == YamlNode::Kind::list) {
    for (std::size_t i = 0; i < by->items.size(); ++i) {
      const std::string path = fmt::format("{}[{}]", map.path_of("by"), i);
      if (const auto columns = config::read_texts(by->items[i], path, findings_)) {
        rule.groups_by.push_back(*columns);
        require_declared(*columns, by->items[i].position);
      }
    }
  } else {
    rule.groups_by.push_back(map.texts("by").value_or(std::vector<std::string>()));
    require_declared(rule.groups_by.back(), by->position);
  }
  if (rule.groups_by.empty()) {
    findings_.error(RuleId::unmatched_slice, by->position,
                    fmt::format("'{}' names no slice", map.path_of("by")),
                    "name a column of evaluation.slices in mlp.yaml, or a protected one");
  }
  const auto& measured = context_.slice_metrics;
  const bool is_known =
      measured.empty() || rule.metric.empty() || !known_name(context_.known_metrics, rule.metric);
  if (!is_known && !known_name(measured, rule.metric)) {
    findings_.error(RuleId::unknown_metric, map.find("metric")->position,
                    fmt::format("no evaluation measures '{}' by slice", rule.metric),
                    fmt::format("add `{}` to evaluation.metrics in mlp.yaml", rule.metric));
  }
}

void RuleReader::read_drop(MapReader& map, Rule& rule) {
  constexpr std::array<std::string_view, 2> bounds = {"proved", "point"};
  rule.max_drop = map.number("max_drop_vs_complement", k_drop).value_or(0.0);
  rule.bound = map.choice("bound", bounds) == "point" ? Bound::point : Bound::proved;
  const Position position = map.position_of("max_drop_vs_complement");
  if (rule.min || rule.max) {
    findings_.error(RuleId::unclear_rule, position,
                    fmt::format("'{}' has a limit of its own beside max_drop_vs_complement", map.path()),
                    "write two rules");
  }
  if (!map.has("slice") && !map.has("by")) {
    findings_.error(RuleId::unclear_rule, position,
                    fmt::format("'{}' names no slice that may drop", map.path()), "add `by: [column]`");
  }
  require_comparable(map, rule);
}

std::optional<Rule> RuleReader::read_weak_slices(MapReader& map) {
  Rule rule = rule_at(map.node(), Rule::Kind::weak);
  MapReader search = map.map("auto");
  rule.depth = static_cast<std::size_t>(search.integer("depth", k_depth).value_or(2));
  if (!search.has("max_drop")) {
    findings_.error(RuleId::missing_limit, map.position_of("auto"),
                    fmt::format("'{}' has no max_drop: how much more may a slice lose than the other rows?",
                                map.path_of("auto")),
                    "`mlp eval` shows what the search found, in the unit of its loss");
  }
  rule.max_drop = search.number("max_drop", k_drop).value_or(0.0);
  search.finish();
  read_common(map, rule);
  map.finish();
  return rule;
}

} // namespace mlp::policy
