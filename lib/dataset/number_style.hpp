#pragma once

#include "config/project.hpp"
#include "dataset/cell_value.hpp"

#include <string_view>

namespace mlp::dataset {

/// How the numbers of a CSV file are written.
struct NumberStyle {
  char decimal = '.';    ///< . or ,
  char thousands = '\0'; ///< between groups of three digits: . , blank or '; none: no number has groups

  /// Whether the numbers are what parse_number(text) reads.
  [[nodiscard]] bool is_plain() const { return decimal == '.' && thousands == '\0'; }
  friend bool operator==(const NumberStyle&, const NumberStyle&) = default;
};

/// As data.format says. Beside a decimal comma, thousands may have points where no mark is named.
[[nodiscard]] NumberStyle number_style_of(const config::FormatConfig& format);

/// As parse_number(text), of `[+-]digits[mark digits][e[+-]digits]` with the decimal mark of the style. The
/// digits before it may stand in groups: one to three that do not begin with 0, then groups of exactly three.
/// Between them stands one mark, the same everywhere; for a blank a no-break or narrow no-break one will do,
/// for ' the apostrophe \u2019. A text with the other mark is no number: 1.5 where the decimal is a comma.
[[nodiscard]] NumberText parse_number(std::string_view text, NumberStyle style);

} // namespace mlp::dataset
