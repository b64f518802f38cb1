#pragma once

#include "dataset/profile.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace mlp::report {

/// A histogram in one line of eight heights: "▁▃▇█▄▁"; a bin that holds anything is never blank, an empty one
/// is.
[[nodiscard]] std::string sparkline(std::span<const std::int64_t> counts);

/// One line a column: type, missing, distinct values, and its range with a histogram or its most frequent
/// values.
[[nodiscard]] std::string profile_table(const dataset::Profile& profile);

} // namespace mlp::report
