#pragma once

#include "dataset/table.hpp"
#include "dataset/value_hash.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mlp::validation {

/// 64-bit keys of cells and rows over some columns: equal values of a column of that name have equal keys in
/// any table. A row's key is the sum of its cells' keys, so a row made of the cells of two others is keyed
/// without being built. The table must outlive it.
class RowKeys {
public:
  /// throws Error{input} where a column is absent
  RowKeys(const dataset::Table& table, const std::vector<std::string>& columns,
          dataset::Likeness likeness = dataset::Likeness::equal);
  [[nodiscard]] std::size_t columns() const { return hashers_.size(); }
  [[nodiscard]] std::uint64_t cell(std::size_t row, std::size_t column) const;
  [[nodiscard]] std::uint64_t row(std::size_t row) const;
  /// [rows], on up to `threads` threads
  [[nodiscard]] std::vector<std::uint64_t> all(unsigned threads) const;
  /// Of the row whose cells come from `a` or from `b`, each by a coin: what chance makes of two rows while
  /// the columns that stay together keep what they have in common. At least one cell comes from each; two
  /// columns or more. `draw` numbers the coins.
  [[nodiscard]] std::vector<std::uint64_t> crossed(std::size_t a, std::size_t b, std::uint64_t draw) const;

private:
  std::size_t rows_;
  std::vector<dataset::ValueHasher> hashers_;
  std::vector<std::uint64_t> names_; ///< a hash of each column's name
};

[[nodiscard]] std::uint64_t sum_of(const std::vector<std::uint64_t>& cells);

} // namespace mlp::validation
