#include "dataset/whole_numbers.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace mlp::dataset {
namespace {

constexpr std::array<double, 7> k_powers_of_ten = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

} // namespace

std::optional<double> power_of_ten_for(std::span<const double> numbers) {
  constexpr std::size_t k_sample = 256;
  const std::size_t stride = std::max<std::size_t>(1, numbers.size() / k_sample);
  std::size_t decimals = 0;
  for (std::size_t i = 0; i < numbers.size(); i += stride) {
    while (!std::isnan(numbers[i]) && decimals < k_powers_of_ten.size() &&
           !as_whole(numbers[i], k_powers_of_ten[decimals])) {
      ++decimals;
    }
  }
  return decimals < k_powers_of_ten.size() ? std::optional(k_powers_of_ten[decimals]) : std::nullopt;
}

std::optional<WholeRange> whole_range(std::span<const double> numbers) {
  const std::optional<double> power = power_of_ten_for(numbers);
  if (!power) {
    return std::nullopt;
  }
  WholeRange range{*power, std::numeric_limits<std::int32_t>::max(),
                   std::numeric_limits<std::int32_t>::min()};
  for (const double value : numbers) {
    const auto whole = as_whole(value, *power);
    if (whole) {
      range.least = std::min(range.least, *whole);
      range.most = std::max(range.most, *whole);
    } else if (!std::isnan(value)) {
      return std::nullopt;
    }
  }
  return range.least <= range.most ? std::optional(range) : std::nullopt;
}

} // namespace mlp::dataset
