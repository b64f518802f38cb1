#include "report/numbers.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

namespace mlp::report {
namespace {

constexpr std::string_view k_none = "–";

/// Puts a comma before each group of three of the digits before the decimal point.
std::string grouped(std::string text) {
  const std::size_t begin = text.starts_with('-') ? 1 : 0;
  std::size_t at = text.find('.');
  if (at == std::string::npos) {
    at = text.size();
  }
  while (at > begin + 3) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

} // namespace

std::string thousands(std::int64_t number) { return grouped(fmt::format("{}", number)); }

std::string bytes_text(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 7> units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1023.5 && unit + 1 < units.size()) {
    value /= 1024;
    ++unit;
  }
  if (unit == 0 || value >= 99.95) {
    return fmt::format("{:.0f} {}", value, units[unit]);
  }
  return fmt::format("{:.{}f} {}", value, value < 9.995 ? 2 : 1, units[unit]);
}

std::string duration_text(double seconds) {
  if (!(seconds >= 0) || !std::isfinite(seconds)) {
    return std::string(k_none);
  }
  if (seconds < 0.0995) {
    return fmt::format("{:.0f} ms", seconds * 1000);
  }
  if (seconds < 59.95) {
    return fmt::format("{:.1f} s", seconds);
  }
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  if (whole < 3600) {
    return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  }
  return fmt::format("{} h {:02} min", thousands(whole / 3600), whole % 3600 / 60);
}

std::string percent_text(double share) {
  return fixed_text(share * 100, 1) + (std::isfinite(share) ? "%" : "");
}

int decimals_for(double value) {
  const double size = std::fabs(value);
  if (!std::isfinite(size) || size >= 999.95) {
    return 0;
  }
  if (size >= 99.995) {
    return 1;
  }
  if (size >= 9.9995) {
    return 2;
  }
  if (size >= 0.0995 || size < 5e-13) { // too small for twelve decimals: rounding of a sum
    return 3;
  }
  const int leading_zeros = -static_cast<int>(std::floor(std::log10(size))) - 1; // 0.0123 has one
  return size < 0.001 ? std::min(leading_zeros + 3, 12) : 3;
}

std::string fixed_text(double value, int decimals) {
  if (!std::isfinite(value)) {
    return std::string(k_none);
  }
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) {
    text.erase(0, 1);
  }
  return grouped(std::move(text));
}

std::string range_text(double lower, double upper, int decimals) {
  const std::string first = fixed_text(lower, decimals);
  const std::string second = fixed_text(upper, decimals);
  return first + (first.starts_with('-') || second.starts_with('-') ? " to " : " – ") + second;
}

std::string metric_text(double value) { return fixed_text(value, decimals_for(value)); }

} // namespace mlp::report
