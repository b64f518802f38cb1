#pragma once

#include "base/json.hpp"
#include "report/display.hpp"

#include <string>

namespace mlp::report {

/// A `mlp.data_diff/1` for a terminal: what each side is, then files, schema, rows and the columns that
/// moved, the farthest first, at most 20 of them.
[[nodiscard]] std::string data_diff_text(const Json& document, const Style& style);

/// "adult 3f2a9c1   32,561 rows × 15 columns" of one side.
[[nodiscard]] std::string data_side_text(const Json& side);

/// "ks 0.042", "tv <0.001", "–" where there is no distance.
[[nodiscard]] std::string shift_distance_text(const Json& column);

/// "37 → 39, mean 38.6 → 40.1", "came 'X' 3 · went 2 values", "missing 1.0% → 2.0%": how a column moved.
[[nodiscard]] std::string column_shift_text(const Json& column);

/// "hours 40 → 45", or that the values are not shown.
[[nodiscard]] std::string changed_cell_text(const Json& cell);

/// "rows 4, 9, 17, …" of the first ones of `n`; empty where none is named.
[[nodiscard]] std::string row_numbers_text(const Json& rows, std::int64_t n);

} // namespace mlp::report
