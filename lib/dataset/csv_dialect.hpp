#pragma once

#include "config/project.hpp"
#include "dataset/csv_sample.hpp"

#include <string_view>
#include <vector>

namespace mlp::dataset {

/// The delimiter among `, ; tab |` (unless declared) and whether blanks follow it.
///
/// Each candidate splits the sample outside quotes. It can be the delimiter where the first line, or four
/// lines of five, hold it; among those the best is the one that gives the most lines the same number of
/// fields, times the share of its values that look like values (numbers, dates, missing, or words without
/// another candidate); of equals: tab, |, ;, comma, because the last ones stand in prose too. Where none can
/// be, the table has one column. A declared mark of numbers is none where the first line lacks it. Blanks
/// after the delimiter are left out of the values where every delimiter of the sample is followed by one.
///
/// `text`: of sample_text. throws Error{input} for a declared delimiter that cannot be one (a quote, a line
/// end)
[[nodiscard]] Dialect detect_dialect(std::string_view text, const config::FormatConfig& declared);

/// Whether the first record names the columns. It does not where one of its values is a number, a date/time
/// or a boolean word, or all are missing; but it does all the same where it has a word above a column of
/// numbers or date/times (so "id,2010,2011" is a header), or where its numbers count the columns as those of
/// no other record do: "0,1,2", "country,2010,2011,2012", or ascending ones behind an empty corner. A table
/// of words only has a header: the first line. `style`: of the numbers.
[[nodiscard]] bool detect_header(const std::vector<Record>& records, NumberStyle style = {});

} // namespace mlp::dataset
