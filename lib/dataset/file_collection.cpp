#include "base/error.hpp"
#include "dataset/dataset_files.hpp"
#include "dataset/file_diff.hpp"
#include "dataset/version.hpp"

#include <algorithm>

namespace mlp::dataset {

namespace fs = std::filesystem;

bool is_file_collection(const fs::path& path, const std::string& shown_name) {
  std::error_code absent;
  if (!fs::is_directory(path, absent)) {
    return false;
  }
  bool tables = true;
  visit_files_below(path, shown_name, [&](const fs::path& file) {
    tables = is_table_name(file.string());
    return tables; // one that is none decides
  });
  return !tables;
}

Version store_files(const fs::path& folder, const std::string& shown_name, store::ObjectStore& store,
                    HashCache& cache, std::int64_t now_ns, Progress* progress, const Interrupt* interrupt) {
  const std::vector<DatasetFile> files = files_of({{folder, shown_name}});
  std::vector<os::FileStat> stats(files.size());
  std::vector<ContentId> ids(files.size());
  std::vector<std::size_t> unknown; // indices of files that must be read
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    stats[i] = stat_of(files[i].source);
    bytes += stats[i].size;
    const auto id = cache.find(files[i].source.path, stats[i]);
    if (id && store.contains(*id)) {
      ids[i] = *id;
    } else {
      unknown.push_back(i);
    }
  }
  store.put_files(
      unknown.size(), [&](std::size_t k) { return files[unknown[k]].source.path; },
      [&](std::size_t k, const ContentId& id) {
        const std::size_t i = unknown[k];
        require_unchanged(files[i].source, stats[i]);
        ids[i] = id;
      },
      progress, interrupt);
  for (const std::size_t i : unknown) {
    cache.remember(files[i].source.path, stats[i], ids[i], now_ns);
  }
  Version version = version_from(files, ids, bytes);
  store.put_tree(version.files);
  cache.save();
  return version;
}

} // namespace mlp::dataset
