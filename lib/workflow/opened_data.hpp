#pragma once

#include "workflow/data_source.hpp"

#include <string>
#include <vector>

namespace mlp::workflow {

[[nodiscard]] std::vector<std::string> column_names(const dataset::Table& table);
/// Whether the table has every column that mlp.yaml names.
[[nodiscard]] bool has_project_columns(const dataset::Table& table, const config::Project& project);

/// Data to look at: a path, a REF, or those of mlp.yaml (empty text). Read as mlp.yaml says where the table
/// has the columns that it names, else as they are. Only those of mlp.yaml are stored, as `mlp train` does.
[[nodiscard]] OpenedData open_to_look_at(Workspace& workspace, const std::string& text);

} // namespace mlp::workflow
