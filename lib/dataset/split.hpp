#pragma once

#include "base/content_id.hpp"
#include "config/project.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// none: in a time gap, without a time, or without a target
enum class Part : std::uint8_t { train, valid, test, none };
[[nodiscard]] std::string_view name_of(Part part);

struct Split {
  std::vector<Part> part; ///< [rows]
  std::int64_t train = 0, valid = 0, test = 0;
  std::int64_t dropped = 0;                                           ///< rows without a target
  std::int64_t gap = 0;                                               ///< rows in the time gap
  std::int64_t undated = 0;                                           ///< split by time: rows without a time
  [[nodiscard]] std::vector<std::uint32_t> rows_of(Part which) const; ///< ascending
};

/// Assigns each row to a part; the same on any number of threads. architecture.md, "Splits":
///
/// hash   SHA-256 over `split.seed` and the row's key values, each written as RowText does, keys sorted by
/// name.
///        Bytes 0–7 as a big-endian number / 2^64 < test: test; else bytes 8–15 likewise < valid: valid; else
///        train. The key is `split.key`, else the id column, else the target and all columns whose role is
///        feature (text ones too: which columns count must not depend on how other rows made them be read).
///        So appended rows and `model.seed` move no row, and rows of equal key share a part.
/// group  The same with `split.key`, else the group column, as the key. Rows without a group are one group.
/// time   From `test_from` on: test. From `valid_from` on: valid; where it is absent, from the time on from
///        which the last `valid` share of the earlier rows begins (rows of one instant stay together, so rows
///        added before `test_from` may move it). Rows less than `gap` before the first instant of a later
///        part belong to no part.
/// file   All rows of this table are train or valid, by hash; the test rows stand in another table.
///
/// throws Error{input} where key or time columns are absent or of the wrong type, or a part that must not be
/// empty is: train; test unless by file; valid where its share is not 0
[[nodiscard]] Split split_of(const Table& table, const config::Project& project, unsigned threads = 1);
/// Every row with a target is test.
[[nodiscard]] Split split_of_test_file(const Table& table, const config::Project& project);

/// Names how rows are assigned (not which): SHA-256 of the split's configuration and key columns as canonical
/// JSON. What has no effect (a key's order, `valid` where `valid_from` is given) does not enter.
[[nodiscard]] ContentId split_id(const config::Project& project);

} // namespace mlp::dataset
