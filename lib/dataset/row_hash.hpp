#pragma once

#include "base/random.hpp"
#include "dataset/table.hpp"

#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// 128 bits of a value, or of a row's values in the byte order of their columns' names: two lanes of 64 bits,
/// each mixed by SplitMix64's finaliser. Equal rows have equal hashes in any file, whatever the order of its
/// columns; n different rows, not made to collide, share one with a chance of n² / 2^129: 1.5 in 10^27 of a
/// million, 1.5 in 10^21 of a billion. Hashes are comparable where the columns have the same types; they are
/// not stored.
struct RowHash {
  std::uint64_t first = 0x6d6c7020726f7773; // any two constants
  std::uint64_t second = 0x9e3779b97f4a7c15;

  /// Takes the value of the next column.
  constexpr void add(const RowHash& value) {
    first = mix64(first ^ value.first);
    second = mix64(second + value.second);
  }
  friend constexpr auto operator<=>(const RowHash&, const RowHash&) = default;
};

/// Of no value: a NaN's bits, which no number has.
inline constexpr RowHash k_hash_of_missing = {0x7ff86d697373696e, 0x7ff86d697373696e};

/// Of a number or a date/time, one word: no two numbers have the same. −0 is 0.
[[nodiscard]] constexpr RowHash hash_of(double number) {
  const auto bits = std::bit_cast<std::uint64_t>(number + 0.0);
  return {bits, bits};
}
/// Of a word as it stands; true, false, yes and no without the blanks around them, as booleans are read.
[[nodiscard]] RowHash hash_of(std::string_view text);
/// Of what was declared a boolean, however it is spelt.
[[nodiscard]] RowHash hash_of_declared(bool value);

/// Hashes of a column's values in a table at hand. The column must outlive it.
class TableValueHasher {
public:
  /// `declared_boolean`: its spelling does not count.
  TableValueHasher(const Column& column, bool declared_boolean);
  [[nodiscard]] RowHash operator()(std::size_t row) const {
    if (column_.missing(row)) {
      return k_hash_of_missing;
    }
    if (known_.empty()) {
      return hash_of(column_.numbers[row]);
    }
    return known_[column_.is_numeric() ? (column_.numbers[row] != 0 ? 1U : 0U)
                                       : static_cast<std::size_t>(column_.codes[row])];
  }

private:
  const Column& column_;
  std::vector<RowHash> known_; ///< of each category, or of false and true
};

} // namespace mlp::dataset
