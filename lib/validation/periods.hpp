#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mlp::validation {

inline constexpr std::int64_t k_few_rows = 30; ///< evaluation.md §7: "any period of n ≥ 30"

/// A labelled row.
struct Dated {
  double time = 0.0; ///< seconds since 1970
  double label = 0.0;
  std::uint32_t row = 0;
};

/// Neighbouring rows in the order of time.
struct Period {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(end - begin); }
};

/// A table cut by the calendar.
struct Cut {
  std::string_view unit; ///< hour, day, week, month, quarter or year
  std::vector<Period> all;
  std::vector<Period> periods; ///< those of 30 rows or more
};

/// `rows` in the order of time, cut into the shortest periods of which three or more hold 30 rows, and
/// these four rows of five; nothing where there are none such.
[[nodiscard]] std::optional<Cut> cut_into_periods(const std::vector<Dated>& rows);

} // namespace mlp::validation
