#include "dataset/sorted_numbers.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace mlp::dataset {
namespace {

constexpr unsigned k_digit_bits = 11;
constexpr std::size_t k_digits = 6; // 6 × 11 bits cover all 64
constexpr std::size_t k_buckets = std::size_t{1} << k_digit_bits;
constexpr std::size_t k_few = 2000; // below this, clearing the buckets costs more than comparing
constexpr std::uint64_t k_sign = std::uint64_t{1} << 63U;

/// A key whose unsigned order is the number's order: negative numbers have all bits flipped, others the sign.
std::uint64_t key_of(double number) {
  const auto bits = std::bit_cast<std::uint64_t>(number);
  return (bits & k_sign) != 0 ? ~bits : bits | k_sign;
}

double number_of(std::uint64_t key) {
  return std::bit_cast<double>((key & k_sign) != 0 ? key & ~k_sign : ~key);
}

std::size_t digit_of(std::uint64_t key, std::size_t digit) {
  return (key >> (digit * k_digit_bits)) & (k_buckets - 1);
}

using Counts = std::array<std::size_t, k_buckets>;

void scatter(const std::vector<std::uint64_t>& from, std::vector<std::uint64_t>& to, std::size_t digit,
             const Counts& counts) {
  Counts place;
  std::size_t sum = 0;
  for (std::size_t bucket = 0; bucket < k_buckets; ++bucket) {
    place[bucket] = sum;
    sum += counts[bucket];
  }
  for (const std::uint64_t key : from) {
    to[place[digit_of(key, digit)]++] = key;
  }
}

void sort_by_radix(std::vector<double>& numbers) {
  std::vector<std::uint64_t> keys(numbers.size());
  std::vector<Counts> counts(k_digits);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i] = key_of(numbers[i]);
    for (std::size_t digit = 0; digit < k_digits; ++digit) {
      ++counts[digit][digit_of(keys[i], digit)];
    }
  }
  std::vector<std::uint64_t> other(keys.size());
  for (std::size_t digit = 0; digit < k_digits; ++digit) {
    if (counts[digit][digit_of(keys.front(), digit)] < keys.size()) {
      scatter(keys, other, digit, counts[digit]);
      keys.swap(other);
    }
  }
  std::transform(keys.begin(), keys.end(), numbers.begin(), number_of);
}

} // namespace

void sort_numbers(std::vector<double>& numbers) {
  if (numbers.size() < k_few) {
    std::sort(numbers.begin(), numbers.end(), [](double a, double b) { return key_of(a) < key_of(b); });
  } else {
    sort_by_radix(numbers);
  }
}

double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double weight = place - static_cast<double>(below);
  return weight == 0 ? sorted[below] : std::lerp(sorted[below], sorted[above], weight);
}

} // namespace mlp::dataset
