#include "dataset/column_settle.hpp"

#include <fmt/format.h>

namespace mlp::dataset {

std::string beyond_note(const std::string& name, std::size_t count, const std::string& first_place) {
  return fmt::format("column '{}': {} infinite or too large for a number (first: {}), read as missing", name,
                     count == 1 ? "1 value is" : fmt::format("{} values are", count), first_place);
}

Settled settle_numbers(Column& column, const std::vector<const ColumnPart*>& parts, const ColumnPlan& plan,
                       const std::vector<RowRange>& ranges, const NamePlace& name_place) {
  Settled settled;
  column.type = plan.type;
  column.like_thousands = plan.like_thousands;
  std::optional<ChunkPlace> first_beyond;
  for (std::size_t chunk = 0; chunk < parts.size(); ++chunk) {
    const ColumnPart& part = *parts[chunk];
    if (part.first_misfit && !settled.misfit) {
      settled.misfit = ChunkPlace{chunk, *part.first_misfit};
    }
    if (part.first_beyond && !first_beyond) {
      first_beyond = ChunkPlace{chunk, *part.first_beyond};
    }
    for (const std::uint32_t row : part.misfits) {
      column.misfits.push_back(static_cast<std::uint32_t>(ranges[chunk].begin) + row);
    }
  }
  if (first_beyond && !settled.misfit) {
    settled.notes.push_back(beyond_note(column.name, column.misfits.size(), name_place(*first_beyond)));
  }
  return settled;
}

} // namespace mlp::dataset
