#include "report/metric_label.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace mlp::report {

std::string metric_label(const std::string& metric, std::optional<double> threshold) {
  static constexpr std::array<std::string_view, 13> k_at_threshold = {"accuracy",
                                                                      "balanced_accuracy",
                                                                      "precision",
                                                                      "recall",
                                                                      "specificity",
                                                                      "npv",
                                                                      "f1",
                                                                      "f2",
                                                                      "mcc",
                                                                      "kappa",
                                                                      "fpr",
                                                                      "fnr",
                                                                      "selection_rate"};
  const bool called = metric.starts_with("fbeta@") ||
                      std::find(k_at_threshold.begin(), k_at_threshold.end(), metric) != k_at_threshold.end();
  return threshold && called ? fmt::format("{} (≥ {:.2f})", metric, *threshold) : metric;
}

} // namespace mlp::report
