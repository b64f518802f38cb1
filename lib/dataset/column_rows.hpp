#pragma once

#include "dataset/table.hpp"

#include <cstdint>
#include <span>

namespace mlp::dataset {

/// The column's values in these rows, in this order.
[[nodiscard]] Column taken(const Column& column, std::span<const std::uint32_t> rows);

} // namespace mlp::dataset
