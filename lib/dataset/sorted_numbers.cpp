#include "dataset/sorted_numbers.hpp"

#include "base/radix_sort.hpp"
#include "dataset/whole_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_most_buckets = std::size_t{1} << 21U;

/// Measurements mostly have few decimals and a small range: then counting each value is faster than any
/// sorting. False, and nothing changed, where these numbers are not so.
bool sort_by_counting(std::vector<double>& numbers) {
  const std::optional<double> power = power_of_ten_for(numbers);
  if (!power) {
    return false;
  }
  std::vector<std::int32_t> wholes(numbers.size());
  std::int32_t least = std::numeric_limits<std::int32_t>::max();
  std::int32_t most = std::numeric_limits<std::int32_t>::min();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto whole = as_whole(numbers[i], *power);
    if (!whole) {
      return false;
    }
    wholes[i] = *whole;
    least = std::min(least, *whole);
    most = std::max(most, *whole);
  }
  const auto range = static_cast<std::size_t>(most - least) + 1; // at most 2 × 10^9: fits
  if (range > std::min(k_most_buckets, numbers.size())) {
    return false;
  }
  std::vector<std::uint32_t> counts(range);
  for (const std::int32_t whole : wholes) {
    ++counts[static_cast<std::size_t>(whole - least)];
  }
  auto next = numbers.begin();
  for (std::size_t i = 0; i < range; ++i) {
    const double value = static_cast<double>(least + static_cast<std::int32_t>(i)) / *power;
    next = std::fill_n(next, counts[i], value);
  }
  return true;
}

/// Insertion sort of keys that are nearly in order. False, and they are not, where that would take long.
bool insert_in_order(std::vector<std::uint64_t>& keys) {
  std::size_t moves_left = 4 * keys.size();
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const std::uint64_t key = keys[i];
    std::size_t at = i;
    for (; at > 0 && keys[at - 1] > key; --at) {
      keys[at] = keys[at - 1];
      if (moves_left-- == 0) {
        keys[at - 1] = key; // none is lost
        return false;
      }
    }
    keys[at] = key;
  }
  return true;
}

} // namespace

void sort_numbers(std::vector<double>& numbers) {
  constexpr std::size_t k_few = 2000;
  if (numbers.size() < k_few) {
    std::sort(numbers.begin(), numbers.end(), [](double a, double b) { return radix_key(a) < radix_key(b); });
  } else if (!sort_by_counting(numbers)) {
    sort_by_radix(numbers);
  }
}

void sort_by_radix(std::vector<double>& numbers) {
  constexpr std::size_t k_high_digits = 3; // from there on: sign, exponent and 21 bits of the fraction
  const auto key = [](std::uint64_t each) { return each; };
  std::vector<std::uint64_t> keys(numbers.size());
  std::transform(numbers.begin(), numbers.end(), keys.begin(), radix_key);
  radix_sort(keys, key, k_high_digits);
  if (!insert_in_order(keys)) { // many agree in these digits
    radix_sort(keys, key);
  }
  std::transform(keys.begin(), keys.end(), numbers.begin(), number_of_radix_key);
}

double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double weight = place - static_cast<double>(below);
  return weight == 0 ? sorted[below] : std::lerp(sorted[below], sorted[above], weight);
}

} // namespace mlp::dataset
