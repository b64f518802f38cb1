#include "dataset/column_rows.hpp"

namespace mlp::dataset {

Column taken(const Column& column, std::span<const std::uint32_t> rows) {
  Column result;
  result.name = column.name;
  result.type = column.type;
  result.categories = column.categories;
  result.spellings = column.spellings;
  for (const std::uint32_t row : rows) {
    if (column.is_numeric()) {
      result.numbers.push_back(column.numbers[row]);
    } else {
      result.codes.push_back(column.codes[row]);
    }
  }
  return result;
}

} // namespace mlp::dataset
