#pragma once

#include "config/project.hpp"

#include <vector>

namespace mlp::config {

/// Puts each `--set` into the tree. Its nodes stand at line 0; the column is 1 + its index in `overrides`.
/// throws Error{usage} for a key that names no section, or leads through something that is no map
void apply_overrides(YamlNode& root, const std::vector<Override>& overrides);

/// An override that makes an error is a mistake on the command line, not in the file.
/// throws Error{usage} "--set KEY=VALUE: …" where one of the findings stands in an override
void refuse_wrong_overrides(const std::vector<Finding>& findings, const std::vector<Override>& overrides);

} // namespace mlp::config
