#pragma once

#include "base/content_id.hpp"
#include "base/progress.hpp"
#include "dataset/read_table.hpp"
#include "dataset/table.hpp"
#include "os/files.hpp"
#include "store/object_store.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mlp::dataset {

/// One version of a dataset: its id (a file's SHA-256, or a folder's listing's) and its files.
struct Version {
  ContentId id;
  bool folder = false;
  std::uint64_t bytes = 0;
  std::vector<store::TreeItem> files; ///< one with an empty path where it is a file
};

/// Remembers file hashes by (path, size, mtime, ctime, inode), with git's rule for racy timestamps: a file
/// changed in the same instant as it was hashed is hashed again. One file below `cache`; losing it costs time
/// only.
class HashCache {
public:
  HashCache(std::filesystem::path cache_file, os::FileOps& files);
  [[nodiscard]] std::optional<ContentId> find(const std::filesystem::path& path,
                                              const os::FileStat& stat) const;
  void remember(const std::filesystem::path& path, const os::FileStat& stat, const ContentId& id,
                std::int64_t now_ns);
  /// Writes what was remembered; a failure to write is no error.
  void save();

private:
  struct State;
  std::shared_ptr<State> state_;
};

/// The files of a dataset path: itself, or all regular files below a folder in path order (links refused,
/// `.mlp` pointers and dot files left out). throws Error{not_found}, Error{input}
[[nodiscard]] std::vector<Source> sources_of(const std::filesystem::path& root,
                                             const std::string& shown_name);

/// The version that the files have now; nothing is stored. `cache` may answer instead of reading.
[[nodiscard]] Version version_of(const std::filesystem::path& path, const std::string& shown_name,
                                 HashCache* cache, std::int64_t now_ns, Progress* progress,
                                 const Interrupt* interrupt);

/// Reads, hashes, stores and parses in one pass over the files (a store that has them already is not written
/// again).
struct Ingested {
  Version version;
  Table table;
};
[[nodiscard]] Ingested ingest(const std::vector<std::pair<std::filesystem::path, std::string>>& paths,
                              const ReadOptions& options, store::ObjectStore& store, HashCache& cache,
                              std::int64_t now_ns);

/// The table of a stored version.
[[nodiscard]] Table read_version(const ContentId& id, const std::string& name, const ReadOptions& options,
                                 const store::ObjectStore& store);

} // namespace mlp::dataset
