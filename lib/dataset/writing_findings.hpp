#pragma once

#include "base/check.hpp"
#include "dataset/column_facts.hpp"
#include "dataset/profile.hpp"

#include <optional>
#include <span>
#include <vector>

namespace mlp::dataset {

/// Findings on columns whose numbers or dates are written as no reader here takes them, with the remedy:
/// decimal_commas, written_numbers, written_dates; and thousands_as_fractions for numbers that were read, but
/// as a thousandth of what they say. `columns`: indices into the table. Values are never in them.
[[nodiscard]] std::vector<Check> writing_findings(const Profile& profile, std::span<const ColumnFacts> facts,
                                                  std::span<const std::size_t> columns);

/// The style that reads the numbers of all columns, where some need one, all agree, and none has numbers that
/// it would misread (1.5 beside 2,5). `facts`: of the table read in the plain style.
[[nodiscard]] std::optional<NumberStyle> agreed_style(const Profile& profile,
                                                      std::span<const ColumnFacts> facts);
/// "decimal: \",\", thousands: \" \"", as data.format has it.
[[nodiscard]] std::string yaml_of(NumberStyle style);

} // namespace mlp::dataset
