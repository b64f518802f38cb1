#pragma once

#include "dataset/file_diff.hpp"
#include "dataset/table_diff.hpp"
#include "workflow/workspace.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

struct DiffDataRequest {
  std::string left;
  std::string right;
  std::vector<std::string> ids; ///< columns that name a row; empty: mlp.yaml's id column, where both have it
};

/// How two versions of data differ: by file where both are folders (unchanged files are not read), and as
/// tables.
///
/// Values of cells are shown by id only, and never of columns that mlp.yaml declares protected or ids, of
/// free text, or of words that differ in more than 95 % of the rows: those are named by row and column. Of
/// such columns values that came or went are counted, not named. throws Error{not_found}, Error{ambiguous};
/// Error{input} where a file is no table, or `ids` are no ids
[[nodiscard]] Json diff_data(Workspace& workspace, const DiffDataRequest& request);

} // namespace mlp::workflow
