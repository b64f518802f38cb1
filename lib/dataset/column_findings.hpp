#pragma once

#include "base/check.hpp"
#include "dataset/column_facts.hpp"
#include "dataset/profile.hpp"
#include "dataset/table.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace mlp::dataset {

/// Whether two columns of the table (indices, of alike profiles) hold the same values in every row.
using SameColumns = std::function<bool(std::size_t, std::size_t)>;

/// Of a table, which must outlive it.
[[nodiscard]] SameColumns same_columns_of(const Table& table);

/// What check_table says of these columns (indices into the table), column by column. `facts`: of all.
[[nodiscard]] std::vector<Check> column_findings(const Profile& profile, std::span<const ColumnFacts> facts,
                                                 std::span<const std::size_t> columns,
                                                 const SameColumns& same);

/// Findings of id personal_data, one a column that nobody declared. Values are never in them.
[[nodiscard]] std::vector<Check> personal_findings(const Profile& profile,
                                                   std::span<const ColumnFacts> facts);

/// Whether every value names one row: at least 20 present values, all different, and they are words without a
/// blank, or whole numbers without a gap.
[[nodiscard]] bool names_rows(const Column& column, const ColumnProfile& profile);

/// Whether two columns say the same in every row that is present in `b`: equal decoded values.
[[nodiscard]] bool same_values(const Column& a, const Column& b);

} // namespace mlp::dataset
