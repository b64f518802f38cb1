#include "report/explanation_text.hpp"

#include "model/feature_value.hpp"
#include "report/display.hpp"
#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlp::report {
namespace {

constexpr std::size_t k_indent = 2;
constexpr std::size_t k_gap = 3;
constexpr std::size_t k_widest_cell = 32;
constexpr std::size_t k_most_outputs = 4;
constexpr std::size_t k_most_contributions = 20;
constexpr std::size_t k_most_changes = 3;
constexpr const char* k_absent = "–";

std::string cell(std::string_view text) { return shortened(printable(text), k_widest_cell); }

std::string importance_interval(const model::Importance& importance, int decimals) {
  if (!importance.lower) {
    return importance.why;
  }
  return range_text(*importance.lower, *importance.upper, decimals);
}

/// Decimals that suit the largest importance, so that the column can be compared.
int importance_decimals(const model::ModelExplanation& explanation) {
  double largest = 0.0;
  for (const model::FeatureExplanation& feature : explanation.features) {
    largest = std::max(largest, std::abs(feature.importance.value.value_or(0.0)));
  }
  return decimals_for(largest);
}

std::string importance_table(const model::ModelExplanation& explanation, double level) {
  TextTable table({Align::left, Align::right, Align::left, Align::right, Align::right, Align::right});
  table.row(
      {"feature", "importance", fmt::format("{:.3g}% interval", level * 100), "splits", "gain", "cover"});
  const int decimals = importance_decimals(explanation);
  for (const model::FeatureExplanation& feature : explanation.features) {
    const auto& value = feature.importance.value;
    const auto& use = feature.use;
    table.row({cell(feature.name), value ? fixed_text(*value, decimals) : k_absent,
               importance_interval(feature.importance, decimals), use ? thousands(use->splits) : k_absent,
               use ? metric_text(use->gain) : k_absent, use ? metric_text(use->cover) : k_absent});
  }
  return table.text(k_indent, k_gap);
}

std::string dependence_table(const model::PartialDependence& dependence, const std::string& name,
                             const std::vector<std::string>& outputs) {
  TextTable table(std::vector<Align>(2 + outputs.size(), Align::right));
  std::vector<std::string> header = {cell(name)};
  for (const std::string& output : outputs) {
    header.push_back("P(" + cell(output) + ")");
  }
  if (outputs.empty()) {
    header.emplace_back("prediction");
  }
  table.row(std::move(header));
  for (const model::DependencePoint& point : dependence.points) {
    std::vector<std::string> cells = {cell(point.value)};
    for (const double mean : point.means) {
      cells.push_back(metric_text(mean));
    }
    table.row(std::move(cells));
  }
  return table.text(k_indent, k_gap);
}

std::string signed_text(double value, int decimals) {
  return (value > 0.0 ? "+" : "") + fixed_text(value, decimals);
}

/// Decimals that a sum of such numbers is shown with.
int decimals_of(const model::RowExplanation& explanation) {
  double largest = std::abs(explanation.base_value);
  for (const double contribution : explanation.contributions) {
    largest = std::max(largest, std::abs(contribution));
  }
  return std::min(decimals_for(largest), 4);
}

std::string margin_name(const model::Artifact& artifact, std::size_t output) {
  const char* const raw = artifact.calibrator ? " before calibration" : "";
  switch (artifact.task) {
  case Task::binary:
    return fmt::format("log-odds of {}{}", cell(artifact.classes.back()), raw);
  case Task::multiclass:
    return fmt::format("margin of {}{}", cell(artifact.classes[output]), raw);
  case Task::regression:
  case Task::ranking:
    return "margin";
  }
  return "";
}

std::string contribution_table(const ExplainedRow& row) {
  const auto& contributions = row.explanation.contributions;
  std::vector<std::size_t> order(contributions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(contributions[a]) > std::abs(contributions[b]);
  });
  const int decimals = decimals_of(row.explanation);
  TextTable table({Align::left, Align::left, Align::right});
  table.row({"feature", "value", margin_name(row.artifact, row.explanation.output)});
  table.row({"(base value)", "", signed_text(row.explanation.base_value, decimals)});
  double rest = 0.0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i < k_most_contributions) {
      const std::string& value = row.values[order[i]];
      table.row({cell(row.artifact.features[order[i]].name),
                 cell(value.empty() ? model::k_missing_text : value),
                 signed_text(contributions[order[i]], decimals)});
    } else {
      rest += contributions[order[i]];
    }
  }
  if (order.size() > k_most_contributions) {
    table.row(
        {fmt::format("({} others)", order.size() - k_most_contributions), "", signed_text(rest, decimals)});
  }
  table.row({"(sum)", "", signed_text(row.explanation.margin, decimals)});
  return table.text(k_indent, k_gap);
}

/// "below 28", "41", "two": what the value would have to be.
std::string target_text(const model::Feature& feature, const model::Change& change) {
  if (change.below && std::nextafterf(change.to, *change.below) == *change.below) {
    return "below " + model::value_text(feature, *change.below);
  }
  return model::value_text(feature, change.to);
}

std::string change_line(const ExplainedRow& row, const model::Change& change) {
  const model::Feature& feature = row.artifact.features[change.feature];
  const std::string& value = row.values[change.feature];
  const bool is_number = change.from_on || change.below;
  const std::string span =
      is_number ? fmt::format(" ({} of rows lie between)", percent_text(change.distance)) : "";
  return fmt::format("{} {} → {}: {}{}", cell(feature.name),
                     cell(value.empty() ? model::k_missing_text : value),
                     printable(target_text(feature, change)), metric_text(change.score), span);
}

std::string changes_text(const ExplainedRow& row) {
  if (row.artifact.task != Task::binary) {
    return "";
  }
  const std::string intro = "other decision";
  if (row.changes.empty()) {
    return fmt::format("{:{}}{}   no change of a single feature makes it\n", "", k_indent, intro);
  }
  std::string text;
  for (std::size_t i = 0; i < std::min(row.changes.size(), k_most_changes); ++i) {
    text += fmt::format("{:{}}{:{}}   {}\n", "", k_indent, i == 0 ? intro : "", intro.size(),
                        change_line(row, row.changes[i]));
  }
  return text;
}

} // namespace

std::string model_explanation_text(const model::ModelExplanation& explanation, double level) {
  std::string text = importance_table(explanation, level);
  for (const model::PartialDependence& dependence : explanation.dependence) {
    const auto named =
        std::find_if(explanation.features.begin(), explanation.features.end(),
                     [&](const auto& feature) { return feature.feature == dependence.feature; });
    if (explanation.outputs.size() <= k_most_outputs) {
      text += "\n" + dependence_table(dependence, named->name, explanation.outputs);
    }
  }
  if (explanation.outputs.size() > k_most_outputs) {
    text += fmt::format("\n{:{}}mean predictions of {} classes by value: see --json\n", "", k_indent,
                        explanation.outputs.size());
  }
  return text;
}

std::string row_explanation_text(const ExplainedRow& row) {
  const std::string changes = changes_text(row);
  return contribution_table(row) + (changes.empty() ? "" : "\n" + changes);
}

} // namespace mlp::report
