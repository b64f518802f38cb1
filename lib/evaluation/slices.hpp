#pragma once

#include "config/project.hpp"
#include "dataset/table.hpp"
#include "evaluation/grouping.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// Some of the rows that are scored, by the value of one column or of several crossed.
struct Slice {
  std::string label; ///< "sex=Female", "tenure=[12, 29)", "sex=Male & race=White"; missing: "(missing)"
  std::vector<std::string> columns; ///< what it was cut by
  std::vector<std::uint32_t> at;    ///< positions in `rows` (not row numbers), ascending
  bool pooled = false;              ///< "(others: …)": what is not among the largest k_most_slices values
};

/// The slices by one column or cross, sorted; missing values are a slice of their own. Bins are quantiles
/// (type 7) of the scored rows, open at both ends. Of more than k_most_slices values (or combinations) the
/// largest stand by themselves, the rest are one slice.
/// throws Error{input} for a column that the table lacks (nearest name), bins of what is no number
[[nodiscard]] std::vector<Slice> slices_by(const dataset::Table& table,
                                           const std::vector<std::uint32_t>& rows,
                                           const config::SliceConfig& wanted);

/// The declared slices and each protected column, in that order. throws as slices_by
[[nodiscard]] std::vector<Slice> slices_of(const dataset::Table& table,
                                           const std::vector<std::uint32_t>& rows,
                                           const config::Project& project);

} // namespace mlp::evaluation
