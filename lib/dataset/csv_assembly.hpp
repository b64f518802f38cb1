#pragma once

#include "base/progress.hpp"
#include "dataset/column_plan.hpp"
#include "dataset/csv_chunks.hpp"
#include "dataset/csv_layout.hpp"
#include "dataset/table.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mlp::dataset {

/// How much is read at once. Any values give the same table; tests take tiny ones.
struct ReadSizes {
  std::size_t chunk_bytes = std::size_t{16} << 20U; ///< at most: less where threads would be idle
  std::size_t sample_bytes = std::size_t{256} << 10U;
};

struct AssemblyOptions {
  const MissingTokens& missing;
  bool missing_declared = false; ///< by the user: then all tokens are named, not only those that occurred
  unsigned threads = 1;
  Progress* progress = nullptr;
  const Interrupt* interrupt = nullptr;
  std::size_t chunk_bytes = ReadSizes().chunk_bytes;
  bool more_follows = false; ///< the text is a piece of one: see CellReading
};

[[nodiscard]] CellReader reader_of(const ColumnPlan& plan);
/// Sets what the lines show.
void describe_lines(Format& format, const Layout& layout, const LineFacts& facts);
/// throws Error{input}: a value at `place` is not of the declared type
[[noreturn]] void fail_declared_type(const ColumnPlan& plan, const std::string& place);
/// What Format::missing says; bit i of `seen`: the i-th token occurred.
[[nodiscard]] std::vector<std::string> missing_tokens_shown(const AssemblyOptions& options,
                                                            std::uint64_t seen);

/// Reads the cells of all files into one table; of its format, sets what the lines themselves show (quotes,
/// line ends, missing tokens), delimiter and header. throws Error{input} for the first malformed line in file
/// order, then for values that do not fit a declared type
[[nodiscard]] Table assemble_table(const std::vector<TextFile>& files, const Layout& layout,
                                   const std::vector<ColumnPlan>& plans, const AssemblyOptions& options);

} // namespace mlp::dataset
