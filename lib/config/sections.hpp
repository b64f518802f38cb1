#pragma once

#include "config/map_reader.hpp"
#include "config/project.hpp"

#include <string>
#include <vector>

namespace mlp::config {

// The sections of mlp.yaml, each read from its map: unknown keys, wrong types and values out of range are
// findings; defaults fill what is absent. What concerns several keys is check_combinations' business.

[[nodiscard]] DataConfig read_data(MapReader section);
[[nodiscard]] SplitConfig read_split(MapReader section);
[[nodiscard]] ModelConfig read_model(MapReader section);
[[nodiscard]] EvaluationConfig read_evaluation(MapReader section);

// Sections that are documentation, or are acted on by later versions: validated and recorded.
void check_product(MapReader section);
void check_monitoring(MapReader section);

/// What a task is measured by where `evaluation.metrics` is absent; the first one is primary.
[[nodiscard]] std::vector<std::string> default_metrics(Task task);

/// Findings on keys that contradict each other; fills in the defaults that follow from other keys.
void check_combinations(Project& project, const MetricsByTask& metrics, FindingList& findings);

/// The sections as canonical JSON with every default filled in.
[[nodiscard]] Json data_section(const Project& project);
[[nodiscard]] Json evaluation_section(const Project& project);
[[nodiscard]] Json model_section(const Project& project);

} // namespace mlp::config
