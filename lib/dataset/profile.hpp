#pragma once

#include "base/check.hpp"
#include "base/json.hpp"
#include "config/project.hpp"
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
  std::int64_t count = 0; ///< present values
  std::int64_t missing = 0;
  std::int64_t unique = 0;
  std::optional<double> min, q25, median, q75, max, mean, standard_deviation; ///< numbers and date/times
  std::vector<std::pair<std::string, std::int64_t>> top; ///< up to 10, most frequent first
  std::vector<std::int64_t> histogram;                   ///< up to 20 bins from min to max
};

struct Profile {
  std::int64_t rows = 0;
  std::vector<ColumnProfile> columns;
};

[[nodiscard]] Profile profile_of(const Table& table, unsigned threads);
[[nodiscard]] Json to_json(const Profile& profile);
[[nodiscard]] Profile profile_from_json(const Json& json);

/// Findings on a table whatever it is for: constant, all-missing, identical, id-like, many-category (> 1,000)
/// columns, text columns that no trainer is offered.
[[nodiscard]] std::vector<Check> check_table(const Table& table, const Profile& profile);

/// Findings on a table for training by `project`: target missing or constant (fail), one class, class < 30
/// rows, imbalance, no feature left, target among the features or identical to one, declared
/// min/max/values/max_missing, post-outcome column offered. `fail` ones make training meaningless: `mlp
/// train` stops with exit 3.
[[nodiscard]] std::vector<Check> check_for_training(const Table& table, const Profile& profile,
                                                    const config::Project& project);

} // namespace mlp::dataset
