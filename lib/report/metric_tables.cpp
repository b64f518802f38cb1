#include "report/metric_tables.hpp"

#include "report/display.hpp"
#include "report/metric_label.hpp"
#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace mlp::report {
namespace {

using evaluation::Evaluation;
using metrics::MetricValue;

constexpr std::string_view k_absent = "–";
constexpr std::size_t k_indent = 2;
constexpr std::size_t k_gap = 3;
constexpr std::size_t k_widest_label = 32;
constexpr std::size_t k_most_classes = 12;
constexpr std::size_t k_slice_metrics = 3;

const MetricValue* find(const std::vector<MetricValue>& values, std::string_view name) {
  const auto found =
      std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.name == name; });
  return found == values.end() ? nullptr : &*found;
}

std::string label_of(const Evaluation& evaluation, const std::string& name) {
  return metric_label(name,
                      evaluation.task == Task::binary ? std::optional(evaluation.threshold) : std::nullopt);
}

std::string value_text(const MetricValue* value, int decimals) {
  return value != nullptr && value->value ? fixed_text(*value->value, decimals) : std::string(k_absent);
}

std::string interval_text(const MetricValue& value, int decimals) {
  if (!value.lower || !value.upper) {
    return value.value ? "" : fmt::format("{}: {}", name_of(value.status), value.why);
  }
  return range_text(*value.lower, *value.upper, decimals);
}

std::vector<const MetricValue*> chosen(const Evaluation& evaluation, Rows rows) {
  std::vector<const MetricValue*> values;
  if (rows == Rows::all) {
    for (const MetricValue& value : evaluation.metrics) {
      values.push_back(&value);
    }
    return values;
  }
  std::vector<std::string> names = evaluation.shown;
  names.insert(names.end(), {"skill_vs_dummy", "skill_vs_simple", "skill_vs_stump"});
  for (const std::string& name : names) {
    const MetricValue* value = evaluation.find(name);
    if (value != nullptr && std::find(values.begin(), values.end(), value) == values.end()) {
      values.push_back(value);
    }
  }
  return values;
}

double level_of(const Evaluation& evaluation) {
  return evaluation.metrics.empty() ? 0.95 : evaluation.metrics.front().level;
}

} // namespace

std::string metrics_table(const Evaluation& evaluation, Rows rows) {
  const bool has_simple = !evaluation.simple.empty();
  TextTable table({Align::left, Align::right, Align::left, Align::right, Align::right});
  table.row({"metric", "value", fmt::format("{:.3g}% interval", level_of(evaluation) * 100),
             evaluation.task == Task::ranking ? "random order" : "guessing",
             has_simple ? "simple model" : ""});
  for (const MetricValue* value : chosen(evaluation, rows)) {
    const int decimals = value->value ? decimals_for(*value->value) : 3;
    const bool is_comparison = value->name.starts_with("skill_vs_");
    table.row(
        {label_of(evaluation, value->name), value_text(value, decimals), interval_text(*value, decimals),
         is_comparison ? "" : value_text(find(evaluation.dummy, value->name), decimals),
         is_comparison || !has_simple ? "" : value_text(find(evaluation.simple, value->name), decimals)});
  }
  return table.text(k_indent, k_gap);
}

std::string slice_table(const Evaluation& evaluation) {
  if (evaluation.slices.empty()) {
    return "";
  }
  std::vector<std::string> names;
  for (const MetricValue& value : evaluation.slices.front().metrics) {
    if (value.name != "selection_rate" && names.size() < k_slice_metrics) {
      names.push_back(value.name);
    }
  }
  const bool selects = find(evaluation.slices.front().metrics, "selection_rate") != nullptr;
  std::vector<std::string> header = {"slice", "n"};
  header.insert(header.end(), names.begin(), names.end());
  if (selects) {
    names.emplace_back("selection_rate");
    header.emplace_back("selected");
  }
  std::vector<Align> alignment(header.size(), Align::right);
  alignment.front() = Align::left;
  TextTable table(std::move(alignment));
  table.row(std::move(header));
  for (const auto& slice : evaluation.slices) {
    std::vector<std::string> cells = {shortened(printable(slice.label), k_widest_label), thousands(slice.n)};
    for (const std::string& name : names) {
      const MetricValue* value = find(slice.metrics, name);
      cells.push_back(value_text(value, value != nullptr && value->value ? decimals_for(*value->value) : 3));
    }
    table.row(std::move(cells));
  }
  return table.text(k_indent, k_gap);
}

std::string confusion_table(const Evaluation& evaluation) {
  if (evaluation.confusion.empty()) {
    return "";
  }
  if (evaluation.classes.size() > k_most_classes) {
    return fmt::format("{:{}}confusion matrix of {} classes: see --json\n", "", k_indent,
                       evaluation.classes.size());
  }
  std::vector<std::string> header = {"true class"};
  for (const std::string& name : evaluation.classes) {
    header.push_back("called " + shortened(printable(name), k_widest_label / 2));
  }
  std::vector<Align> alignment(header.size(), Align::right);
  alignment.front() = Align::left;
  TextTable table(std::move(alignment));
  table.row(std::move(header));
  for (std::size_t i = 0; i < evaluation.confusion.size(); ++i) {
    std::vector<std::string> cells = {shortened(printable(evaluation.classes[i]), k_widest_label)};
    for (const std::int64_t count : evaluation.confusion[i]) {
      cells.push_back(thousands(count));
    }
    table.row(std::move(cells));
  }
  return table.text(k_indent, k_gap);
}

} // namespace mlp::report
