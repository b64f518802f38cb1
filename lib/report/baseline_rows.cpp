#include "report/baseline_rows.hpp"

#include "report/display.hpp"
#include "report/numbers.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>

#include <utility>

namespace mlp::report {
namespace {

constexpr std::size_t k_widest_instead = 44;

std::string instead_text(const Json& comparison, const EvaluationView& view) {
  const Json& document = view.document();
  const std::string with = comparison["with"].string_or();
  if (with == "dummy") {
    return document["task"].string_or() == "ranking" ? std::string(view.guess()) : "always guessing the same";
  }
  if (with == "simple") {
    return "simple model";
  }
  if (with == "stump") {
    return fmt::format("one question: {}", printable(document["stump"].string_or()));
  }
  if (with == "champion") {
    return fmt::format("the model in {}", printable(comparison["of"].string_or()));
  }
  const std::int64_t rows = comparison["n"].integer_or(0);
  return rows == document["n"].integer_or(0) ? "current rule"
                                             : fmt::format("current rule ({} rows)", thousands(rows));
}

std::string number_text(const Json& number) {
  return number.is_number() ? metric_text(number.as_number()) : "–";
}

BaselineRow row_of(const Json& metric, const EvaluationView& view) {
  BaselineRow row;
  row.metric = view.label(metric["name"].string_or());
  row.model = number_text(metric["model"]);
  row.other = number_text(metric["other"]);
  if (!metric["delta"].is_number()) {
    row.better_by = "–";
    row.interval = fmt::format("{}: {}", metric["status"].string_or(), metric["why"].string_or());
    return row;
  }
  const int decimals = decimals_for(metric["delta"].as_number());
  const auto& bounds = metric["ci"].as_array();
  row.better_by = fixed_text(metric["delta"].as_number(), decimals);
  row.interval = range_text(bounds.at(0).as_number(), bounds.at(1).as_number(), decimals);
  return row;
}

} // namespace

std::vector<BaselineRow> baseline_rows(const EvaluationView& view) {
  std::vector<BaselineRow> rows;
  const Json& comparisons = view.document()["comparisons"];
  if (!comparisons.is_array()) {
    return rows;
  }
  for (const Json& comparison : comparisons.as_array()) {
    std::string instead = instead_text(comparison, view);
    for (const Json& metric : comparison["metrics"].as_array()) {
      rows.push_back(row_of(metric, view));
      rows.back().instead = std::exchange(instead, "");
    }
  }
  return rows;
}

std::string baseline_table(const EvaluationView& view) {
  const auto rows = baseline_rows(view);
  if (rows.empty()) {
    return "";
  }
  TextTable table({Align::left, Align::left, Align::right, Align::right, Align::right, Align::left});
  table.row({"instead of the model", "metric", "model", "instead", "better by", interval_header(view)});
  for (const BaselineRow& row : rows) {
    table.row({shortened(row.instead, k_widest_instead), row.metric, row.model, row.other, row.better_by,
               row.interval});
  }
  return table.text(2, 3);
}

std::string interval_header(const EvaluationView& view) {
  const Json& metrics = view.document()["metrics"];
  const double level =
      metrics.is_array() && metrics.size() > 0 ? metrics.as_array().front()["level"].number_or(0.95) : 0.95;
  return fmt::format("{:.3g}% interval", level * 100);
}

} // namespace mlp::report
