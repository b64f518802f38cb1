#pragma once

#include "config/project.hpp"
#include "dataset/table.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace mlp::test {

inline constexpr double k_missing_number = std::numeric_limits<double>::quiet_NaN();

inline dataset::Column number_column(std::string name, std::vector<double> values) {
  dataset::Column column;
  column.name = std::move(name);
  column.numbers = std::move(values);
  return column;
}

/// `times`: seconds since 1970.
inline dataset::Column datetime_column(std::string name, std::vector<double> times) {
  dataset::Column column = number_column(std::move(name), std::move(times));
  column.type = dataset::ColumnType::datetime;
  return column;
}

/// `values`: 0 and 1, spelt No and Yes unless said.
inline dataset::Column boolean_column(std::string name, std::vector<double> values,
                                      std::vector<std::string> spellings = {"No", "Yes"}) {
  dataset::Column column = number_column(std::move(name), std::move(values));
  column.type = dataset::ColumnType::boolean;
  column.spellings = std::move(spellings);
  return column;
}

/// "" = missing.
inline dataset::Column category_column(std::string name, const std::vector<std::string>& values) {
  dataset::Column column;
  column.name = std::move(name);
  column.type = dataset::ColumnType::category;
  column.categories = values;
  std::sort(column.categories.begin(), column.categories.end());
  column.categories.erase(std::unique(column.categories.begin(), column.categories.end()),
                          column.categories.end());
  std::erase(column.categories, "");
  for (const std::string& value : values) {
    const auto found = std::lower_bound(column.categories.begin(), column.categories.end(), value);
    column.codes.push_back(value.empty() ? -1 : static_cast<std::int32_t>(found - column.categories.begin()));
  }
  return column;
}

inline dataset::Column text_column(std::string name, const std::vector<std::string>& values) {
  dataset::Column column = category_column(std::move(name), values);
  column.type = dataset::ColumnType::text;
  return column;
}

inline dataset::Table table_of(std::vector<dataset::Column> columns) {
  dataset::Table table;
  table.columns = std::move(columns);
  const dataset::Column& first = table.columns.front();
  table.rows = first.is_numeric() ? first.numbers.size() : first.codes.size();
  return table;
}

/// The rows of `table` that `rows` names, in that order.
inline dataset::Table table_rows(const dataset::Table& table, const std::vector<std::size_t>& rows) {
  dataset::Table some = table;
  some.rows = rows.size();
  for (dataset::Column& column : some.columns) {
    const dataset::Column whole = column;
    column.numbers.clear();
    column.codes.clear();
    for (const std::size_t row : rows) {
      if (whole.is_numeric()) {
        column.numbers.push_back(whole.numbers[row]);
      } else {
        column.codes.push_back(whole.codes[row]);
      }
    }
  }
  return some;
}

/// Whole numbers from `begin` to `end` − 1.
inline std::vector<double> counting(int begin, int end) {
  std::vector<double> numbers;
  for (int i = begin; i < end; ++i) {
    numbers.push_back(i);
  }
  return numbers;
}

inline config::Project project_for(Task task, std::string target) {
  config::Project project;
  project.model.task = task;
  project.data.target = std::move(target);
  return project;
}

inline void set_role(config::Project& project, const std::string& column, config::Role role) {
  project.data.columns[column].role = role;
}

} // namespace mlp::test
