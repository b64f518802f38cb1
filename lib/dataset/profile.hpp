#pragma once

#include "base/json.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mlp::dataset {

struct ColumnProfile {
  std::string name;
  ColumnType type = ColumnType::number;
  std::int64_t count = 0;   ///< present values
  std::int64_t missing = 0; ///< rows − count
  std::int64_t unique = 0;  ///< distinct present values, exact
  /// Of numbers and date/times (seconds since 1970). Quantiles of type 7 (Hyndman & Fan 1996); standard
  /// deviation with n − 1, from two values on. Nothing where it is undefined or too large for a double.
  std::optional<double> min, q25, median, q75, max, mean, standard_deviation;
  /// Up to 10 values that occur more than once (or all, where there are no more than 10), the most frequent
  /// first, equally frequent ones in order of value.
  std::vector<std::pair<std::string, std::int64_t>> top;
  /// Of numbers and date/times: counts in up to 20 bins of equal width from min to max, at most one per
  /// distinct value.
  std::vector<std::int64_t> histogram;

  friend bool operator==(const ColumnProfile&, const ColumnProfile&) = default;
};

struct Profile {
  std::int64_t rows = 0;
  std::vector<ColumnProfile> columns; ///< in table order

  friend bool operator==(const Profile&, const Profile&) = default;
};

/// The same on any number of threads.
[[nodiscard]] Profile profile_of(const Table& table, unsigned threads);

/// `{"schema":"mlp.profile/1","rows","columns":[{"name","type","count","missing","unique","min","q25","median",
/// "q75","max","mean","standard_deviation","top":[{"value","count"}…],"histogram"}…]}`
[[nodiscard]] Json to_json(const Profile& profile);
/// throws Error{corrupt} where it is no such document
[[nodiscard]] Profile profile_from_json(const Json& json);

} // namespace mlp::dataset
