#include "dataset/dataset_files.hpp"
#include "dataset/version.hpp"

#include <algorithm>
#include <optional>

namespace mlp::dataset {
namespace {

/// One file on its way into the store.
struct Incoming {
  Source source;
  os::FileStat stat;                                ///< before it was read
  std::optional<ContentId> id;                      ///< of what is known without reading, then of all
  std::optional<store::ObjectStore::Writer> writer; ///< while it is stored
  std::optional<Sha256> hash;                       ///< where it is not
  std::uint64_t left = 0;                           ///< bytes still to come
};

/// Takes the bytes of all files in order, as a reader hands them over, hashes each file that is not known,
/// and stores it where there is a store.
class Intake {
public:
  Intake(const std::vector<DatasetFile>& files, store::ObjectStore* store, HashCache& cache,
         std::int64_t now_ns)
      : store_(store), cache_(cache), now_ns_(now_ns) {
    for (const DatasetFile& file : files) {
      Incoming incoming;
      incoming.source = file.source;
      incoming.stat = stat_of(file.source);
      incoming.left = incoming.stat.size;
      incoming.id = cache.find(file.source.path, incoming.stat);
      if (incoming.id && store != nullptr && !store->contains(*incoming.id)) {
        incoming.id.reset();
      }
      files_.push_back(std::move(incoming));
    }
  }

  [[nodiscard]] bool knows_all() const {
    return std::all_of(files_.begin(), files_.end(),
                       [](const Incoming& file) { return file.id.has_value(); });
  }
  [[nodiscard]] std::uint64_t bytes() const {
    std::uint64_t sum = 0;
    for (const Incoming& file : files_) {
      sum += file.stat.size;
    }
    return sum;
  }

  void take(std::string_view bytes) {
    while (!bytes.empty()) {
      pass_complete_files();
      if (current_ == files_.size()) {
        throw_changed(files_.back().source); // it grew
      }
      Incoming& file = files_[current_];
      const std::string_view part = bytes.substr(0, file.left);
      store_part(file, part);
      file.left -= part.size();
      bytes.remove_prefix(part.size());
    }
  }

  /// After the last byte: each file's content id.
  std::vector<ContentId> finish() {
    pass_complete_files();
    if (current_ < files_.size()) {
      throw_changed(files_[current_].source); // it shrank
    }
    std::vector<ContentId> ids;
    for (const Incoming& file : files_) {
      require_unchanged(file.source, file.stat);
      cache_.remember(file.source.path, file.stat, *file.id, now_ns_);
      ids.push_back(*file.id);
    }
    cache_.save();
    return ids;
  }

  /// Where all is known and nothing was taken.
  void skip_all() { current_ = files_.size(); }

private:
  void store_part(Incoming& file, std::string_view part) {
    if (file.id) {
      return;
    }
    if (store_ == nullptr) {
      if (!file.hash) {
        file.hash.emplace();
      }
      file.hash->update(part);
      return;
    }
    if (!file.writer) {
      file.writer.emplace(store_->writer());
    }
    file.writer->append(part);
  }

  /// Stores what has arrived whole, and goes on to the next file.
  void pass_complete_files() {
    for (; current_ < files_.size() && files_[current_].left == 0; ++current_) {
      Incoming& file = files_[current_];
      if (file.id) {
        continue;
      }
      require_unchanged(file.source, file.stat);
      file.id = file.writer         ? file.writer->commit()
                : file.hash         ? file.hash->finish()
                : store_ != nullptr ? store_->put("")
                                    : sha256("");
      file.writer.reset();
    }
  }

  store::ObjectStore* store_;
  HashCache& cache_;
  std::int64_t now_ns_;
  std::vector<Incoming> files_;
  std::size_t current_ = 0;
};

/// Reads the files by `read`, which gets their sources and the options with a tap, unless cache and store
/// know them all.
template <typename Read>
Version take_in(const std::vector<std::pair<std::filesystem::path, std::string>>& paths,
                const ReadOptions& options, store::ObjectStore* store, HashCache& cache, std::int64_t now_ns,
                const Read& read) {
  const std::vector<DatasetFile> files = files_of(paths);
  Intake intake(files, store, cache, now_ns);
  ReadOptions reading = options;
  reading.tap = nullptr;
  if (intake.knows_all()) {
    intake.skip_all();
  } else {
    reading.tap = [&](std::string_view bytes) { intake.take(bytes); };
  }
  std::vector<Source> sources;
  sources.reserve(files.size());
  for (const DatasetFile& file : files) {
    sources.push_back(file.source);
  }
  read(sources, reading);
  Version version = version_from(files, intake.finish(), intake.bytes());
  if (version.folder && store != nullptr) {
    store->put_tree(version.files);
  }
  return version;
}

} // namespace

Ingested ingest(const std::vector<std::pair<std::filesystem::path, std::string>>& paths,
                const ReadOptions& options, store::ObjectStore& store, HashCache& cache,
                std::int64_t now_ns) {
  Ingested ingested;
  ingested.version =
      take_in(paths, options, &store, cache, now_ns, [&](const auto& sources, const auto& reading) {
        ingested.table = read_table(sources, reading);
      });
  return ingested;
}

namespace {

Scanned scan_in(const std::filesystem::path& path, const std::string& shown_name, const ReadOptions& options,
                store::ObjectStore* store, HashCache& cache, std::int64_t now_ns) {
  Scanned scanned;
  scanned.version =
      take_in({{path, shown_name}}, options, store, cache, now_ns,
              [&](const auto& sources, const auto& reading) { scanned.scan = scan_table(sources, reading); });
  return scanned;
}

} // namespace

Scanned ingest_scan(const std::filesystem::path& path, const std::string& shown_name,
                    const ReadOptions& options, store::ObjectStore& store, HashCache& cache,
                    std::int64_t now_ns) {
  return scan_in(path, shown_name, options, &store, cache, now_ns);
}

Scanned hash_scan(const std::filesystem::path& path, const std::string& shown_name,
                  const ReadOptions& options, HashCache& cache, std::int64_t now_ns) {
  return scan_in(path, shown_name, options, nullptr, cache, now_ns);
}

} // namespace mlp::dataset
