#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace mlp::dataset {

// Measurements mostly have few decimals: multiplied by a power of ten they are whole numbers, which can be
// counted instead of sorted.

inline constexpr std::int32_t k_largest_whole = 1'000'000'000; ///< none reaches it: its neighbours still fit
inline constexpr double k_largest_power = 1e6;

/// The whole number that is `value` × `power` exactly, in the sense that dividing it gives `value` again;
/// below 10^9, and never for −0 or NaN.
inline std::optional<std::int32_t> as_whole(double value, double power) {
  const double scaled = value * power;
  if (!(std::abs(scaled) < k_largest_whole)) {
    return std::nullopt;
  }
  // NOLINTNEXTLINE(bugprone-incorrect-roundings): checked below
  const auto whole = static_cast<std::int32_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
  const bool is_negative_zero = whole == 0 && std::signbit(value);
  return static_cast<double>(whole) / power == value && !is_negative_zero ? std::optional(whole)
                                                                          : std::nullopt;
}

/// The power of ten, up to 10^6, that makes whole numbers of some of these (NaN is passed over); nothing
/// where none does.
[[nodiscard]] std::optional<double> power_of_ten_for(std::span<const double> numbers);

/// Numbers that a power of ten makes whole, and how far these reach.
struct WholeRange {
  double power = 1;
  std::int32_t least = 0;
  std::int32_t most = 0;

  [[nodiscard]] std::size_t steps() const { return static_cast<std::size_t>(most - least) + 1; }
  [[nodiscard]] std::size_t step_of(double value) const {
    return static_cast<std::size_t>(*as_whole(value, power) - least);
  }
  [[nodiscard]] double value_at(std::size_t step) const {
    return static_cast<double>(least + static_cast<std::int32_t>(step)) / power;
  }
};

/// Of all numbers but NaN; nothing where there is none, or one is no such number.
[[nodiscard]] std::optional<WholeRange> whole_range(std::span<const double> numbers);

} // namespace mlp::dataset
