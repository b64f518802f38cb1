#pragma once

#include "dataset/read_table.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// Reads Parquet files with the same columns into one table. Types are the file's: a dictionary is a
/// category; other text becomes what settle_texts makes of it, but never numbers; booleans are spelt false
/// and true. Missing is what is null or NaN, empty text, and the tokens of data.format.missing; an integer
/// that a double would not give back makes its column a category, as in CSV. Types that data.columns declares
/// or a model gives are as for CSV: a column of another type is read from the text of its values. throws as
/// read_table, with places like "data.parquet, row 7"
[[nodiscard]] Table read_parquet(const std::vector<std::pair<std::string, std::string_view>>& named_bytes,
                                 const ReadOptions& options);

/// As stream_table, for a Parquet file in memory.
void stream_parquet(std::string_view bytes, const std::string& name, const ReadOptions& options,
                    std::size_t rows_at_once, const std::function<bool(Table&&)>& take);

/// By its first bytes; never of what is no regular file.
[[nodiscard]] bool is_parquet_file(const Source& source);

} // namespace mlp::dataset
