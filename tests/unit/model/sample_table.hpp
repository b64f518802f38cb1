#pragma once

#include "base/random.hpp"
#include "config/project.hpp"
#include "dataset/roles.hpp"
#include "dataset/split.hpp"
#include "dataset/table.hpp"
#include "support/tables.hpp"

#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace mlp::test {

/// Codes as they stand in the table: categories in any number, used or not.
inline dataset::Column categories(std::string name, std::vector<std::string> sorted,
                                  std::vector<std::int32_t> codes) {
  dataset::Column column;
  column.name = std::move(name);
  column.type = dataset::ColumnType::category;
  column.categories = std::move(sorted);
  column.codes = std::move(codes);
  return column;
}

inline std::vector<std::uint32_t> all_rows(const dataset::Table& table) {
  std::vector<std::uint32_t> rows(table.rows);
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

inline double uniform(std::uint64_t stream, std::uint64_t row) {
  return static_cast<double>(random_bits(17, stream, row) >> 11U) * 0x1p-53;
}

/// Every other row trains; of the rest, every other one validates, and the others test.
inline dataset::Split split_in_turn(std::size_t rows) {
  dataset::Split split;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto part = row % 2 == 0   ? dataset::Part::train
                      : row % 4 == 1 ? dataset::Part::valid
                                     : dataset::Part::test;
    split.part.push_back(part);
    split.train += part == dataset::Part::train ? 1 : 0;
    split.valid += part == dataset::Part::valid ? 1 : 0;
    split.test += part == dataset::Part::test ? 1 : 0;
  }
  return split;
}

inline dataset::Roles roles_for(const dataset::Table& table, const std::string& target) {
  dataset::Roles roles;
  roles.target = target;
  for (const auto& column : table.columns) {
    if (column.name != target) {
      roles.features.push_back(column.name);
    }
  }
  return roles;
}

inline config::Project project_for(Task task, const std::string& target, std::string metric) {
  config::Project project;
  project.name = "sample";
  project.model.task = task;
  project.model.rounds = 20;
  project.model.early_stopping = 0;
  project.model.params = {{"max_depth", 3}};
  project.data.target = target;
  project.evaluation.metrics = {std::move(metric)};
  return project;
}

/// 800 rows: age, plan (a, b, c), member (No, Yes), and what depends on them with noise: `left` (no, yes),
/// `kind` (high, low, middle) and `spend`. 5 % of the ages are missing.
inline dataset::Table customers() {
  constexpr std::size_t k_rows = 800;
  std::vector<double> age, member, spend;
  std::vector<std::int32_t> plan, left, kind;
  for (std::size_t row = 0; row < k_rows; ++row) {
    const double years = 20.0 + std::floor(50.0 * uniform(0, row));
    plan.push_back(static_cast<std::int32_t>(random_below(3, 17, 1, row)));
    member.push_back(uniform(2, row) < 0.4 ? 1.0 : 0.0);
    const double pull = (years - 45.0) / 15.0 + (plan.back() == 1 ? 1.5 : -0.5) - member.back();
    left.push_back(uniform(3, row) < 1.0 / (1.0 + std::exp(-2.0 * pull)) ? 1 : 0);
    spend.push_back(1000.0 + 100.0 * pull + 20.0 * uniform(4, row));
    kind.push_back(pull > 0.8 ? 0 : pull > -0.8 ? 2 : 1);
    age.push_back(uniform(5, row) < 0.05 ? k_missing_number : years);
  }
  return table_of({number_column("age", age), categories("plan", {"a", "b", "c"}, plan),
                   boolean_column("member", member), categories("left", {"no", "yes"}, left),
                   categories("kind", {"high", "low", "middle"}, kind), number_column("spend", spend)});
}

/// The features that tell something: never the other targets.
inline dataset::Roles customer_roles(const std::string& target) {
  dataset::Roles roles;
  roles.target = target;
  roles.features = {"age", "plan", "member"};
  return roles;
}

} // namespace mlp::test
