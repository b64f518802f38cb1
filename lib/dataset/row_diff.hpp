#pragma once

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

/// By content: rows are compared as a multiset of 64-bit fingerprints (row_fingerprints); of equal rows the
/// later ones are the added or removed ones. A million different rows on either side are confused with a
/// chance of 1 in 9 million.
[[nodiscard]] RowDiff compare_content(std::span<const std::uint64_t> left,
                                      std::span<const std::uint64_t> right);

/// One fingerprint a row of its id, and of its content.
struct IdentifiedRows {
  std::vector<std::uint64_t> ids;
  std::vector<std::uint64_t> rows;
};
/// By id. Nothing where two rows of a side have the same id.
[[nodiscard]] std::optional<RowDiff> compare_by_id(const IdentifiedRows& left, const IdentifiedRows& right);

} // namespace mlp::dataset
