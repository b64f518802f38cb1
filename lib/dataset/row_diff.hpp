#pragma once

#include "dataset/row_hash.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// How many examples of each kind a comparison names.
inline constexpr std::size_t k_diff_examples = 10;

/// What became of the rows of one table in another. Row numbers count from 0.
struct RowDiff {
  std::int64_t unchanged = 0;
  std::int64_t added = 0;
  std::int64_t removed = 0;
  bool same_order = true;                ///< of all rows; false where any was added, removed or moved
  std::vector<std::size_t> added_rows;   ///< the first ones, in the right table
  std::vector<std::size_t> removed_rows; ///< the first ones, in the left table
  /// By id only: rows of one id whose content differs, (left, right), in the left table's order.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> changed;
};

/// By content: rows are compared as a multiset of their hashes; of equal rows the later ones are the added or
/// removed ones. At most 2^32 rows a side. Beside the hashes, a few MB are needed.
[[nodiscard]] RowDiff compare_content(std::span<const RowHash> left, std::span<const RowHash> right);

/// One hash a row of its id, and of its content.
struct IdentifiedRows {
  std::vector<RowHash> ids;
  std::vector<RowHash> rows;
};
/// By id. Nothing where two rows of a side have the same id.
[[nodiscard]] std::optional<RowDiff> compare_by_id(const IdentifiedRows& left, const IdentifiedRows& right);

} // namespace mlp::dataset
