#include "base/error.hpp"
#include "os/threads.hpp"
#include "store/layout.hpp"
#include "store/object_store.hpp"
#include "store/piece.hpp"
#include "store/reader.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <tuple>

namespace mlp::store {
namespace {

struct StoredFile {
  fs::path path;
  ContentId id;
};

/// One pass over a store. Manifests first: the pieces that they verify need not be read again.
class Fsck {
public:
  Fsck(const fs::path& root, unsigned threads, Progress* progress, const Interrupt* interrupt)
      : layout_{root}, threads_(threads), progress_(progress), interrupt_(interrupt) {}

  std::vector<StoreFinding> run() {
    collect();
    total_ = manifests_.size() + objects_.size();
    os::parallel_for(manifests_.size(), threads_, [&](std::size_t i) { check(manifests_[i], true); });
    os::parallel_for(objects_.size(), threads_, [&](std::size_t i) { check(objects_[i], false); });
    if (progress_ != nullptr) {
      progress_->finish();
    }
    const auto order = [](const StoreFinding& f) { return std::tie(f.path, f.id, f.why); };
    std::sort(findings_.begin(), findings_.end(),
              [&](const StoreFinding& a, const StoreFinding& b) { return order(a) < order(b); });
    return std::move(findings_);
  }

private:
  void collect() {
    for (const auto& entry : entries_of(layout_.root)) {
      const std::string name = entry.path().filename().string();
      if (name != "cache" && name != "tmp" && name != "ledger.lock") {
        collect(entry);
      }
    }
  }

  void collect(const fs::directory_entry& entry) {
    const fs::path& path = entry.path();
    const fs::path folder = path.parent_path();
    const fs::path kind = folder.parent_path();
    const auto id = id_of_file(folder.filename().string(), path.filename().string());
    std::error_code ignored; // what cannot be looked at is no regular file
    if (!entry.is_symlink(ignored) && entry.is_directory(ignored)) {
      const auto inside = entries_of(path);
      const bool expected = folder == layout_.root || kind == layout_.root;
      if (inside.empty() && !expected) {
        add({path.string(), "", "does not belong to the store"});
      }
      std::for_each(inside.begin(), inside.end(), [&](const auto& below) { collect(below); });
    } else if (entry.is_symlink(ignored) || !entry.is_regular_file(ignored)) {
      add({path.string(), "", "is not a regular file"});
    } else if (id && kind == layout_.objects()) {
      objects_.push_back({path, *id});
    } else if (id && kind == layout_.manifests()) {
      manifests_.push_back({path, *id});
    } else {
      add({path.string(), "", "does not belong to the store"});
    }
  }

  void check(const StoredFile& stored, bool manifest) {
    if (interrupt_ != nullptr) {
      interrupt_->check();
    }
    try {
      if (manifest) {
        check_manifest(stored);
      } else {
        check_object(stored);
      }
    } catch (const Error& error) { // a file that the disk cannot give back is a finding, not the end
      if (error.code() != ErrorCode::environment) {
        throw;
      }
      add({stored.path.string(), stored.id.hex(), error.what()});
    }
    const std::lock_guard lock(guard_);
    ++done_;
    if (progress_ != nullptr) {
      progress_->show("verifying the store", done_, total_, "objects", "");
    }
  }

  void check_manifest(const StoredFile& stored) {
    const auto loaded = load_manifest(layout_, stored.id);
    if (const auto* damage = std::get_if<Damage>(&loaded)) {
      add({stored.path.string(), stored.id.hex(), damage->why});
      return;
    }
    Sha256 whole;
    bool complete = true;
    for (const auto& piece : std::get<Manifest>(loaded).pieces) {
      const auto content = load_piece(layout_, piece.id);
      if (const auto* damage = std::get_if<Damage>(&content)) {
        complete = false;
        if (!is_there(layout_.object(piece.id))) { // a damaged one is found where the objects are read
          add({layout_.object(piece.id).string(), stored.id.hex(), damage->why});
        }
        continue;
      }
      const auto& bytes = std::get<std::string>(content);
      whole.update(bytes);
      if (bytes.size() != piece.size) {
        add({stored.path.string(), stored.id.hex(), "states a wrong size for a piece"});
      }
      const std::lock_guard lock(guard_);
      intact_.insert(piece.id);
    }
    if (complete && whole.finish() != stored.id) {
      add({stored.path.string(), stored.id.hex(), "lists pieces that are not the content of its name"});
    }
  }

  void check_object(const StoredFile& stored) {
    {
      const std::lock_guard lock(guard_);
      if (intact_.contains(stored.id)) {
        return;
      }
    }
    const auto content = load_piece(layout_, stored.id);
    if (const auto* damage = std::get_if<Damage>(&content)) {
      add({stored.path.string(), stored.id.hex(), damage->why});
    }
  }

  void add(StoreFinding finding) {
    const std::lock_guard lock(guard_);
    findings_.push_back(std::move(finding));
  }

  Layout layout_;
  unsigned threads_;
  Progress* progress_;
  const Interrupt* interrupt_;
  std::vector<StoredFile> manifests_;
  std::vector<StoredFile> objects_;
  std::size_t total_ = 0;

  std::mutex guard_; ///< of all below
  std::vector<StoreFinding> findings_;
  std::set<ContentId> intact_;
  std::size_t done_ = 0;
};

} // namespace

std::vector<StoreFinding> ObjectStore::fsck(Progress* progress, const Interrupt* interrupt) const {
  flush();
  return Fsck(root_, threads_, progress, interrupt).run();
}

} // namespace mlp::store
