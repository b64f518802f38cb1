#pragma once

#include "config/project.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace mlp::dataset {

/// The query of each row of a ranking: the column of role `group`. throws Error{input} where mlp.yaml names
/// none, or the table lacks it
[[nodiscard]] const Column& query_column(const Table& table, const config::Project& project);

/// The query of each of `rows`, numbered from 0 in the order in which they first occur. Each row has one.
[[nodiscard]] std::vector<std::uint32_t> query_numbers(const Table& table, const config::Project& project,
                                                       std::span<const std::uint32_t> rows);

/// `rows` ordered so that those of a query stand together: queries in the order of their first rows, rows of
/// a query in their own.
[[nodiscard]] std::vector<std::uint32_t> rows_by_query(const Table& table, const config::Project& project,
                                                       const std::vector<std::uint32_t>& rows);

} // namespace mlp::dataset
