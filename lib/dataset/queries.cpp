#include "dataset/queries.hpp"

#include "base/error.hpp"
#include "dataset/roles.hpp"
#include "dataset/split_key.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace mlp::dataset {

const Column& query_column(const Table& table, const config::Project& project) {
  const auto name = column_of_role(project, config::Role::group);
  if (!name) {
    throw Error(ErrorCode::input, "a ranking needs a column that says which query a row belongs to")
        .hint("set `role: group` for a column of `data.columns`");
  }
  return table.column(*name);
}

std::vector<std::uint32_t> query_numbers(const Table& table, const config::Project& project,
                                         std::span<const std::uint32_t> rows) {
  const Column& column = query_column(table, project);
  std::unordered_map<std::string, std::uint32_t> number_of;
  std::vector<std::uint32_t> numbers;
  numbers.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    numbers.push_back(
        number_of.emplace(column.text(row), static_cast<std::uint32_t>(number_of.size())).first->second);
  }
  return numbers;
}

std::vector<std::uint32_t> rows_by_query(const Table& table, const config::Project& project,
                                         const std::vector<std::uint32_t>& rows) {
  const auto numbers = query_numbers(table, project, rows);
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t at) { return numbers[at]; });
  std::vector<std::uint32_t> ordered;
  ordered.reserve(rows.size());
  for (const std::size_t at : order) {
    ordered.push_back(rows[at]);
  }
  return ordered;
}

} // namespace mlp::dataset
