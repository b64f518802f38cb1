#pragma once

#include "dataset/csv_layout.hpp"
#include "dataset/read_table.hpp"
#include "dataset/table.hpp"

#include <string>
#include <vector>

namespace mlp::dataset {

/// Who says what type a column has.
enum class TypeSource : std::uint8_t {
  inferred, ///< a guess from the sample, corrected by what the whole file holds
  declared, ///< data.columns: a value that does not fit is an error
  given     ///< a model's schema: a value that does not fit is missing, and recorded
};

struct ColumnPlan {
  std::string name;
  ColumnType type = ColumnType::number; ///< inferred: number, datetime or category, each still open
  TypeSource source = TypeSource::inferred;
  NumberStyle style = {}; ///< of its numbers
  /// Whether the numbers of the sample look like thousands with points: "1.017", "12.500", "950".
  bool like_thousands = false;
};

/// What each column is to be read as.
[[nodiscard]] std::vector<ColumnPlan> plan_columns(const Layout& layout, const ReadOptions& options,
                                                   const MissingTokens& missing);

} // namespace mlp::dataset
