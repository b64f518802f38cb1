#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace mlp::report {

enum class Align { left, right };

/// A table of aligned columns, two or more blanks apart, measured in terminal columns.
class TextTable {
public:
  /// One alignment a column; rows may have fewer cells.
  explicit TextTable(std::vector<Align> columns) : columns_(std::move(columns)) {}

  /// A row of cells; a header is simply the first row.
  TextTable& row(std::vector<std::string> cells);
  /// Every line ends with a newline and has no trailing blank.
  [[nodiscard]] std::string text(std::size_t indent = 0, std::size_t gap = 2) const;

private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

} // namespace mlp::report
