#include "dataset/version.hpp"

#include "dataset/dataset_files.hpp"
#include "os/hash_file.hpp"

#include <vector>

namespace mlp::dataset {
namespace {

/// Hashes files one after another, and says how far it is.
class Hashing {
public:
  Hashing(std::uint64_t total_bytes, Progress* progress, const Interrupt* interrupt)
      : total_(total_bytes), progress_(progress), interrupt_(interrupt) {}
  ~Hashing() {
    if (progress_ != nullptr && done_ > 0) {
      progress_->finish();
    }
  }
  Hashing(const Hashing&) = delete;
  Hashing& operator=(const Hashing&) = delete;

  ContentId hash(const Source& source, const os::FileStat& before) {
    const ContentId id = os::hash_file(source.path, [&](std::size_t bytes) {
      done_ += bytes;
      report(source);
    });
    require_unchanged(source, before);
    return id;
  }

private:
  void report(const Source& source) {
    if (interrupt_ != nullptr) {
      interrupt_->check();
    }
    if (progress_ != nullptr) {
      progress_->show("hashing " + source.name, done_, total_, "B", "");
    }
  }

  std::uint64_t total_;
  std::uint64_t done_ = 0;
  Progress* progress_;
  const Interrupt* interrupt_;
};

} // namespace

Version version_of(const std::filesystem::path& path, const std::string& shown_name, HashCache* cache,
                   std::int64_t now_ns, Progress* progress, const Interrupt* interrupt) {
  const std::vector<DatasetFile> files = files_of({{path, shown_name}});
  std::vector<os::FileStat> stats;
  std::uint64_t bytes = 0;
  for (const DatasetFile& file : files) {
    stats.push_back(stat_of(file.source));
    bytes += stats.back().size;
  }
  Hashing hashing(bytes, progress, interrupt);
  std::vector<ContentId> ids;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Source& source = files[i].source;
    auto id = cache != nullptr ? cache->find(source.path, stats[i]) : std::nullopt;
    if (!id) {
      id = hashing.hash(source, stats[i]);
      if (cache != nullptr) {
        cache->remember(source.path, stats[i], *id, now_ns);
      }
    }
    ids.push_back(*id);
  }
  if (cache != nullptr) {
    cache->save();
  }
  return version_from(files, ids, bytes);
}

Table read_version(const ContentId& id, const std::string& name, const ReadOptions& options,
                   const store::ObjectStore& store) {
  std::string content = store.get(id);
  if (!store::is_tree_listing(content)) {
    return read_table_bytes({{name, content}}, options);
  }
  const std::vector<store::TreeItem> items = store::parse_tree_listing(content);
  std::vector<std::string> contents;
  contents.reserve(items.size());
  for (const store::TreeItem& item : items) {
    contents.push_back(store.get(item.id));
  }
  std::vector<std::pair<std::string, std::string_view>> named;
  for (std::size_t i = 0; i < items.size(); ++i) {
    named.emplace_back(name + "/" + items[i].path, contents[i]);
  }
  return read_table_bytes(named, options);
}

} // namespace mlp::dataset
