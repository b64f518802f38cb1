#pragma once

#include <cstdint>
#include <string>

namespace mlp::report {

/// 32561 → "32,561"
[[nodiscard]] std::string thousands(std::int64_t number);

/// 421888 → "412 KiB"; three significant digits below 100 of a unit, whole numbers from there on.
[[nodiscard]] std::string bytes_text(std::uint64_t bytes);

/// 3.24 → "3.2 s", 0.0124 → "12 ms", 65 → "1 min 05 s", 7260 → "2 h 01 min". Negative or not finite: "–".
[[nodiscard]] std::string duration_text(double seconds);

/// 0.2408 → "24.1%"
[[nodiscard]] std::string percent_text(double share);

/// How many decimals a metric of this size is shown with: 3 below 10, 2 below 100, 1 below 1,000, else none;
/// more where the value is so small that three would show fewer than three digits.
[[nodiscard]] int decimals_for(double value);

/// With thousands separators and exactly `decimals` decimals; never "-0.000"; not finite: "–".
[[nodiscard]] std::string fixed_text(double value, int decimals);

/// "0.642 – 0.704"; "-0.035 to 0.006" where an end is negative, as a dash beside a minus misleads.
[[nodiscard]] std::string range_text(double lower, double upper, int decimals);

/// `fixed_text(value, decimals_for(value))`: 0.9274 → "0.927", 48213.4 → "48,213".
[[nodiscard]] std::string metric_text(double value);

} // namespace mlp::report
