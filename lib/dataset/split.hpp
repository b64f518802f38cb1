#pragma once

#include "base/content_id.hpp"
#include "config/project.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace mlp::dataset {

enum class Part : std::uint8_t { train, valid, test, none }; ///< none: in a time gap, or without a target
[[nodiscard]] std::string_view name_of(Part part);

struct Split {
  std::vector<Part> part; ///< [rows]
  std::int64_t train = 0, valid = 0, test = 0;
  std::int64_t dropped = 0;                                           ///< rows without a target
  std::int64_t gap = 0;                                               ///< rows in the time gap
  [[nodiscard]] std::vector<std::uint32_t> rows_of(Part which) const; ///< ascending
};

/// architecture.md, "Splits": by hash of decoded key values, by time, by group; by file all rows of this
/// table are train and valid (the test file is another table: see split_of_test_file). throws Error{input}
/// where key columns are absent, or a part that must not be empty is
[[nodiscard]] Split split_of(const Table& table, const config::Project& project);
/// Every row with a target is test.
[[nodiscard]] Split split_of_test_file(const Table& table, const config::Project& project);

/// Names how rows are assigned (not which): hash of the split configuration and the key columns.
[[nodiscard]] ContentId split_id(const config::Project& project);

/// A 64-bit fingerprint of each row's features and target, decoded: equal rows have equal fingerprints in any
/// file. The columns are those of role feature plus target, by name, whatever their order in the file.
[[nodiscard]] std::vector<std::uint64_t> row_fingerprints(const Table& table, const config::Project& project,
                                                          unsigned threads);

} // namespace mlp::dataset
