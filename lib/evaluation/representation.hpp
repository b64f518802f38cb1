#pragma once

#include "base/json.hpp"
#include "dataset/table.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mlp::evaluation {

/// A group's share of the data beside its share of the population.
struct GroupShare {
  std::string value;
  std::int64_t n = 0;
  double share = 0.0;
  double expected = 0.0;
  std::optional<double> ratio; ///< share / expected; none where nobody is expected
  std::optional<double> lower; ///< from Wilson's interval of the share
  std::optional<double> upper;
};

struct Representation {
  std::vector<GroupShare> groups; ///< sorted by value
  std::int64_t n = 0;             ///< rows of a listed value
  std::int64_t unlisted = 0;      ///< rows of a value that the population does not name
  std::int64_t missing = 0;
  std::optional<double> chi_square; ///< none without rows
  std::optional<double> p_value;    ///< of the population's shares
  /// The least represented group; null without rows.
  [[nodiscard]] const GroupShare* least() const;
};
inline constexpr double k_least_ratio = 0.8; ///< below, a group is under-represented

/// `population`: share of each value, as texts of the column; positive in sum.
[[nodiscard]] Representation representation_of(const dataset::Column& column, std::size_t rows,
                                               const std::map<std::string, double>& population, double level);

[[nodiscard]] Json to_json(const Representation& representation);

} // namespace mlp::evaluation
