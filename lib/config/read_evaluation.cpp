#include "config/scalars.hpp"
#include "config/sections.hpp"
#include "config/threshold_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace mlp::config {
namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();
constexpr Range k_replicates = {10.0, 1e6};
constexpr Range k_rows = {2.0, 1e9};
constexpr Range k_bins = {2.0, 100.0};
constexpr Range k_seed = {0.0, 9007199254740992.0};
constexpr Range k_probability = {0.0, 1.0};

Json read_costs(MapReader section) {
  Json costs;
  for (const std::string_view outcome : {"tp", "tn", "fp", "fn"}) {
    const YamlNode* node = section.find(outcome);
    if (node == nullptr) {
      continue;
    }
    if (node->kind == YamlNode::Kind::scalar && !node->scalar.empty() && !parse_number(node->scalar)) {
      costs[outcome] = node->scalar;
    } else if (const auto cost = read_number(*node, section.path_of(outcome), {-k_infinity, k_infinity},
                                             section.findings())) {
      costs[outcome] = *cost;
    }
  }
  section.finish();
  return costs;
}

CurrentRule read_current_rule(MapReader section) {
  CurrentRule rule;
  rule.column = section.text("column").value_or("");
  rule.predictions = section.text("predictions").value_or("");
  rule.threshold = section.number("threshold", {-k_infinity, k_infinity});
  if (!section.node().members.empty() && rule.column.empty() == rule.predictions.empty()) {
    section.findings().error(RuleId::invalid_value, section.node().position,
                             rule.column.empty()
                                 ? "'evaluation.current_rule' names neither a column nor a predictions file"
                                 : "'evaluation.current_rule' names both a column and a predictions file",
                             "write `{column: NAME}`, or `{predictions: FILE}`");
  }
  section.finish();
  return rule;
}

std::string read_conformal(MapReader section) {
  std::string by;
  if (!section.node().members.empty()) {
    section.require("by", "the column whose values get rules of their own");
    by = section.text("by").value_or("");
  }
  section.finish();
  return by;
}

FairnessConfig read_fairness(MapReader section) {
  FairnessConfig fairness;
  fairness.min_n = section.integer("min_n", k_rows).value_or(fairness.min_n);
  fairness.min_denominator = section.integer("min_denominator", k_rows).value_or(fairness.min_denominator);
  section.finish();
  return fairness;
}

DecisionConfig read_decision(MapReader section) {
  DecisionConfig decision;
  decision.as_written = to_json(section.node());
  const auto rule = read_threshold_rule(section);
  if (rule && !rule->is_chosen()) {
    decision.threshold = rule->number;
  }
  decision.costs = read_costs(section.map("costs"));
  if (const auto volume = section.text("volume"); volume && !cases_a_day(*volume)) {
    section.findings().error(
        RuleId::invalid_value, section.position_of("volume"),
        fmt::format("'{}' is '{}', not a rate such as 7000/month", section.path_of("volume"), *volume));
  }
  constexpr std::array<std::string_view, 1> parts = {"validation"};
  section.choice("choose_on", parts);
  section.finish();
  return decision;
}

std::optional<SliceConfig> read_slice(const YamlNode& node, const std::string& path, FindingList& findings) {
  SliceConfig slice;
  if (node.kind == YamlNode::Kind::map) {
    MapReader section(node, path, findings);
    section.require("column", "the column whose values make the slices");
    slice.columns = section.texts("column").value_or(std::vector<std::string>());
    if (const auto bins = section.integer("bins", k_bins)) {
      slice.bins = static_cast<int>(*bins);
    }
    section.finish();
  } else {
    slice.columns = read_texts(node, path, findings).value_or(std::vector<std::string>());
  }
  return slice.columns.empty() ? std::nullopt : std::optional(slice);
}

std::vector<SliceConfig> read_slices(MapReader& section) {
  std::vector<SliceConfig> slices;
  const YamlNode* node = section.find("slices");
  if (node == nullptr) {
    return slices;
  }
  if (node->kind != YamlNode::Kind::list) {
    section.findings().error(
        RuleId::wrong_type, node->position,
        fmt::format("'{}' is {}, not a list of columns", section.path_of("slices"), describe(*node)));
    return slices;
  }
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const std::string path = fmt::format("{}[{}]", section.path_of("slices"), i);
    if (auto slice = read_slice(node->items[i], path, section.findings())) {
      slices.push_back(std::move(*slice));
    }
  }
  return slices;
}

std::map<std::string, std::map<std::string, double>> read_reference_population(MapReader section) {
  constexpr double tolerance = 0.01; // published shares are rounded
  std::map<std::string, std::map<std::string, double>> population;
  for (const auto& [column, shares] : section.node().members) {
    MapReader of_column = section.map(column);
    double whole = 0.0;
    for (const auto& [value, written] : of_column.node().members) {
      if (const auto share = of_column.number(value, k_probability)) {
        population[column][value] = *share;
        whole += *share;
      }
    }
    if (population[column].size() == of_column.node().members.size() &&
        !(std::abs(whole - 1.0) <= tolerance)) {
      section.findings().error(
          RuleId::invalid_value, section.position_of(column),
          fmt::format("the shares of '{}' add up to {:.3g}, not 1", section.path_of(column), whole));
    }
  }
  return population;
}

} // namespace

std::vector<std::string> default_metrics(Task task) {
  switch (task) {
  case Task::binary:
    return {"roc_auc", "log_loss", "average_precision", "recall", "precision"};
  case Task::multiclass:
    return {"accuracy", "log_loss", "macro_f1"};
  case Task::regression:
    return {"rmse", "mae", "r2"};
  case Task::ranking:
    break;
  }
  return {"ndcg@10", "ndcg", "map@10", "mrr"};
}

EvaluationConfig read_evaluation(MapReader section) {
  EvaluationConfig evaluation;
  evaluation.metrics = section.texts("metrics").value_or(std::vector<std::string>());
  evaluation.decision = read_decision(section.map("decision"));
  evaluation.current_rule = read_current_rule(section.map("current_rule"));
  evaluation.fairness = read_fairness(section.map("fairness"));
  evaluation.conformal_by = read_conformal(section.map("conformal"));
  evaluation.slices = read_slices(section);
  evaluation.reference_population = read_reference_population(section.map("reference_population"));
  evaluation.bootstrap = section.integer("bootstrap", k_replicates).value_or(evaluation.bootstrap);
  evaluation.confidence = section.number("confidence", k_share).value_or(evaluation.confidence);
  evaluation.seed = section.integer("seed", k_seed).value_or(0);
  section.finish();
  return evaluation;
}

} // namespace mlp::config
