#pragma once

#include "base/error.hpp"
#include "dataset/read_text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mlp::test {

/// The table that `csv` is, as a file called "data.csv".
inline dataset::Table table_of(std::string_view csv, const dataset::ReadOptions& options = {},
                               const dataset::ReadSizes& sizes = {}) {
  return dataset::read_text({{"data.csv", csv}}, options, sizes);
}

/// All cells as text, the names first.
inline std::vector<std::vector<std::string>> cells_of(const dataset::Table& table) {
  std::vector<std::vector<std::string>> rows(table.rows + 1);
  for (const dataset::Column& column : table.columns) {
    rows[0].push_back(column.name);
    for (std::size_t row = 0; row < table.rows; ++row) {
      rows[row + 1].push_back(column.text(row));
    }
  }
  return rows;
}

/// What reading `csv` fails with; "" where it does not fail.
inline std::string failure_of(std::string_view csv, const dataset::ReadOptions& options = {}) {
  try {
    static_cast<void>(table_of(csv, options));
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

/// The notes, one a line.
inline std::string notes_of(const dataset::Table& table) {
  std::string all;
  for (const std::string& note : table.notes) {
    all += note + "\n";
  }
  return all;
}

/// Options under which each of these columns is text, so that cells are kept as written.
inline dataset::ReadOptions all_text(const std::vector<std::string>& names) {
  dataset::ReadOptions options;
  for (const std::string& name : names) {
    options.types[name] = dataset::ColumnType::text;
  }
  return options;
}

} // namespace mlp::test
