#pragma once

#include "dataset/table.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace mlp::dataset {

/// Appends one field as RFC 4180 wants it: quoted where it holds the delimiter, a quote, a line end, or a
/// blank at either end; quotes are doubled. The delimiter before it is the caller's.
void append_csv_field(std::string& out, std::string_view text, char delimiter = ',');

/// Appends the names of the columns as one line, ended by LF.
void append_csv_header(std::string& out, const Table& table);

/// Appends row `row` as text (Column::text; a missing value is empty) as one line, ended by LF. The empty
/// value of a table of one column is written as `""`, because a reader might skip a blank line.
void append_csv_row(std::string& out, const Table& table, std::size_t row);

} // namespace mlp::dataset
