#pragma once

#include "dataset/csv_assembly.hpp"
#include "dataset/read_table.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// What a person should know of a file whose encoding was guessed.
[[nodiscard]] std::string latin1_note(const std::string& name);

/// The tokens that the format names, or the default ones.
[[nodiscard]] MissingTokens missing_tokens_of(const config::FormatConfig& format);

/// What read_table_bytes does but for the tap, with sizes of one's own.
[[nodiscard]] Table read_text(const std::vector<std::pair<std::string, std::string_view>>& named_bytes,
                              const ReadOptions& options, const ReadSizes& sizes);

} // namespace mlp::dataset
