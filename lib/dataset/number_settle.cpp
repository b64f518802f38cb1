#include "dataset/column_settle.hpp"

#include <fmt/format.h>

namespace mlp::dataset {

Settled settle_numbers(Column& column, const std::vector<const ColumnPart*>& parts, const ColumnPlan& plan,
                       const std::vector<RowRange>& ranges, const NamePlace& name_place) {
  Settled settled;
  column.type = plan.type;
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
    const std::size_t count = column.misfits.size();
    settled.notes.push_back(fmt::format(
        "column '{}': {} infinite or too large for a number (first: {}), read as missing", column.name,
        count == 1 ? "1 value is" : fmt::format("{} values are", count), name_place(*first_beyond)));
  }
  return settled;
}

} // namespace mlp::dataset
