#pragma once

#include "base/check.hpp"
#include "config/project.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace mlp::dataset {

/// What either decision costs on each of some rows, by `evaluation.decision.costs`; a gain is negative.
struct RowCosts {
  std::vector<double> call; ///< [n] of calling the row positive: tp of a positive row, fp of a negative one
  std::vector<double> pass; ///< [n] of calling it negative: fn of a positive row, tn of a negative one
};

/// A cost is a number, or a column's value in the row. Only the costs that a row's class can cause are read:
/// a column of `fn` may be empty where the row is negative.
///
/// rows     of `table`
/// target   [n] 0 or 1 of these rows
/// returns  nothing where the task is not binary or mlp.yaml gives no costs
/// throws   Error{input} with the place in mlp.yaml: a column that the table lacks, that is no number, or
/// that
///          is missing or infinite in a row that needs it
[[nodiscard]] std::optional<RowCosts> row_costs(const Table& table, std::span<const std::uint32_t> rows,
                                                std::span<const double> target,
                                                const config::Project& project);

/// The same problems, on all rows that have a target, as failures of id `costs`: known before a training.
[[nodiscard]] std::vector<Check> cost_findings(const Table& table, const config::Project& project);

} // namespace mlp::dataset
