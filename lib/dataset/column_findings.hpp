#pragma once

#include "base/check.hpp"
#include "dataset/profile.hpp"
#include "dataset/table.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace mlp::dataset {

/// What check_table says of these columns (indices into the table), column by column.
[[nodiscard]] std::vector<Check> column_findings(const Table& table, const Profile& profile,
                                                 std::span<const std::size_t> columns);

/// Whether every value names one row: at least 20 present values, all different, and they are words without a
/// blank, or whole numbers without a gap.
[[nodiscard]] bool names_rows(const Column& column, const ColumnProfile& profile);

/// Whether two columns say the same in every row that is present in `b`: equal decoded values.
[[nodiscard]] bool same_values(const Column& a, const Column& b);

} // namespace mlp::dataset
