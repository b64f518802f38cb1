#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mlp {

/// A key whose unsigned order is the order of numbers (−0 before 0): negative ones have all bits flipped,
/// others the sign. Not for NaN.
[[nodiscard]] constexpr std::uint64_t radix_key(double number) {
  constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
  const auto bits = std::bit_cast<std::uint64_t>(number);
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

/// The number of which `key` is the radix_key.
[[nodiscard]] constexpr double number_of_radix_key(std::uint64_t key) {
  constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
  return std::bit_cast<double>((key & sign) != 0 ? key & ~sign : ~key);
}

/// Sorts items by `key_of(item)`, a 64-bit number, ascending; stable. By digits of 11 bits, the lowest first
/// (Knuth, TAOCP 3, 5.2.5): linear, and several times faster than comparing where there are many; needs their
/// space again.
/// `first_digit`: those below it are not looked at, as if they were alike.
template <typename Item, typename KeyOf>
void radix_sort(std::vector<Item>& items, const KeyOf& key_of, std::size_t first_digit = 0) {
  constexpr unsigned digit_bits = 11;
  constexpr std::size_t digits = 6; // 6 × 11 bits cover all 64
  constexpr std::size_t buckets = std::size_t{1} << digit_bits;
  constexpr std::size_t few = 2000; // below this, clearing the buckets costs more than comparing
  if (items.size() < few) {
    std::stable_sort(items.begin(), items.end(),
                     [&](const Item& a, const Item& b) { return key_of(a) < key_of(b); });
    return;
  }
  const auto digit_of = [](std::uint64_t key, std::size_t digit) {
    return (key >> (digit * digit_bits)) & (buckets - 1);
  };
  std::vector<std::array<std::size_t, buckets>> counts(digits);
  for (const Item& item : items) {
    const std::uint64_t key = key_of(item);
    for (std::size_t digit = first_digit; digit < digits; ++digit) {
      ++counts[digit][digit_of(key, digit)];
    }
  }
  std::vector<Item> other(items.size());
  for (std::size_t digit = first_digit; digit < digits; ++digit) {
    auto& place = counts[digit];
    if (place[digit_of(key_of(items.front()), digit)] == items.size()) {
      continue; // all items have the same one
    }
    std::size_t sum = 0;
    for (std::size_t& count : place) {
      const std::size_t start = sum;
      sum += count;
      count = start;
    }
    for (const Item& item : items) {
      other[place[digit_of(key_of(item), digit)]++] = item;
    }
    items.swap(other);
  }
}

} // namespace mlp
