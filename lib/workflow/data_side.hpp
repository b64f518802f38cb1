#pragma once

#include "workflow/data_source.hpp"
#include "workflow/references.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mlp::workflow {

/// Data on the command line, a stored version or what lies at a path: known by its files.
struct DataSide {
  std::string name;
  ContentId id;
  bool folder = false;
  std::uint64_t bytes = 0;                ///< of all files; 0 where the store does not say
  std::vector<store::TreeItem> files;     ///< one with an empty path where it is a file
  std::string data_path;                  ///< that mlp.yaml may name; may be empty
  std::string typed;                      ///< on the command line
  std::optional<fs::path> path;           ///< where it is read from; nothing: the store
  Json record;                            ///< the newest dataset record of this version, or null
  std::optional<dataset::TableScan> scan; ///< where it was looked at while it was hashed
};

/// A dataset's name, a path whatever its bytes are, or any other REF of a dataset. throws as resolve_dataset
[[nodiscard]] DataSide open_side(Workspace& workspace, const std::string& text);

/// The same, to be shown: a table at a path of whose name the ledger knows no version is hashed and scanned
/// in one pass. throws as scan_table, too
[[nodiscard]] DataSide open_shown_side(Workspace& workspace, const std::string& text);

/// Whether these of its files lie at a path and can be read as they go by: they are no Parquet.
[[nodiscard]] bool can_stream(const DataSide& side, const std::vector<store::TreeItem>& files);
/// These of its files, where it lies at a path.
[[nodiscard]] std::vector<dataset::Source> sources_of(const DataSide& side,
                                                      const std::vector<store::TreeItem>& files);

/// The table that these of its files hold, in order; at least one. throws as read_table
[[nodiscard]] dataset::Table read_side(Workspace& workspace, const DataSide& side,
                                       const std::vector<store::TreeItem>& files,
                                       const dataset::ReadOptions& options);

/// What a look at all its files shows; those at a path are not held in memory. throws as read_table
[[nodiscard]] dataset::TableScan scan_side(Workspace& workspace, const DataSide& side,
                                           const dataset::ReadOptions& options);

} // namespace mlp::workflow
