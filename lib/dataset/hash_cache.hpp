#pragma once

#include "base/content_id.hpp"
#include "os/files.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace mlp::dataset {

/// Remembers file hashes by (path, size, mtime, ctime, inode), with git's rule for racy timestamps: a file
/// changed in the same instant as it was hashed is not remembered, so it is hashed again. One file below
/// `cache`; losing it costs time only. For one thread at a time.
class HashCache {
public:
  /// A file that is absent, damaged or of another version is an empty cache. `drafts`: the folder that a new
  /// version of it is written in. An empty path: nothing outlives this cache.
  HashCache(std::filesystem::path cache_file, std::filesystem::path drafts, os::FileOps& files);

  /// `path` absolute. Nothing where the file was not remembered in this state.
  [[nodiscard]] std::optional<ContentId> find(const std::string& path, const os::FileStat& stat) const;
  /// `stat` as it was before the file was read; `now_ns`: nanoseconds since 1970, no later than that.
  void remember(const std::string& path, const os::FileStat& stat, const ContentId& id, std::int64_t now_ns);
  /// Writes what was remembered, beside what other processes wrote meanwhile; a failure to write is no error.
  void save();

private:
  struct Entry {
    os::FileStat stat;
    ContentId id;
    bool is_new = false; ///< since the last save
  };
  using Entries = std::map<std::string, Entry>; ///< by path bytes

  void take_from_others();
  [[nodiscard]] static Entries parse(std::string_view bytes);
  [[nodiscard]] static std::string format(const Entries& entries);

  std::filesystem::path file_;
  std::filesystem::path drafts_;
  os::FileOps& files_;
  std::optional<os::FileStat> file_stat_; ///< when it was read
  Entries entries_;
  bool has_new_ = false;
};

} // namespace mlp::dataset
