#pragma once

#include "base/content_id.hpp"
#include "base/progress.hpp"
#include "dataset/hash_cache.hpp"
#include "dataset/read_table.hpp"
#include "dataset/table.hpp"
#include "dataset/table_scan.hpp"
#include "store/object_store.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// One version of a dataset: its id (a file's SHA-256, or a folder's listing's) and its files.
struct Version {
  ContentId id;
  bool folder = false;
  std::uint64_t bytes = 0;
  std::vector<store::TreeItem> files; ///< one with an empty path where it is a file
};

/// Whether anything has this name: also a link that leads nowhere, and what may not be looked at, of which
/// sources_of says what is wrong.
[[nodiscard]] bool is_there(const std::filesystem::path& path);

/// The files of a dataset path: itself, or all regular files below a folder in the order of their relative
/// paths' bytes (`.mlp` pointers, dot files and dot folders left out). A name is `shown_name`, for a folder
/// with the relative path appended. throws Error{not_found}, Error{input} for an empty folder, a link, or
/// what is neither file nor folder
[[nodiscard]] std::vector<Source> sources_of(const std::filesystem::path& root,
                                             const std::string& shown_name);

/// The version that the files have now; nothing is stored. `cache` (may be null) may answer instead of
/// reading, and is saved with what was read. `now_ns`: nanoseconds since 1970, taken before the call. throws
/// as sources_of; Error{input} where a file changes while it is read
[[nodiscard]] Version version_of(const std::filesystem::path& path, const std::string& shown_name,
                                 HashCache* cache, std::int64_t now_ns, Progress* progress,
                                 const Interrupt* interrupt);

/// Whether a path is a folder of files that are no tables by their names (is_table_name): images, texts,
/// anything. False for a single file, and for a path that is not there.
[[nodiscard]] bool is_file_collection(const std::filesystem::path& path, const std::string& shown_name);

/// Hashes and stores a folder of any files, up to millions, on all of the store's threads; those that `cache`
/// and store know already are not read. Nothing is parsed. throws as sources_of; Error{input} where a file
/// changes while it is read
[[nodiscard]] Version store_files(const std::filesystem::path& folder, const std::string& shown_name,
                                  store::ObjectStore& store, HashCache& cache, std::int64_t now_ns,
                                  Progress* progress, const Interrupt* interrupt);

struct Ingested {
  Version version;
  Table table;
};

/// Reads, hashes, stores and parses in one pass over the files; those that `cache` and store know already are
/// only parsed. `paths`: each a path and its name for messages. Several are one table and one version: a
/// folder whose files are named from the paths' common parent; rows stand in the order of the version's
/// files, whatever the order of `paths`, so that read_version gives the same table. `options.tap` is not
/// called. throws as read_table and sources_of; Error{input} where a file changes while it is read: no
/// version is made then, and that file is not stored
[[nodiscard]] Ingested ingest(const std::vector<std::pair<std::filesystem::path, std::string>>& paths,
                              const ReadOptions& options, store::ObjectStore& store, HashCache& cache,
                              std::int64_t now_ns);

struct Scanned {
  Version version;
  TableScan scan;
};

/// What ingest does for one path, by scan_table: the rows are not kept.
[[nodiscard]] Scanned ingest_scan(const std::filesystem::path& path, const std::string& shown_name,
                                  const ReadOptions& options, store::ObjectStore& store, HashCache& cache,
                                  std::int64_t now_ns);

/// What version_of and scan_table say, in one pass over the files; nothing is stored.
[[nodiscard]] Scanned hash_scan(const std::filesystem::path& path, const std::string& shown_name,
                                const ReadOptions& options, HashCache& cache, std::int64_t now_ns);

/// The table of a stored version. `name` is what messages call it.
[[nodiscard]] Table read_version(const ContentId& id, const std::string& name, const ReadOptions& options,
                                 const store::ObjectStore& store);

} // namespace mlp::dataset
