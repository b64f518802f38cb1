#include "base/error.hpp"
#include "dataset/dataset_files.hpp"
#include "dataset/version.hpp"

#include <algorithm>
#include <array>

namespace mlp::dataset {
namespace {

namespace fs = std::filesystem;

/// By its name: what people call files of rows.
bool looks_like_a_table(const fs::path& path) {
  constexpr std::array<std::string_view, 2> k_packed = {".gz", ".zst"};
  constexpr std::array<std::string_view, 6> k_tables = {"", ".csv", ".tsv", ".psv", ".dat", ".data"};
  const auto has = [](const auto& suffixes, const fs::path& name) {
    return std::find(suffixes.begin(), suffixes.end(), name.extension().string()) != suffixes.end();
  };
  const fs::path name = path.filename();
  return has(k_tables, has(k_packed, name) ? name.stem() : name);
}

} // namespace

bool is_file_collection(const fs::path& path, const std::string& shown_name) {
  std::error_code absent;
  if (!fs::is_directory(path, absent)) {
    return false;
  }
  const std::vector<DatasetFile> files = files_of({{path, shown_name}});
  return std::any_of(files.begin(), files.end(),
                     [](const DatasetFile& file) { return !looks_like_a_table(file.source.path); });
}

Version store_files(const fs::path& folder, const std::string& shown_name, store::ObjectStore& store,
                    HashCache& cache, std::int64_t now_ns, Progress* progress, const Interrupt* interrupt) {
  const std::vector<DatasetFile> files = files_of({{folder, shown_name}});
  std::vector<os::FileStat> stats(files.size());
  std::vector<ContentId> ids(files.size());
  std::vector<std::size_t> unknown; // indices of files that must be read
  std::vector<fs::path> paths;
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    stats[i] = stat_of(files[i].source);
    bytes += stats[i].size;
    const auto id = cache.find(files[i].source.path, stats[i]);
    if (id && store.contains(*id)) {
      ids[i] = *id;
    } else {
      unknown.push_back(i);
      paths.push_back(files[i].source.path);
    }
  }
  store.put_files(
      paths,
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
