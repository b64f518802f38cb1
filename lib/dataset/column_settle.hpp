#pragma once

#include "dataset/column_plan.hpp"
#include "dataset/csv_chunk.hpp"
#include "dataset/distinct_texts.hpp"
#include "dataset/table.hpp"
#include "dataset/text_census.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace mlp::dataset {

/// The rows of the table that a chunk fills.
struct RowRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};
/// What settling a column found, beside its values.
struct Settled {
  std::optional<ChunkPlace> misfit; ///< the first value that does not fit the type
  std::vector<std::string> notes;
};

/// Gives a column that was read as text its final type and values. `column.codes` holds, chunk by chunk,
/// indices into the chunks' dictionaries.
///
/// An inferred column becomes boolean (true/false or yes/no, one spelling each), date/time (every value is
/// one), text (more than 1,000 distinct values, and more than half of the values present), else a category.
/// A number or date/time that was declared or given is read from each text.
/// `name_place` says "data.csv:7" in a note.
[[nodiscard]] Settled settle_texts(Column& column, const DistinctTexts& distinct, const ColumnPlan& plan,
                                   const std::vector<RowRange>& ranges, const NamePlace& name_place);

/// Gives a column that was read as numbers or date/times its misfits; `parts`: one a chunk. An inferred
/// column with a misfit is to be read again, as text.
[[nodiscard]] Settled settle_numbers(Column& column, const std::vector<const ColumnPart*>& parts,
                                     const ColumnPlan& plan, const std::vector<RowRange>& ranges,
                                     const NamePlace& name_place);

/// What a person should know of numbers that no double holds.
[[nodiscard]] std::string beyond_note(const std::string& name, std::size_t count,
                                      const std::string& first_place);

} // namespace mlp::dataset
