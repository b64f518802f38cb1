#pragma once

#include "report/data_html.hpp"
#include "workflow/datasets.hpp"

#include <string>
#include <utility>
#include <vector>

namespace mlp::workflow {

/// Which columns of data a person wants to see.
struct ColumnChoice {
  std::vector<std::string> names; ///< empty = all, in the table's order
  std::int64_t limit = 200;       ///< 0 = all
};
/// Their places in the profile. throws Error{input} with the nearest name where there is no such column,
/// Error{usage} for a negative limit
[[nodiscard]] std::vector<std::size_t> chosen_columns(const ShownData& shown, const ColumnChoice& choice);

/// Where data are from and what was made from them, by name; empty where nobody knows.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> provenance_of(const ShownData& shown);

/// `program`: name and version.
[[nodiscard]] report::DataPage data_page(const ShownData& shown, const std::string& program);

} // namespace mlp::workflow
