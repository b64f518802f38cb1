#pragma once

#include "base/progress.hpp"
#include "config/project.hpp"
#include "dataset/table.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mlp::dataset {

/// What a reader is told beside the bytes.
struct ReadOptions {
  config::FormatConfig format;                         ///< what the user fixed
  std::map<std::string, config::ColumnConfig> columns; ///< declared types by column name
  /// Column types and categories that must be taken as they are (a model's schema): nothing is inferred for
  /// these.
  std::map<std::string, ColumnType> types;
  unsigned threads = 1;
  Progress* progress = nullptr;
  const Interrupt* interrupt = nullptr;
  /// Called with the bytes of each file as stored (compressed ones before decompression), in order, while
  /// they are parsed: hashing and storing in the same pass. May be called from another thread, one call at a
  /// time.
  std::function<void(std::string_view)> tap;
};

/// One file's name (for messages) and its place. Several files with the same columns are one table.
struct Source {
  std::filesystem::path path;
  std::string name; ///< as the user wrote it
};

/// Reads CSV (RFC 4180 and its relatives; .gz and .zst too) into a table.
/// throws Error{input} "name:line: …" for a malformed line, Error{not_found}, Error{environment}
[[nodiscard]] Table read_table(const std::vector<Source>& sources, const ReadOptions& options);
/// The same from memory, for stored datasets: `bytes` as they were stored.
[[nodiscard]] Table read_table_bytes(const std::vector<std::pair<std::string, std::string_view>>& named_bytes,
                                     const ReadOptions& options);

/// Hands over a table piece by piece in bounded memory, each at most `rows_at_once` rows; category columns
/// have per-piece categories. Types as in `options.types`; columns not named there come as text. Stops early
/// where `take` returns false.
void stream_table(const Source& source, const ReadOptions& options, std::size_t rows_at_once,
                  const std::function<bool(Table&&)>& take);

} // namespace mlp::dataset
