#pragma once

#include "config/project.hpp"
#include "model/artifact.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::model {

// monotone_constraints and interaction_constraints. People name features; XGBoost 1.7 wants places in its own
// column order. A value is by name ({age: 1}, [[age, income], [hours]]), by place in feature order
// ([1, 0, -1], [[0, 2], [1]]), or XGBoost's own text of the latter ("(1,0,-1)", "[[0,2],[1]]").

/// Whether `value` is 1 (rising), 0 (free) or -1 (falling).
[[nodiscard]] bool is_direction(const Json& value);
/// Why `value` gives no directions, or nothing. Whether the features exist is check_constraints' business.
[[nodiscard]] std::optional<std::string> directions_fault(const Json& value);
[[nodiscard]] std::optional<std::string> groups_fault(const Json& value);

/// The names in the project's constraints that the data lack, or whose role is not feature: for `mlp check`,
/// which knows the columns and not yet their types. Positions point into `file`.
[[nodiscard]] std::vector<config::Finding> check_constraints(const config::Project& project,
                                                             const std::vector<std::string>& columns,
                                                             const std::string& file);

/// `value` of the parameter `key` as XGBoost gets it: "(0,1,-1)". It has no directions_fault.
/// throws Error{input} with the place in mlp.yaml: a name or a place that is no feature, a direction for a
/// category (its codes have no order), another number of directions than features
[[nodiscard]] std::string directions_text(const config::Project& project, const std::string& key,
                                          const Json& value, const std::vector<Feature>& features);
/// The same for groups: "[[1,4],[0]]".
[[nodiscard]] std::string groups_text(const config::Project& project, const std::string& key,
                                      const Json& value, const std::vector<Feature>& features);

} // namespace mlp::model
