#include "config/unknown_metric.hpp"

#include "base/parameter_name.hpp"
#include "config/map_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mlp::config {

void report_unknown_metric(const std::string& name, Position position, std::span<const std::string> known,
                           FindingList& findings) {
  constexpr std::array<std::string_view, 7> later = {
      "calibration_slope",         "calibration_intercept", "ece", "ece_excess", "cost",
      "equalized_odds_difference", "impact_ratio"};
  if (std::find(later.begin(), later.end(), name) != later.end()) {
    findings.not_supported(position, fmt::format("metric '{}'", name));
    return;
  }
  if (const auto hint = parameter_hint(known, name)) {
    findings.error(RuleId::unknown_metric, position, fmt::format("unknown metric '{}'", name), *hint);
    return;
  }
  findings.error(RuleId::unknown_metric, position,
                 with_nearest(fmt::format("unknown metric '{}'", name), name, known),
                 "run `mlp help metrics` to see them all");
}

} // namespace mlp::config
