#pragma once

#include <vector>

namespace mlp::dataset {

/// Sorts numbers ascending; −0 comes before 0. No NaN may be among them. Many numbers are sorted by counting
/// where they have few decimals and a small range, else by radix: both several times faster than by
/// comparison.
void sort_numbers(std::vector<double>& numbers);

/// The same by radix alone: for some thousand numbers that are not worth a look at what they are.
void sort_by_radix(std::vector<double>& numbers);

/// The quantile of ascending numbers, interpolated between the two nearest (type 7 of Hyndman & Fan 1996, the
/// default of R and NumPy). `share` in [0, 1]; at least one number.
[[nodiscard]] double quantile(const std::vector<double>& sorted, double share);

} // namespace mlp::dataset
