#pragma once

#include "config/project.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mlp::test {

/// The smallest mlp.yaml without a finding; line 4 is `data`, line 5 `model`.
inline constexpr std::string_view k_smallest = "schema: mlp.project/1\n"
                                               "name: churn\n"
                                               "# comment\n"
                                               "data: {path: churn.csv, target: churn, positive: \"Yes\"}\n"
                                               "model: {task: binary}\n";

/// Its findings as "rule: mlp.yaml:line:column: message".
inline std::vector<std::string> findings_of(std::string_view text,
                                            const config::MetricsByTask& metrics = {}) {
  std::vector<std::string> lines;
  for (const config::Finding& finding : config::load_project(text, "mlp.yaml", {}, metrics).findings) {
    lines.push_back(finding.rule + ": " + finding.text());
  }
  return lines;
}

/// mlp.yaml with other sections after schema and name: they start in line 3.
inline std::string project_text(std::string_view rest) {
  return "schema: mlp.project/1\nname: churn\n" + std::string(rest);
}

/// A binary project whose `data` section goes on with `data` from line 5 on (two blanks in).
inline std::string with_data(std::string_view data) {
  return project_text(
      "model: {task: binary}\ndata:\n  path: churn.csv\n  target: churn\n  positive: \"Yes\"\n" +
      std::string(data));
}

using Lines = std::vector<std::string>;

} // namespace mlp::test
