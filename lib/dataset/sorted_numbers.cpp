#include "dataset/sorted_numbers.hpp"

#include "base/radix_sort.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

namespace mlp::dataset {
namespace {

constexpr std::array<double, 7> k_powers_of_ten = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
constexpr std::int32_t k_largest = 1'000'000'000; // of a whole number here; its neighbours still fit
constexpr std::size_t k_most_buckets = std::size_t{1} << 21U;

/// The whole number that is `value` × 10^decimals exactly, in the sense that dividing it gives `value` again.
std::optional<std::int32_t> as_whole(double value, double power) {
  const double scaled = value * power;
  if (!(std::abs(scaled) < k_largest)) {
    return std::nullopt;
  }
  // NOLINTNEXTLINE(bugprone-incorrect-roundings): checked below
  const auto whole = static_cast<std::int32_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
  const bool is_negative_zero = whole == 0 && std::signbit(value);
  return static_cast<double>(whole) / power == value && !is_negative_zero ? std::optional(whole)
                                                                          : std::nullopt;
}

/// The power of ten that makes whole numbers of some of these; nothing where none does.
std::optional<double> scale_of(const std::vector<double>& numbers) {
  constexpr std::size_t k_sample = 256;
  const std::size_t stride = std::max<std::size_t>(1, numbers.size() / k_sample);
  std::size_t decimals = 0;
  for (std::size_t i = 0; i < numbers.size(); i += stride) {
    while (decimals < k_powers_of_ten.size() && !as_whole(numbers[i], k_powers_of_ten[decimals])) {
      ++decimals;
    }
  }
  return decimals < k_powers_of_ten.size() ? std::optional(k_powers_of_ten[decimals]) : std::nullopt;
}

/// Measurements mostly have few decimals and a small range: then counting each value is faster than any
/// sorting. False, and nothing changed, where these numbers are not so.
bool sort_by_counting(std::vector<double>& numbers) {
  const std::optional<double> power = scale_of(numbers);
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
  const auto range = static_cast<std::size_t>(most - least) + 1; // at most 2 × k_largest: fits
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

} // namespace

void sort_numbers(std::vector<double>& numbers) {
  constexpr std::size_t k_few = 2000;
  if (numbers.size() < k_few) {
    std::sort(numbers.begin(), numbers.end(), [](double a, double b) { return radix_key(a) < radix_key(b); });
  } else if (!sort_by_counting(numbers)) {
    std::vector<std::uint64_t> keys(numbers.size());
    std::transform(numbers.begin(), numbers.end(), keys.begin(), radix_key);
    radix_sort(keys, [](std::uint64_t key) { return key; });
    std::transform(keys.begin(), keys.end(), numbers.begin(), number_of_radix_key);
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
