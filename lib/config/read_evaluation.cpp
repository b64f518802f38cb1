#include "config/scalars.hpp"
#include "config/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace mlp::config {
namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();
constexpr Range k_replicates = {10.0, 1e6};
constexpr Range k_bins = {2.0, 100.0};
constexpr Range k_seed = {0.0, 9007199254740992.0};
constexpr Range k_probability = {0.0, 1.0};

void report_later_threshold(const YamlNode& node, const std::string& path, const std::string& found,
                            FindingList& findings) {
  constexpr std::array<std::string_view, 4> later = {"cost_optimal", "max_f1", "recall_at_least", "capacity"};
  if (std::find(later.begin(), later.end(), found) != later.end()) {
    findings.not_supported(node.position, fmt::format("'{}: {}' (give a number)", path, found));
    return;
  }
  findings.error(RuleId::invalid_value, node.position,
                 not_one_of(path, found,
                            std::vector<std::string>{"a number", "fixed", "cost_optimal", "max_f1",
                                                     "recall_at_least", "capacity"}));
}

/// A number, {fixed: 0.5} or "fixed: 0.5"; the other choices of evaluation.md are for a later version.
std::optional<double> read_threshold(MapReader& decision) {
  const YamlNode* node = decision.find("threshold");
  if (node == nullptr) {
    return std::nullopt;
  }
  const std::string path = decision.path_of("threshold");
  if (node->kind == YamlNode::Kind::map && node->members.size() == 1) {
    if (node->members.front().key == "fixed") {
      return read_number(node->members.front().value, path + ".fixed", k_probability, decision.findings());
    }
    report_later_threshold(*node, path, node->members.front().key, decision.findings());
    return std::nullopt;
  }
  constexpr std::string_view prefix = "fixed: ";
  if (node->scalar.rfind(prefix, 0) == 0) {
    YamlNode number = *node;
    number.scalar.erase(0, prefix.size());
    number.quoted = false;
    return read_number(number, path, k_probability, decision.findings());
  }
  if (node->kind == YamlNode::Kind::scalar && !parse_number(node->scalar)) {
    report_later_threshold(*node, path, node->scalar, decision.findings());
    return std::nullopt;
  }
  return read_number(*node, path, k_probability, decision.findings());
}

Json read_costs(MapReader section) {
  Json costs;
  for (const std::string_view outcome : {"tp", "tn", "fp", "fn"}) {
    const YamlNode* node = section.find(outcome);
    if (node == nullptr) {
      continue;
    }
    if (node->kind == YamlNode::Kind::scalar && !parse_number(node->scalar)) {
      section.findings().not_supported(node->position,
                                       fmt::format("'{}' from a column", section.path_of(outcome)));
    } else if (const auto cost = read_number(*node, section.path_of(outcome), {-k_infinity, k_infinity},
                                             section.findings())) {
      costs[outcome] = *cost;
    }
  }
  section.finish();
  return costs;
}

DecisionConfig read_decision(MapReader section) {
  DecisionConfig decision;
  decision.as_written = to_json(section.node());
  decision.threshold = read_threshold(section).value_or(decision.threshold);
  decision.costs = read_costs(section.map("costs"));
  section.text("volume");
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
    break;
  }
  return {"rmse", "mae", "r2"};
}

EvaluationConfig read_evaluation(MapReader section) {
  EvaluationConfig evaluation;
  evaluation.metrics = section.texts("metrics").value_or(std::vector<std::string>());
  evaluation.decision = read_decision(section.map("decision"));
  evaluation.slices = read_slices(section);
  evaluation.reference_population = read_reference_population(section.map("reference_population"));
  evaluation.bootstrap = section.integer("bootstrap", k_replicates).value_or(evaluation.bootstrap);
  evaluation.confidence = section.number("confidence", k_share).value_or(evaluation.confidence);
  evaluation.seed = section.integer("seed", k_seed).value_or(0);
  section.finish();
  return evaluation;
}

} // namespace mlp::config
