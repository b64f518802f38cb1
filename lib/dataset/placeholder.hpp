#pragma once

#include "dataset/profile.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mlp::dataset {

/// A value that seems to stand for "missing".
struct Placeholder {
  std::string text;
  std::int64_t count = 0;  ///< rows
  bool is_ordinary = true; ///< another column may well hold it as a value: 0 and −1
  friend bool operator==(const Placeholder&, const Placeholder&) = default;
};

/// The least or the largest value of a column of numbers or date/times, where three rows or more hold it and
/// nothing lies within about a seventh of the range beside it, and it is one that people write for "missing":
/// 0 or −1 (in at most a fifth of the rows, beside 19 different values), two or more nines with either sign
/// (a single one beside fewer than ten values), 1900-01-01, 1970-01-01, 9999-12-31 and their like. Also −1,
/// where it is the only negative number among whole ones and the most frequent of all.
///
/// `whole`: whether the column holds whole numbers alone
[[nodiscard]] std::optional<Placeholder> placeholder_in(const ColumnProfile& profile, bool whole);

} // namespace mlp::dataset
