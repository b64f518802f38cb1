#pragma once

#include "dataset/profile.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace mlp::report {

/// A histogram in one line of eight heights: "▁▃▇█▄▁"; a bin that holds anything is never blank, an empty one
/// is. More counts than `widest` are joined with their neighbours.
[[nodiscard]] std::string sparkline(std::span<const std::int64_t> counts, std::size_t widest = 20);

/// The shape of a column: of numbers the histogram of their body, with `‹` or `›` where values lie beyond it;
/// of others a bar for each of the most frequent values.
[[nodiscard]] std::string shape_text(const dataset::ColumnProfile& column, std::size_t widest);

/// A value of a column of numbers or date/times in at most six signs, or a date: "37", "0.1235", "178k",
/// "1.48M".
[[nodiscard]] std::string point_text(const dataset::ColumnProfile& column, double value);

/// One line a column, at most `width` columns of the terminal: type, missing, distinct values, shape, and the
/// quartiles `min [q25 median q75] max` or the most frequent values. Estimates are marked with ~.
[[nodiscard]] std::string profile_table(const dataset::Profile& profile, std::span<const std::size_t> columns,
                                        unsigned width);

/// How files were read (dataset::to_json of a Format), in words.
[[nodiscard]] std::string format_text(const Json& format);

} // namespace mlp::report
