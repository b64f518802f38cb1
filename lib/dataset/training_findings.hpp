#pragma once

#include "base/check.hpp"
#include "config/project.hpp"
#include "dataset/profile.hpp"
#include "dataset/roles.hpp"
#include "dataset/table.hpp"

#include <string>
#include <vector>

namespace mlp::dataset {

/// A failed check on `subject`.
[[nodiscard]] Check failure(std::string id, std::string subject, std::string why);

/// The target: missing, not what the task needs, rare or unbalanced classes, rows without one.
[[nodiscard]] std::vector<Check> target_findings(const Table& table, const config::Project& project);

/// Features that say the same as the target (also by other words, in 30 rows or more) or as a post-outcome
/// column.
[[nodiscard]] std::vector<Check> leak_findings(const Table& table, const Profile& profile,
                                               const config::Project& project, const Roles& roles);

/// Values beyond what `data.columns` declares: type, values, min, max, max_missing.
[[nodiscard]] std::vector<Check> declared_findings(const Table& table, const Profile& profile,
                                                   const config::Project& project);

} // namespace mlp::dataset
