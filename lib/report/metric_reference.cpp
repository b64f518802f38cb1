#include "report/metric_reference.hpp"

#include "metrics/metric.hpp"
#include "report/display.hpp"

#include <fmt/format.h>

namespace mlp::report {
namespace {

constexpr std::size_t k_width = 80;

std::string_view better(metrics::Direction direction) {
  switch (direction) {
  case metrics::Direction::higher_is_better:
    return "higher is better";
  case metrics::Direction::lower_is_better:
    return "lower is better";
  case metrics::Direction::neither:
    return "neither way is better";
  }
  return "";
}

std::string entry(const metrics::MetricInfo& info) {
  const std::string interval = info.interval == metrics::IntervalMethod::none
                                   ? "no interval"
                                   : fmt::format("{} interval", name_of(info.interval));
  std::string text =
      fmt::format("  {}   {}, {}, {}\n", info.name, info.range, better(info.direction), interval);
  text += wrapped(info.definition, k_width, 6);
  if (!info.usual.empty()) {
    text += wrapped(fmt::format("Always measured of: {}", info.usual), k_width, 6);
  }
  if (!info.source.empty()) {
    text += wrapped(fmt::format("Source: {}", info.source), k_width, 6);
  }
  return text;
}

} // namespace

std::string metric_reference() {
  std::string text =
      wrapped("The metrics of each task. The first one of `evaluation.metrics` in mlp.yaml is the primary "
              "one: it stops training and stands in the default policy. A value that cannot be computed is "
              "`undefined`, one on too few rows `insufficient`: neither passes a rule.",
              k_width);
  text += "\n";
  text += wrapped(
      "What stands behind the @ of a name is its parameter: `lift@10%` or `lift@500` of `lift@k`. k is a "
      "count of rows (500) or a share of them (10%, the same as 0.1); n a whole number; q a number "
      "between 0 and 1; class the name of a class. Other parameters than those always measured are "
      "measured where `evaluation.metrics` names them; then policies may gate them.",
      k_width);
  for (const std::string_view name : k_task_names) {
    text += fmt::format("\n{}:\n", name);
    for (const metrics::MetricInfo& info : metrics::metrics_of(*task_from(name))) {
      text += entry(info);
    }
  }
  return text;
}

Json metric_reference_json() {
  Json list = Json::array();
  for (const std::string_view name : k_task_names) {
    for (const metrics::MetricInfo& info : metrics::metrics_of(*task_from(name))) {
      list.push_back(Json::object({{"task", name},
                                   {"name", info.name},
                                   {"usual", info.usual},
                                   {"direction", name_of(info.direction)},
                                   {"range", info.range},
                                   {"interval", name_of(info.interval)},
                                   {"definition", info.definition},
                                   {"source", info.source}}));
    }
  }
  return list;
}

} // namespace mlp::report
