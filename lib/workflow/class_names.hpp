#pragma once

#include "config/findings.hpp"
#include "config/project.hpp"
#include "policy/policy.hpp"
#include "workflow/workspace.hpp"

#include <vector>

namespace mlp::workflow {

/// Metrics of one class (`recall@setosa`) in mlp.yaml and policy.yaml that name a class which no row of the
/// target has. Reads the data only where such a metric is named, and only until each class was seen. Nothing
/// where data are not here or cannot be read: others say so.
[[nodiscard]] std::vector<config::Finding>
check_class_names(Workspace& workspace, const config::Project& project, const policy::Policy& policy);

} // namespace mlp::workflow
